/** Taking away runs that nobody needs: unfinished ones, damaged ones, all but the newest. */
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { readHolder } from "../files/file_lock.ts";
import { reasonOf } from "../files/system_error.ts";
import { listRuns } from "./run_list.ts";
import { lockRun } from "./run_lock.ts";
import { exists, isTaken, kindOf, placesOf, UNFINISHED } from "./run_places.ts";
import { sweep, takeAway } from "./staging.ts";
import { requireFolderText } from "./folder_text.ts";

/** A run that may go, and why. */
export interface Prunable {
  /** Its id. */
  readonly id: string;
  /** Its folder. */
  readonly path: string;
  /** Unfinished, unreadable or older than those that are kept. */
  readonly why: string;
  /** Bytes of its files. */
  readonly bytes: number;
  /** The process that is at it, as its lock names it; null where there is none. */
  readonly heldBy: string | null;
}

/** What became of a run that was to go. */
export interface Pruned {
  /** Its id. */
  readonly id: string;
  /** Why it stays; null if it is gone. */
  readonly stays: string | null;
}

/**
 * What may go of a folder of runs: what is unfinished or cannot be read, and all finished runs but the newest `keep`.
 * Whole runs that wait for their place (a kill caught them between two renames) stay: --resume puts them there.
 *
 * @param keep Finished runs that stay, newest first; null for all.
 */
export async function prunableRuns(folder: string, keep: number | null): Promise<Prunable[]> {
  requireFolderText(folder);
  const { runs, broken } = await listRuns(folder);
  const staged = join(folder, UNFINISHED);
  const waiting = new Set(broken.map(({ path }) => path));
  const names = exists(staged) ? [...Deno.readDirSync(staged)].map(({ name }) => name).sort() : [];
  const unfinished = names.filter((name) =>
    kindOf(name) === "unfinished" && !waiting.has(join(staged, name))
  );
  const old = keep === null ? [] : runs.slice(keep);
  const entries = [
    ...unfinished.map((id) => ({
      id,
      path: join(staged, id),
      why: "unfinished: it can be resumed",
    })),
    ...broken.filter(({ path }) => resolve(dirname(path)) === resolve(folder))
      .map(({ path, why }) => ({ id: basename(path), path, why: `damaged: ${why}` })),
    ...old.map(({ id, directory, startedAt }) => ({
      id,
      path: directory,
      why: `finished, of ${startedAt.slice(0, 10)}; ${keep} newer ones stay`,
    })),
  ];
  return await Promise.all(entries.map(async (entry) => ({
    ...entry,
    bytes: await bytesIn(entry.path),
    heldBy: holderOf(folder, entry.id),
  })));
}

/** Takes runs away, each under its lock; a run that a process is at stays. */
export async function pruneRuns(folder: string, runs: readonly Prunable[]): Promise<Pruned[]> {
  requireFolderText(folder);
  const pruned: Pruned[] = [];
  for (const { id, path } of runs) pruned.push({ id, stays: await remove(folder, id, path) });
  return pruned;
}

async function remove(folder: string, id: string, path: string): Promise<string | null> {
  const places = placesOf(folder, id);
  try {
    const lock = await lockRun(places, "remove");
    try {
      if (!isTaken(path)) return null; // another took it away
      await takeAway(places, path);
      await sweep(places);
      return null;
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (error instanceof UserError) return error.message;
    return reasonOf(error);
  }
}

function holderOf(folder: string, id: string): string | null {
  const { lock } = placesOf(folder, id);
  if (!exists(lock)) return null;
  const holder = readHolder(lock);
  return holder === null ? "a process" : `process ${holder.pid} on ${holder.host}, if it still runs`;
}

/** Bytes of all files below a path; links are not followed. */
async function bytesIn(path: string): Promise<number> {
  const { isDirectory, isSymlink, size } = await Deno.lstat(path);
  if (isSymlink || !isDirectory) return size;
  let sum = 0;
  for await (const { name } of Deno.readDir(path)) sum += await bytesIn(join(path, name));
  return sum;
}
