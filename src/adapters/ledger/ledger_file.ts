/** One SQLite file for what must be counted and found again: trials, cells and grids. */
import { existsSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../../core/user_error.ts";
import { isOnNetwork } from "../files/file_lock.ts";
import { atPath } from "../files/system_error.ts";
import { SCHEMA, SCHEMA_VERSION } from "./schema.ts";

/** Ms that a writer waits for another one. */
const PATIENCE = 30_000;

/** How sure a commit must be: "disk" outlives a power cut, "process" a kill of the process. */
export type Durability = "disk" | "process";

/**
 * Opens the ledger; it and its folder are made where they are missing.
 *
 * @throws {UserError} If it cannot be made or opened, is no ledger, or is one of a later version.
 */
export function openLedger(path: string, durability: Durability): DatabaseSync {
  return atLedger("open", path, () => {
    Deno.mkdirSync(dirname(path), { recursive: true });
    if (existsSync(path) && statSync(path).isDirectory()) throw folderInstead(path);
    const wasThere = existsSync(path);
    const db = new DatabaseSync(path, { timeout: PATIENCE });
    try {
      // A write-ahead log needs memory that all its users share: over a network there is none.
      db.exec(`PRAGMA journal_mode = ${isOnNetwork(dirname(path)) ? "DELETE" : "WAL"}`);
      db.exec(`PRAGMA synchronous = ${durability === "disk" ? "FULL" : "NORMAL"}`);
      prepare(db, path);
      return db;
    } catch (error) {
      const isHalfMade = !wasThere && !hasTables(db);
      db.close();
      if (isHalfMade) removeLedger(path);
      throw error;
    }
  });
}

/** Takes a ledger away that this process made and that holds nothing. */
export function removeLedger(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${suffix}`, { force: true });
}

/** False where the disk was full before the tables were whole. */
function hasTables(db: DatabaseSync): boolean {
  try {
    return versionOf(db) > 0;
  } catch {
    return false;
  }
}

/** Opens a ledger to read it; null where there is none. */
export function openLedgerToRead(path: string): DatabaseSync | null {
  if (!existsSync(path)) return null;
  return atLedger("read", path, () => {
    if (statSync(path).isDirectory()) throw folderInstead(path);
    const db = new DatabaseSync(path, { timeout: PATIENCE });
    try {
      if (versionOf(db) === 0) return closed(db); // it is being made
      requireVersion(db, path);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function closed(db: DatabaseSync): null {
  db.close();
  return null;
}

/**
 * All or nothing; other writers wait.
 *
 * @throws {UserError} If the disk is full, read-only or at fault; it names the ledger.
 */
export function inTransaction<Value>(db: DatabaseSync, work: () => Value): Value {
  return atLedger("write to", db.location() ?? "in memory", () => {
    db.exec("BEGIN IMMEDIATE");
    try {
      const value = work();
      db.exec("COMMIT");
      return value;
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  });
}

function prepare(db: DatabaseSync, path: string): void {
  if (versionOf(db) === 0) inTransaction(db, () => versionOf(db) === 0 && db.exec(SCHEMA)); // another may have been first
  requireVersion(db, path);
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()!.user_version);
}

function requireVersion(db: DatabaseSync, path: string): void {
  const version = versionOf(db);
  if (version === SCHEMA_VERSION) return;
  throw new UserError(
    `Cannot open the ledger ${path} as its version must be ${SCHEMA_VERSION}: current value is ${version}. Another ` +
      "version of PopAgent wrote it: use that one, or move the ledger away.",
  );
}

function folderInstead(path: string): UserError {
  return new UserError(
    `Cannot open the ledger ${path} as it must be a file: it is a folder. Give the path of a file.`,
  );
}

/** What SQLite says (not every call of Deno's gives its number), the rule and what to do. */
const SQLITE_RULES: readonly (readonly [RegExp, string])[] = [
  [/database is locked/, "no other process may keep it busy so long. Wait until it ends"],
  [/readonly database/, "it must be writable. Change its permissions"],
  [/disk I\/O error/, "the disk must work: it reports an error. Look after the disk"],
  [
    /image is malformed/,
    "it must be whole: it is damaged. Restore it, or move it away and run what it held again",
  ],
  [/disk is full/, "there must be room: the disk is full. Make room and start again"],
  [/unable to open/, "it must be a file that can be opened. Look at its folder's permissions"],
  [/not a database/, "it must be one: it is another file. Move it away"],
];

/**
 * What SQLite refused outside of `atLedger` because of the disk or another process: a person's to mend, though the
 * path is not known; null for any other error.
 */
export function ledgerRefusal(error: unknown): UserError | null {
  if (!(error instanceof Error) || (error as { readonly code?: string }).code !== "ERR_SQLITE_ERROR") {
    return null;
  }
  const rule = SQLITE_RULES.find(([said]) => said.test(error.message));
  return rule ? new UserError(`Cannot go on with the ledger as ${rule[1]}.`, { cause: error }) : null;
}

/** Does something with a ledger, or another database by its name; what SQLite or the system refuses is said with the path. */
export function atLedger<Value>(verb: string, path: string, work: () => Value, name = "ledger"): Value {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    const rule = error instanceof UserError ? undefined : SQLITE_RULES.find(([said]) => said.test(message));
    if (rule === undefined) throw atPath(verb, path, error);
    throw new UserError(`Cannot ${verb} the ${name} ${path} as ${rule[1]}.`, { cause: error });
  }
}
