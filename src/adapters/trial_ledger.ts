import { dirname } from "node:path";
import { canonicalJson } from "../core/hash.ts";
import { completeLines } from "./atomic_file.ts";

/** One line of the ledger. */
export interface TrialEntry {
  readonly key: string;
  readonly time: string;
  readonly command: string;
  readonly rowsHash: string;
  readonly seed: number;
}

/**
 * Appends a trial to the append-only ledger (JSONL) before its result is known, so that aborted runs count too.
 *
 * @returns How many distinct trials the ledger holds, this one included.
 */
export function recordTrial(path: string, entry: TrialEntry): number {
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeTextFileSync(path, `${canonicalJson(entry)}\n`, { append: true });
  const keys = completeLines(Deno.readTextFileSync(path)).map((line) => (JSON.parse(line) as TrialEntry).key);
  return new Set(keys).size;
}
