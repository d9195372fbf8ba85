/** The SQLite files of a session: opened with a write-ahead log, written all or nothing. */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../../core/user_error.ts";
import { atLedger, type Durability, inTransaction } from "../ledger/ledger_file.ts";

/** Version of both schemas. */
export const VERSION = 1;

/** Ms that a reader or writer waits for another. */
const PATIENCE = 5000;

/**
 * Opens a file to write it; it and its folder are made where they are missing.
 *
 * @param name What an error calls it.
 * @throws {UserError} If it cannot be opened or written, is another file, or is one of another version.
 */
export function openDatabase(
  path: string,
  durability: Durability,
  schema: string,
  name: string,
): DatabaseSync {
  return atLedger("open", path, () => {
    Deno.mkdirSync(dirname(path), { recursive: true });
    const db = new DatabaseSync(path, { timeout: PATIENCE });
    return orClosed(db, () => {
      db.exec("PRAGMA journal_mode = WAL");
      db.exec(`PRAGMA synchronous = ${durability === "disk" ? "FULL" : "NORMAL"}`);
      if (versionOf(db) === 0) inTransaction(db, () => versionOf(db) === 0 && db.exec(schema));
      requireVersion(db, path, name);
      return db;
    });
  }, name);
}

/** Opens a file to read it, also while another process writes it; null where there is none or it is being made. */
export function openDatabaseToRead(path: string, name: string): DatabaseSync | null {
  if (!existsSync(path)) return null;
  return atLedger("read", path, () => {
    const db = new DatabaseSync(path, { readOnly: true, timeout: PATIENCE });
    return orClosed(db, () => {
      if (versionOf(db) === 0) {
        db.close();
        return null;
      }
      requireVersion(db, path, name);
      return db;
    });
  }, name);
}

/** Writes all or nothing. */
export function writeDatabase(db: DatabaseSync, path: string, name: string, work: () => void): void {
  atLedger("write", path, () => inTransaction(db, work), name);
}

function orClosed<Value>(db: DatabaseSync, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    db.close();
    throw error;
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()!.user_version);
}

function requireVersion(db: DatabaseSync, path: string, name: string): void {
  const version = versionOf(db);
  if (version === VERSION) return;
  throw new UserError(
    `Cannot open the ${name} ${path} as its version must be ${VERSION}: current value is ${version}. Another version of ` +
      "PopAgent wrote it: use that one, or give the session another name.",
  );
}
