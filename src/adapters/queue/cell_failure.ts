/** How cells of a queue fail, and what is said of it. */

/** What stands at a cell that its submitter did not want any more. */
export const GIVEN_UP = "Nobody waits for this cell any more";

/** What BullMQ says of a cell whose worker was lost too often. */
const STALLED = /stalled more than allowable limit/;

/** The failure of a cell whose workers were lost; null for any other reason. */
export function lostFailure(reason: string): Error | null {
  if (!STALLED.test(reason)) return null;
  const error = new Error(
    "Cannot run the cell as its worker must live to its end: each that took it was lost. It may need more memory than " +
      "they have, or end its process; run it alone to see.",
  );
  error.stack = "";
  return error;
}

/** The failure that a worker met, with its stack there. */
export function cellFailure(reason: string, stacks: readonly string[]): Error {
  const error = new Error(reason);
  error.stack = stacks.at(-1) ?? "";
  return error;
}
