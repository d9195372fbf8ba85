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
  const before = textOrEmpty(path);
  const gap = before === "" || before.endsWith("\n") ? "" : "\n"; // a line cut by a crash must not take this one with it
  Deno.writeTextFileSync(path, `${gap}${canonicalJson(entry)}\n`, { append: true });
  return new Set(completeLines(Deno.readTextFileSync(path)).map(keyOf)).size;
}

/** The key of a line; a line that a crash cut counts as a trial of its own, for nobody knows which it was. */
function keyOf(line: string): string {
  try {
    return (JSON.parse(line) as TrialEntry).key;
  } catch (error) {
    if (error instanceof SyntaxError) return line;
    throw error;
  }
}

function textOrEmpty(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
