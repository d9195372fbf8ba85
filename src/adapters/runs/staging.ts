/**
 * An unfinished run works in a place of its own and takes its home in one rename. All of this is done by who holds
 * the run's lock, and a kill between any two steps leaves something that the next one to hold it sets right.
 */
import { join } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { syncFolder, writeFileAtomic } from "../files/atomic_file.ts";
import {
  CHECKPOINT_FOLDER,
  CONFIG_FILE,
  exists,
  isAside,
  isFinished,
  isTaken,
  type RunPlaces,
  SOURCE_FILE,
} from "./run_places.ts";
import { RUN_FILES } from "./run_files.ts";

/** Begins a run: its place appears in one step, with its configuration, its source and no checkpoints. */
export async function begin(places: RunPlaces, configText: string, sourceHash: string): Promise<void> {
  const folder = places.aside();
  await Deno.mkdir(join(folder, CHECKPOINT_FOLDER), { recursive: true });
  await writeFileAtomic(join(folder, CONFIG_FILE), configText);
  await writeFileAtomic(join(folder, SOURCE_FILE), `${sourceHash}\n`);
  await Deno.rename(folder, places.staging);
}

/**
 * Puts a run that has everything, its result written last, into its home. An earlier one there steps aside until
 * the new one is in, and then goes.
 */
export async function settle(places: RunPlaces): Promise<void> {
  const { staging, home, before, root } = places;
  await takeAway(places, places.checkpoints);
  await Deno.remove(join(staging, SOURCE_FILE)).catch(ignoreMissing);
  requireReplaceable(places);
  if (isTaken(home)) {
    await takeAway(places, before);
    await Deno.rename(home, before);
  }
  await Deno.rename(staging, home);
  await syncFolder(root);
  await takeAway(places, before);
  await sweep(places);
}

/** Goes on where a kill or a full disk interrupted: a complete run takes its home, an earlier one is there again. */
export async function setRight(places: RunPlaces): Promise<void> {
  const { staging, home, before } = places;
  if (isFinished(staging)) return await settle(places);
  if (!isTaken(before)) return;
  if (isTaken(home)) await takeAway(places, before);
  else await Deno.rename(before, home);
}

/** Takes an unfinished run back. One that is complete stays, to be put into its home by the next to open it. */
export async function discard(places: RunPlaces): Promise<void> {
  if (!isFinished(places.staging)) await takeAway(places, places.staging);
  await setRight(places);
  await sweep(places);
}

/** Moves a path out of the way in one step. What is moved is removed by the next `sweep`. */
export async function takeAway(places: RunPlaces, path: string): Promise<void> {
  if (isTaken(path)) await Deno.rename(path, places.aside());
}

/** Removes what was moved out of the way, by whom ever. What cannot be removed is in nobody's way. */
export async function sweep({ id, staging }: RunPlaces): Promise<void> {
  const folder = join(staging, "..");
  if (!exists(folder)) return;
  for await (const { name } of Deno.readDir(folder)) {
    if (isAside(name, id)) await Deno.remove(join(folder, name), { recursive: true }).catch(() => {});
  }
}

/** @throws {UserError} If something is in a run's home that no run put there, or a part of one. */
export function requireReplaceable({ id, home }: RunPlaces): void {
  if (!isTaken(home) || isFinished(home)) return;
  throw new UserError(
    `Cannot write the run as ${home} must be a finished run or not there: it holds no ${RUN_FILES.result}, ` +
      `so it was copied or restored in part, or is not ${id} at all. Move it away.`,
  );
}

/** @throws {UserError} If a part of an unfinished run is missing; it is named. */
export function requireWhole({ id, staging }: RunPlaces): void {
  const missing = [CONFIG_FILE, SOURCE_FILE, CHECKPOINT_FOLDER].filter((name) =>
    !exists(join(staging, name))
  );
  if (missing.length === 0) return;
  throw new UserError(
    `Cannot resume ${id} as ${staging} must hold ${
      missing.join(" and ")
    }: it was copied or restored in part. ` +
      "Bring it back whole, or start the run again without --resume.",
  );
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
