/** A store of cells: one process at a time runs them, and what a killed one left under way waits again. */
import { existsSync, rmdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { UserError } from "../../core/user_error.ts";
import { type FileLock, type Holder, tryLock } from "../files/file_lock.ts";
import { atPath } from "../files/system_error.ts";
import { inTransaction, openLedger, removeLedger } from "./ledger_file.ts";
import { type ResultFiles, resultFiles } from "./result_files.ts";
import { recover } from "./session_table.ts";
import { type StorePlaces, storePlaces } from "./store_folder.ts";
import { importTrials } from "./trial_table.ts";

/** A store whose cells this process alone may run. */
export interface CellStore {
  readonly places: StorePlaces;
  readonly db: DatabaseSync;
  readonly results: ResultFiles;
  close(): Promise<void>;
}

/**
 * Opens a store to run cells in it. What a killed process left under way waits again. A store that was made here and
 * into which nothing came (the disk was full, a merge was refused) is taken away when it is closed.
 *
 * @throws {UserError} If another process runs cells there, or nothing can be written.
 */
export async function openCellStore(folder: string): Promise<CellStore> {
  const places = storePlaces(folder);
  const time = new Date().toISOString();
  const missing = firstMissing(folder);
  const lock = await lockStore(places, time).catch((error) => {
    takeAwayEmpty(missing, folder);
    throw atPath("write to", folder, error);
  });
  const isNew = !existsSync(places.ledger);
  try {
    const db = openLedger(places.ledger, "process");
    inTransaction(db, () => {
      importTrials(db, places.ledger, time);
      recover(db);
    });
    const close = async () => {
      const isUnused = isNew && holdsNothing(db);
      db.close();
      if (isUnused) removeLedger(places.ledger);
      await lock.release();
      if (isUnused) takeAwayEmpty(missing, folder);
    };
    return { places, db, results: resultFiles(places.results), close };
  } catch (error) {
    await lock.release();
    takeAwayEmpty(missing, folder);
    throw error;
  }
}

/** True for a ledger into which nothing came. */
function holdsNothing(db: DatabaseSync): boolean {
  const found = db.prepare(
    "SELECT EXISTS (SELECT 1 FROM grids UNION ALL SELECT 1 FROM trials UNION ALL SELECT 1 FROM cells) AS any",
  ).get();
  return found?.any === 0;
}

/** The uppermost folder above and including this one that is not there yet; null where it is there. */
function firstMissing(folder: string): string | null {
  const home = resolve(folder);
  if (existsSync(home)) return null;
  const above = dirname(home);
  return above === home ? home : firstMissing(above) ?? home;
}

/** Takes the folders away that were made for a store which holds nothing. */
function takeAwayEmpty(first: string | null, folder: string): void {
  if (first === null) return;
  for (let one = resolve(folder); one.length >= first.length; one = dirname(one)) {
    try {
      rmdirSync(one);
    } catch {
      return; // somebody has put something there
    }
  }
}

async function lockStore({ folder, lock }: StorePlaces, since: string): Promise<FileLock> {
  const taken = await tryLock(lock, { pid: Deno.pid, host: Deno.hostname(), since });
  if (!("holder" in taken)) return taken;
  throw new UserError(
    `Cannot run cells in ${folder} as one process at a time may: ${
      holderText(taken.holder)
    } is at it. Wait until it ` +
      "ends (experiment status says how far it is), stop it, or give another folder with --store.",
  );
}

function holderText(holder: Holder | null): string {
  return holder === null ? "another process" : `process ${holder.pid} on ${holder.host}`;
}
