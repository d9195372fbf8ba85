import { join } from "node:path";
import { strictJson } from "../../core/strict_json.ts";
import type { Checkpoints, StoredIteration } from "../../experiments/ports/checkpoints.ts";
import { completeLines } from "../files/atomic_file.ts";

/**
 * Checkpoints in a folder: <learner>.iterations.jsonl, to which every iteration is appended, then <learner>.json,
 * the state after it, replaced in one rename. A kill between the two leaves one line too many, which the next
 * load cuts off.
 */
export function checkpointFiles(folder: string): Checkpoints {
  Deno.mkdirSync(folder, { recursive: true });
  const stateFile = (learner: string) => join(folder, `${learner}.json`);
  const linesFile = (learner: string) => join(folder, `${learner}.iterations.jsonl`);
  const stored = new Map<string, number>(); // iterations by learner

  return {
    load(learner) {
      if (!exists(stateFile(learner))) {
        if (exists(linesFile(learner))) Deno.removeSync(linesFile(learner));
        stored.set(learner, 0);
        return null;
      }
      const { iterations, state } = JSON.parse(Deno.readTextFileSync(stateFile(learner))) as {
        iterations: number;
        state: unknown;
      };
      const kept = completeLines(Deno.readTextFileSync(linesFile(learner))).slice(0, iterations);
      replaceFile(linesFile(learner), kept.map((line) => `${line}\n`).join(""));
      stored.set(learner, kept.length);
      return { state, iterations: kept.map((line) => JSON.parse(line) as StoredIteration) };
    },
    append(learner, state, iteration) {
      const iterations = (stored.get(learner) ?? 0) + 1;
      Deno.writeTextFileSync(linesFile(learner), `${strictJson(iteration)}\n`, { append: true });
      replaceFile(stateFile(learner), strictJson({ iterations, state }));
      stored.set(learner, iterations);
    },
  };
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function replaceFile(path: string, content: string): void {
  Deno.writeTextFileSync(`${path}.tmp`, content);
  Deno.renameSync(`${path}.tmp`, path);
}
