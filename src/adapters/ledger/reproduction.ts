/** A cell again: the command line that runs it, and what is said of one whose stored result is damaged. */
import { UserError } from "../../core/user_error.ts";

/** The command line that runs one cell again, failed or not. */
export function reproduction(file: string, label: string, store: string): string {
  const where = store === "data" ? "" : ` --store ${store}`;
  return `deno task experiment run ${file} --only ${label}${where}`;
}

/** What is wrong with a result, with the cell that left it and the command line that computes it again. */
export function damagedCell(label: string, again: string, error: unknown): unknown {
  if (!(error instanceof UserError)) return error;
  return new UserError(`Cannot read the result of the cell ${label}: ${error.message}\n  again: ${again}`, {
    cause: error,
  });
}
