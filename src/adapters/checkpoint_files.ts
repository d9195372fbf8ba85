import { join } from "node:path";
import type { Checkpoints } from "../experiments/jobs.ts";
import { type Progress, progressFromJson, progressToJson } from "../experiments/prequential.ts";
import { completeLines } from "./atomic_file.ts";

/** Keeps nothing but the events: for runs that are not worth resuming. */
export function memoryCheckpoints(): Checkpoints {
  const events = new Map<string, unknown[]>();
  return {
    load: () => null,
    save: (strategy, _progress, event) => {
      const known = events.get(strategy);
      if (known) known.push(event);
      else events.set(strategy, [event]);
    },
    events: (strategy) => events.get(strategy) ?? [],
  };
}

/**
 * Checkpoints in a folder: <strategy>.json, replaced in one rename after every iteration, and <strategy>.events.jsonl,
 * appended before it. A kill between the two leaves one event too many, which the next load cuts off.
 */
export function checkpointFiles(folder: string): Checkpoints {
  Deno.mkdirSync(folder, { recursive: true });
  const stateFile = (strategy: string) => join(folder, `${strategy}.json`);
  const eventsFile = (strategy: string) => join(folder, `${strategy}.events.jsonl`);
  const eventLines = (strategy: string) =>
    exists(eventsFile(strategy)) ? completeLines(Deno.readTextFileSync(eventsFile(strategy))) : [];

  return {
    load<State, Account extends string>(strategy: string): Progress<State, Account> | null {
      if (!exists(stateFile(strategy))) {
        if (exists(eventsFile(strategy))) Deno.removeSync(eventsFile(strategy));
        return null;
      }
      const progress = progressFromJson<State, Account>(
        JSON.parse(Deno.readTextFileSync(stateFile(strategy))),
      );
      const kept = eventLines(strategy).slice(0, progress.iterations);
      replaceFile(eventsFile(strategy), kept.map((line) => `${line}\n`).join(""));
      return progress;
    },
    save(strategy, progress, event) {
      Deno.writeTextFileSync(eventsFile(strategy), `${JSON.stringify(event)}\n`, { append: true });
      replaceFile(stateFile(strategy), JSON.stringify(progressToJson(progress)));
    },
    events: (strategy) => eventLines(strategy).map((line) => JSON.parse(line) as unknown),
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
