/** A store of cells: one process at a time runs them, and what a killed one left under way waits again. */
import type { DatabaseSync } from "node:sqlite";
import { UserError } from "../../core/user_error.ts";
import { type FileLock, type Holder, tryLock } from "../files/file_lock.ts";
import { inTransaction, openLedger } from "./ledger_file.ts";
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
 * Opens a store to run cells in it. What a killed process left under way waits again.
 *
 * @throws {UserError} If another process runs cells there, or nothing can be written.
 */
export async function openCellStore(folder: string): Promise<CellStore> {
  const places = storePlaces(folder);
  const time = new Date().toISOString();
  const lock = await lockStore(places, time);
  try {
    const db = openLedger(places.ledger, "process");
    inTransaction(db, () => {
      importTrials(db, places.ledger, time);
      recover(db);
    });
    const close = async () => {
      db.close();
      await lock.release();
    };
    return { places, db, results: resultFiles(places.results), close };
  } catch (error) {
    await lock.release();
    throw error;
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
