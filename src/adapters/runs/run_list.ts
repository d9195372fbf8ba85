/** The runs of a folder: those that are finished, newest first, and those that cannot be read, by name. */
import { join, resolve } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { provenanceSchema } from "../../experiments/provenance.ts";
import { runResultSchema } from "../../experiments/result.ts";
import { readJson } from "../files/json_file.ts";
import { reasonOf } from "../files/system_error.ts";
import { requireAsWritten } from "./run_hashes.ts";
import { readRun, RUN_FILES, type StoredRun } from "./run_files.ts";
import { CHECKPOINT_FOLDER, exists, isFinished, isTaken, kindOf, UNFINISHED } from "./run_places.ts";
import { requireFolderText } from "./folder_text.ts";

/** A finished run as a listing shows it. */
export interface RunEntry {
  /** Name of its folder. */
  readonly id: string;
  /** Its folder. */
  readonly directory: string;
  /** ISO time at which it started, UTC, as that machine's clock had it. */
  readonly startedAt: string;
  /** Its number among the runs that were finished in its folder; the newest has the highest. */
  readonly sequence: number;
}

/** A folder that was a run and cannot be read as one. */
export interface BrokenRun {
  /** Its folder. */
  readonly path: string;
  /** What is wrong with it. */
  readonly why: string;
}

/** What a folder of runs holds. */
export interface RunList {
  /** Those that are whole, the newest first. */
  readonly runs: readonly RunEntry[];
  /** Those that cannot be read, by name. */
  readonly broken: readonly BrokenRun[];
}

/**
 * Finished runs in a folder of runs, the last finished first; links to folders count like folders. A folder with
 * parts of a run that is no whole one is named, and hides no other. Unfinished runs and other folders are left out.
 */
export async function listRuns(folder: string): Promise<RunList> {
  requireFolderText(folder);
  const runs: RunEntry[] = [], broken: BrokenRun[] = [];
  for (const { name, isDirectory, isSymlink } of await entriesOf(folder)) {
    const directory = join(folder, name);
    if (!(isDirectory || isSymlink) || name === UNFINISHED) continue;
    try {
      if (!(await Deno.stat(directory)).isDirectory) continue;
      if (isFinished(directory)) runs.push(await entryOf(name, directory));
      else broken.push(...partsIn(directory));
    } catch (error) {
      broken.push({ path: directory, why: reasonOf(error) });
    }
  }
  broken.push(...await homeless(folder));
  const byPath = (a: BrokenRun, b: BrokenRun) => (a.path < b.path ? -1 : 1);
  return { runs: runs.sort(newestFirst), broken: broken.sort(byPath) };
}

/**
 * Reads a run's folder, or the newest finished run of a folder of runs; those that cannot be read are named on
 * stderr.
 *
 * @throws {UserError} If the path is neither.
 */
export async function loadRun(path: string): Promise<StoredRun> {
  requireFolderText(path);
  return await readRun(isFinished(path) ? path : (await newestRun(path)).directory);
}

/**
 * The newest finished run of a folder of runs; those that cannot be read are named on stderr.
 *
 * @throws {UserError} If there is none.
 */
export async function newestRun(path: string): Promise<RunEntry> {
  const { runs: [newest], broken } = await listRuns(path);
  const left = broken.map(({ path, why }) => `  ${path}: ${why}`).join("\n");
  if (!newest) {
    const named = left === "" ? "" : `. What cannot be read there:\n${left}`;
    throw new UserError(
      `Cannot load a run as the folder must hold a finished one: current value is ${path}${
        exists(path) ? "" : ` (${resolve(path)} is not there)`
      }. Give a run's folder, or one of runs such as data/runs${named}`,
    );
  }
  if (left !== "") console.warn(`Runs left out, for they cannot be read:\n${left}`);
  return newest;
}

/** The number of the next run to be finished in a folder of runs. */
export async function nextSequence(folder: string): Promise<number> {
  return 1 + Math.max(0, ...(await listRuns(folder)).runs.map(({ sequence }) => sequence));
}

async function entryOf(id: string, directory: string): Promise<RunEntry> {
  await readJson(join(directory, RUN_FILES.result), runResultSchema);
  await requireAsWritten(directory, [RUN_FILES.result], false);
  const { startedAt, sequence } = await readJson(join(directory, RUN_FILES.provenance), provenanceSchema);
  return { id, directory, startedAt, sequence };
}

/** By number; runs without one, or finished at once, by the time they started, then by name. */
function newestFirst(a: RunEntry, b: RunEntry): number {
  return b.sequence - a.sequence || Date.parse(b.startedAt) - Date.parse(a.startedAt) ||
    (a.id < b.id ? 1 : -1);
}

/** A folder that holds some of a run's files but no result. */
function partsIn(directory: string): BrokenRun[] {
  const parts = [...Object.values(RUN_FILES), CHECKPOINT_FOLDER].filter((name) =>
    exists(join(directory, name))
  );
  if (parts.length === 0) return [];
  const why = `it holds ${parts.join(", ")} but no ${RUN_FILES.result}: it was copied or restored in part`;
  return [{ path: directory, why }];
}

/** Complete runs that a kill caught in the moment in which one takes the other's place. */
async function homeless(folder: string): Promise<BrokenRun[]> {
  const staged = join(folder, UNFINISHED);
  return (await entriesOf(staged)).flatMap(({ name }) => {
    const kind = kindOf(name);
    const home = join(folder, kind === "before" ? name.slice(0, name.lastIndexOf(".")) : name);
    if (kind === "other" || isTaken(home) || !isFinished(join(staged, name))) return [];
    return [{
      path: join(staged, name),
      why:
        "it is complete and not in its place yet: resuming it (--resume, resume: true in a notebook) puts it there",
    }];
  });
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return []; // no folder yet: no runs yet
    throw error;
  }
}
