import { join } from "node:path";
import { sha256 } from "../../core/hash.ts";
import { strictJson } from "../../core/strict_json.ts";
import type { Checkpoints, StoredIteration } from "../../experiments/ports/checkpoints.ts";
import { appendToDisk, completeLines, replaceFile } from "../files/atomic_file.ts";
import { damaged, readStoredState, storedStateText } from "./checkpoint_state.ts";
import { exists } from "./run_places.ts";

/** How far a learner's files have come: iterations whose lines count, and the hash over those lines. */
interface Written {
  readonly iterations: number;
  readonly lines: string;
}

const NOTHING: Written = { iterations: 0, lines: "" };

/**
 * Checkpoints in a folder: <learner>.iterations.jsonl, to which every iteration is appended, then <learner>.json,
 * the state after it, replaced in one rename; both are on the disk before the next iteration begins. A kill
 * between the two leaves one line too many, which the next load cuts off. Fewer lines than the state says, or
 * others, are damage: a run is never resumed from less than it was.
 */
export function checkpointFiles(folder: string): Checkpoints {
  Deno.mkdirSync(folder, { recursive: true });
  const stateFile = (learner: string) => join(folder, `${learner}.json`);
  const linesFile = (learner: string) => join(folder, `${learner}.iterations.jsonl`);
  const written = new Map<string, Written>(); // by learner

  return {
    load(learner) {
      const path = linesFile(learner);
      if (!exists(stateFile(learner))) {
        if (exists(path)) Deno.removeSync(path);
        written.set(learner, NOTHING);
        return null;
      }
      const { iterations, lines, state } = readStoredState(stateFile(learner));
      const text = exists(path) ? Deno.readTextFileSync(path) : "";
      const kept = completeLines(text).slice(0, iterations);
      if (kept.length < iterations) {
        throw damaged(path, `${learner}.json counts ${iterations} iterations and ${kept.length} are there`);
      }
      if (kept.reduce(hashOfLines, NOTHING.lines) !== lines) {
        throw damaged(path, "its iterations are not the ones that were written");
      }
      const whole = kept.map((line) => `${line}\n`).join("");
      if (text !== whole) replaceFile(path, whole);
      written.set(learner, { iterations, lines });
      return { state, iterations: kept.map((line) => JSON.parse(line) as StoredIteration) };
    },
    append(learner, state, iteration) {
      const before = written.get(learner) ?? NOTHING;
      const line = strictJson(iteration);
      const now = { iterations: before.iterations + 1, lines: hashOfLines(before.lines, line) };
      appendToDisk(linesFile(learner), `${line}\n`);
      replaceFile(stateFile(learner), storedStateText({ ...now, state }));
      written.set(learner, now);
    },
  };
}

/** The hash over lines and one more. */
function hashOfLines(before: string, line: string): string {
  return sha256(before + line);
}
