/** Where everything of a run is, below a folder of runs. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { RUN_FILES } from "./run_files.ts";

/** Folder, below that of the runs, of what is not finished: its files, its locks, and what is being taken away. */
export const UNFINISHED = ".unfinished";

/** Of an unfinished run: its checkpoints, its configuration, and the hash of the source that began it. */
export const CHECKPOINT_FOLDER = "checkpoints";
export const CONFIG_FILE = "config.json";
export const SOURCE_FILE = "source.sha256";

/** The places of one run. */
export interface RunPlaces {
  readonly id: string;
  /** The folder of runs. */
  readonly root: string;
  /** Where the run is once it is finished. */
  readonly home: string;
  /** Where it is until then; renamed to `home` in one step. */
  readonly staging: string;
  readonly checkpoints: string;
  /** Where an earlier run is for the moment in which another takes its home. */
  readonly before: string;
  readonly lock: string;
  /** A new name in `root` for what is being made or taken away; whatever has such a name is nobody's. */
  aside(): string;
}

export function placesOf(root: string, id: string): RunPlaces {
  const staging = join(root, UNFINISHED, id);
  return {
    id,
    root,
    home: join(root, id),
    staging,
    checkpoints: join(staging, CHECKPOINT_FOLDER),
    before: `${staging}${BEFORE}`,
    lock: `${staging}${LOCK}`,
    aside: () => `${staging}${ASIDE}${randomUUID()}`,
  };
}

const ASIDE = ".aside-";
const BEFORE = ".before";
const LOCK = ".lock";

/** What a name in `.unfinished` is of: a run, an earlier run, or anything else (locks, what is made or taken away). */
export function kindOf(name: string): "unfinished" | "before" | "other" {
  if (name.includes(ASIDE) || name.includes(LOCK)) return "other";
  return name.endsWith(BEFORE) ? "before" : "unfinished";
}

/** True for the name of something in `.unfinished` that was being made or taken away when its run was killed. */
export function isAside(name: string, id: string): boolean {
  return name.startsWith(`${id}${ASIDE}`);
}

/** True if a folder holds a finished run. */
export function isFinished(folder: string): boolean {
  return exists(join(folder, RUN_FILES.result));
}

/** True if something is at a path, links followed. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** True if something is at a path, be it a link to nothing. */
export function isTaken(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
