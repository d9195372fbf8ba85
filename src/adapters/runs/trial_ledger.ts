import { dirname } from "node:path";
import { canonicalJson } from "../../core/hash.ts";
import type { TrialEntry, TrialLedger } from "../../experiments/ports/trials.ts";
import { completeLines } from "../files/atomic_file.ts";
import { atPath } from "../files/system_error.ts";

/** A trial ledger in a file, one line of JSON a trial. One process at a time writes to it; the others wait. */
export function trialFile(path: string): TrialLedger {
  return {
    record(entry) {
      try {
        Deno.mkdirSync(dirname(path), { recursive: true });
        using file = Deno.openSync(path, { read: true, append: true, create: true });
        file.lockSync(true); // until it is closed
        const before = Deno.readTextFileSync(path);
        const gap = before === "" || before.endsWith("\n") ? "" : "\n"; // a line cut by a crash must not take this one with it
        const line = `${gap}${canonicalJson(entry)}\n`;
        writeAll(file, new TextEncoder().encode(line));
        file.syncDataSync();
        return new Set(completeLines(before + line).map(keyOf)).size;
      } catch (error) {
        throw atPath("write", path, error);
      }
    },
  };
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
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
