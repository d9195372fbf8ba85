import { dirname } from "node:path";
import { canonicalJson } from "../../core/hash.ts";
import type { TrialEntry, TrialLedger } from "../../experiments/ports/trials.ts";
import { completeLines } from "../files/atomic_file.ts";

/** A trial ledger in a file, one line of JSON a trial. */
export function trialFile(path: string): TrialLedger {
  return {
    record(entry) {
      Deno.mkdirSync(dirname(path), { recursive: true });
      const before = textOrEmpty(path);
      const gap = before === "" || before.endsWith("\n") ? "" : "\n"; // a line cut by a crash must not take this one with it
      Deno.writeTextFileSync(path, `${gap}${canonicalJson(entry)}\n`, { append: true });
      return new Set(completeLines(Deno.readTextFileSync(path)).map(keyOf)).size;
    },
  };
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
