import { dirname } from "node:path";
import { canonicalJson } from "../../core/hash.ts";
import type { TrialEntry, TrialLedger } from "../../experiments/ports/trials.ts";
import { completeLines } from "../files/atomic_file.ts";
import { atPath } from "../files/system_error.ts";

/** A trial ledger in a file, one line of JSON a trial. One process at a time writes to it; the others wait. */
export function trialFile(path: string): TrialLedger {
  return { record: (entry) => recordTrials(path, [entry]).all };
}

/** How many distinct trials a ledger holds. */
export interface TrialCount {
  readonly all: number;
  /** Of them those on the rows of the trials that were added. */
  readonly onRows: number;
}

/** Adds trials on the same rows, all with one write. */
export function recordTrials(path: string, entries: readonly TrialEntry[]): TrialCount {
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    using file = Deno.openSync(path, { read: true, append: true, create: true });
    file.lockSync(true); // until it is closed
    const before = Deno.readTextFileSync(path);
    const gap = before === "" || before.endsWith("\n") ? "" : "\n"; // a line cut by a crash must not take this one with it
    const lines = gap + entries.map((entry) => `${canonicalJson(entry)}\n`).join("");
    writeAll(file, new TextEncoder().encode(lines));
    file.syncDataSync();
    const known = completeLines(before + lines).map(readLine);
    const onRows = known.filter(({ rowsHash }) => rowsHash === entries[0]?.rowsHash);
    return { all: distinct(known), onRows: distinct(onRows) };
  } catch (error) {
    throw atPath("write", path, error);
  }
}

/** Adds trials by their keys, as of now. */
export function countTrials(
  path: string,
  command: string,
  rowsHash: string,
  keys: readonly string[],
): TrialCount {
  const time = new Date().toISOString();
  return recordTrials(path, keys.map((key) => ({ key, time, command, rowsHash, seed: 0 })));
}

const distinct = (lines: readonly { readonly key: string }[]) => new Set(lines.map(({ key }) => key)).size;

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
}

/** A line as an entry; one that a crash cut counts as a trial of its own, for nobody knows which it was. */
function readLine(line: string): Pick<TrialEntry, "key"> & Partial<TrialEntry> {
  try {
    return JSON.parse(line) as TrialEntry;
  } catch (error) {
    if (error instanceof SyntaxError) return { key: line };
    throw error;
  }
}
