/** Frozen registrations: one file a grid, written before its first run and never overwritten. */
import { dirname } from "node:path";
import { UserError } from "../../core/user_error.ts";
import {
  type Registered,
  registeredFileSchema,
  registrationSeal,
} from "../../experiments/evidence/evidence_record.ts";
import { registrationHash, registrationOf } from "../../experiments/evidence/registration.ts";
import type { Grid } from "../../experiments/grid/grid.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { readJson } from "../files/json_file.ts";
import { requireWritableFolder } from "../files/writable_folder.ts";
import { exists } from "../runs/run_places.ts";
import { evidencePlaces } from "./places.ts";

/** The frozen registration of a grid; null where there is none. @throws {UserError} If its file was changed. */
export async function frozenRegistration(folder: string, grid: string): Promise<Registered | null> {
  const { registration } = evidencePlaces(folder, grid);
  return exists(registration) ? await readJson(registration, registeredFileSchema) : null;
}

/**
 * Freezes what a grid's file says. The same again changes nothing.
 *
 * @param now ISO time.
 * @returns The path of the file.
 * @throws {UserError} If something else was frozen for this grid.
 */
export async function freezeRegistration(folder: string, grid: Grid, now: string): Promise<string> {
  const { registration: path } = evidencePlaces(folder, grid.name);
  await requireSameRegistration(folder, grid);
  if (exists(path)) return path;
  const registration = registrationOf(grid);
  await requireWritableFolder(dirname(path));
  const registered = { registration, hash: registrationHash(registration), frozenAt: now }; // keys as the file orders them
  await writeFileAtomic(path, `${JSON.stringify({ ...registered, seal: registrationSeal(registered) })}\n`);
  return path;
}

/** @throws {UserError} If a grid was registered as something else than its file says today. */
export async function requireSameRegistration(folder: string, grid: Grid): Promise<void> {
  const frozen = await frozenRegistration(folder, grid.name);
  if (frozen === null) return;
  const hash = registrationHash(registrationOf(grid));
  if (hash === frozen.hash) return;
  throw new UserError(
    `Cannot go on with ${grid.name} as it must be what was registered at ${frozen.frozenAt}: the hash was ` +
      `${frozen.hash.slice(0, 10)}, that of the file and of today's defaults is ${
        hash.slice(0, 10)
      }. Give the grid ` +
      "another name, under which it is registered anew, or take its file back.",
  );
}
