/** How much memory the series of a command may take. */
import { UserError } from "../core/user_error.ts";
import { wrap } from "../core/wrap.ts";
import { TEXT_WIDTH } from "../report/text/width.ts";
import { tell } from "./print.ts";

const MIB = 2 ** 20;
/** Share of the memory that is free which is taken unless --memory says otherwise. */
const USUAL_SHARE = 0.5;
/** The least that is given to a worker, and the most that can be asked for. */
const LEAST_MIB = 16, MOST_MIB = 1_000_000;

/** Memory that series may take over all workers, bytes: what --memory says, else half of what is free. @throws {UserError} If --memory is no whole number of MiB. */
export function parseMemory(text: string | undefined): number {
  if (text === undefined) return USUAL_SHARE * Deno.systemMemoryInfo().available;
  const mib = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (mib >= LEAST_MIB && mib <= MOST_MIB) return mib * MIB;
  throw new UserError(
    `Cannot read --memory as it must be an integer of MiB from ${LEAST_MIB} to ${MOST_MIB}: current value is ${text}`,
  );
}

/**
 * What each of some jobs at a time may keep: its working set, or an equal share of less. Says once where it is less.
 *
 * @param needed Bytes with which one job computes nothing twice.
 */
export function memoryOfEach(budget: number, atATime: number, needed: number): number {
  const share = Math.max(LEAST_MIB * MIB, Math.floor(budget / atATime));
  if (share >= needed) return needed;
  const note = `Series that are read again would take ${inMib(needed)} MiB a worker and there is room for ${
    inMib(share)
  }: what is cheapest to compute again is dropped first. Results are the same; fewer workers or more --memory are faster.`;
  tell(wrap(note, TEXT_WIDTH).join("\n"));
  return share;
}

function inMib(bytes: number): string {
  return `${Math.ceil(bytes / MIB)}`;
}
