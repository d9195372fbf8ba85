import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { TrialEntry, TrialLedger } from "../../experiments/ports/trials.ts";
import { completeLines } from "../files/atomic_file.ts";
import { atLedger, inTransaction, openLedger } from "./ledger_file.ts";

/** The file of trials of version 0.1.0, beside the ledger: one line of JSON a trial. */
const FORMER_FILE = "trials.jsonl";

/**
 * The trials of a ledger. It is opened for each entry, which is on the disk when `record` returns; several processes
 * may record at once. A file of trials of version 0.1.0 beside the ledger is imported once, and stays as it is.
 */
export function trialTable(path: string): TrialLedger {
  return {
    record: (entry) =>
      atLedger("write to", path, () => {
        using db = openLedger(path, "disk");
        return inTransaction(db, () => {
          importTrials(db, path, entry.time);
          addTrial(db, entry);
          return countTrials(db);
        });
      }),
  };
}

/**
 * Adds trials on the same rows by their keys, as of now, in one transaction.
 *
 * @returns Distinct trials on these rows, those that were added included.
 */
export function recordTrials(
  path: string,
  command: string,
  rowsHash: string,
  keys: readonly string[],
): number {
  const time = new Date().toISOString();
  return atLedger("write to", path, () => {
    using db = openLedger(path, "disk");
    return inTransaction(db, () => {
      importTrials(db, path, time);
      const insert = db.prepare(INSERT); // once: preparing it costs more than running it
      for (const key of keys) insert.run(key, time, command, rowsHash, 0);
      const onRows = db.prepare("SELECT count(DISTINCT key) AS count FROM trials WHERE rows_hash = ?");
      return Number(onRows.get(rowsHash)!.count);
    });
  });
}

const INSERT = "INSERT INTO trials (key, time, command, rows_hash, seed) VALUES (?, ?, ?, ?, ?)";

/** Adds a trial; part of the caller's transaction. */
export function addTrial(db: DatabaseSync, { key, time, command, rowsHash, seed }: TrialEntry): void {
  db.prepare(INSERT).run(key, time, command, rowsHash, seed);
}

/** How many distinct trials there are. */
export function countTrials(db: DatabaseSync): number {
  return Number(db.prepare("SELECT count(DISTINCT key) AS count FROM trials").get()!.count);
}

/** Takes over the file of version 0.1.0, if there is one that was not taken over before. */
export function importTrials(db: DatabaseSync, ledger: string, time: string): void {
  if (db.prepare("SELECT 1 FROM imports WHERE path = ?").get(FORMER_FILE)) return;
  const text = textOf(join(dirname(ledger), FORMER_FILE));
  if (text === null) return;
  const entries = completeLines(text.endsWith("\n") ? text : `${text}\n`).filter((line) => line !== "").map(
    entryOf,
  );
  for (const entry of entries) addTrial(db, entry);
  db.prepare("INSERT INTO imports (path, lines, time) VALUES (?, ?, ?)").run(
    FORMER_FILE,
    entries.length,
    time,
  );
}

function textOf(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** A line as a trial; one that a crash cut counts as a trial of its own, for nobody knows which it was. */
function entryOf(line: string): TrialEntry {
  try {
    const { key, time, command, rowsHash, seed } = JSON.parse(line) as TrialEntry;
    const known = Number.isSafeInteger(seed) ? seed : 0;
    return {
      key: String(key),
      time: String(time),
      command: String(command),
      rowsHash: String(rowsHash),
      seed: known,
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { key: line, time: "", command: "", rowsHash: "", seed: 0 };
  }
}
