import { join } from "node:path";
import type { Checkpoints } from "../experiments/jobs.ts";
import { type Progress, progressFromJson, progressToJson } from "../experiments/prequential.ts";
import { completeLines } from "./atomic_file.ts";

/** Keeps nothing but the events: for runs that are not worth resuming. */
export function memoryCheckpoints(): Checkpoints {
  const events = new Map<string, unknown[]>();
  return {
    load: () => null,
    save: (arm, _progress, event) => {
      const known = events.get(arm);
      if (known) known.push(event);
      else events.set(arm, [event]);
    },
    events: (arm) => events.get(arm) ?? [],
  };
}

/**
 * Checkpoints in a folder: <arm>.json, replaced in one rename after every iteration, and <arm>.events.jsonl,
 * appended before it. A kill between the two leaves one event too many, which the next load cuts off.
 */
export function checkpointFiles(folder: string): Checkpoints {
  Deno.mkdirSync(folder, { recursive: true });
  const stateFile = (arm: string) => join(folder, `${arm}.json`);
  const eventsFile = (arm: string) => join(folder, `${arm}.events.jsonl`);
  const eventLines = (arm: string) =>
    exists(eventsFile(arm)) ? completeLines(Deno.readTextFileSync(eventsFile(arm))) : [];

  return {
    load<State, Account extends string>(arm: string): Progress<State, Account> | null {
      if (!exists(stateFile(arm))) {
        if (exists(eventsFile(arm))) Deno.removeSync(eventsFile(arm));
        return null;
      }
      const progress = progressFromJson<State, Account>(JSON.parse(Deno.readTextFileSync(stateFile(arm))));
      const kept = eventLines(arm).slice(0, progress.iterations);
      replaceFile(eventsFile(arm), kept.map((line) => `${line}\n`).join(""));
      return progress;
    },
    save(arm, progress, event) {
      Deno.writeTextFileSync(eventsFile(arm), `${JSON.stringify(event)}\n`, { append: true });
      replaceFile(stateFile(arm), JSON.stringify(progressToJson(progress)));
    },
    events: (arm) => eventLines(arm).map((line) => JSON.parse(line) as unknown),
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
