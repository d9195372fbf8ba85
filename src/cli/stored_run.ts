/** What the commands that read runs have in common: how a run is called, and where it is looked for. */
import type { Command } from "@commander-js/extra-typings";
import { findRun } from "../adapters/runs/run_collection.ts";
import { readRun, type StoredRun } from "../adapters/runs/run_files.ts";
import { RUNS_FOLDER } from "./paths.ts";

/** How a run is called, for the help of its argument. */
export const RUN_NAME = "id, a beginning of it or of the hash at its end, latest, or a path";

/** Adds the flag that says where runs are. */
export function withRuns<Args extends unknown[]>(command: Command<Args>) {
  return command.option("--runs <folder>", "the folder of runs", RUNS_FOLDER);
}

/** The run of a folder of runs that a person calls so. */
export async function storedRun(folder: string, name: string): Promise<StoredRun> {
  return await readRun(await findRun(folder, name));
}
