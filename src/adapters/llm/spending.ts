/**
 * What calls cost, in one SQLite file. A call is reserved at the most it can cost before it is sent, on disk, and
 * settled when its usage is known: a process that is killed between the two leaves the reservation standing.
 */
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Amount, budgetFault, type Spent } from "../../llm/budget.ts";
import type { Caps } from "../../llm/model_card.ts";
import { isOnNetwork } from "../files/file_lock.ts";
import { inTransaction } from "../ledger/ledger_file.ts";

/** For whom a call is paid. */
export interface Payer {
  /** The run's name. */
  readonly run: string;
  /** The role that asks. */
  readonly role: string;
  /** The model, by its name in the table. */
  readonly model: string;
}

/** A reservation, or why there is none. */
export type Reservation = { readonly id: number } | { readonly fault: string };

/** The journal of spending. Several processes may use one file. */
export interface Spending {
  /** Sets the most aside, or says which cap forbids it. @param now ms UTC; it says whose day is charged. */
  reserve(payer: Payer, most: Amount, caps: Caps, now: number): Reservation;
  /** Puts what it really cost in the reservation's place, once. */
  settle(id: number, amount: Amount): void;
  /** Everything that this run has spent or reserved. */
  spentBy(run: string): Amount;
  /** Closes the file. */
  close(): void;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS calls (
  id INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  run TEXT NOT NULL,
  role TEXT NOT NULL,
  model TEXT NOT NULL,
  tokens INTEGER NOT NULL,
  pico INTEGER NOT NULL,
  settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1))
) STRICT;
CREATE INDEX IF NOT EXISTS calls_by_day ON calls (day);
CREATE INDEX IF NOT EXISTS calls_by_run ON calls (run, role);`;

const SUM = "SELECT COALESCE(SUM(tokens), 0) AS tokens, COALESCE(SUM(pico), 0) AS pico FROM calls WHERE ";

/** Opens the journal of a path; it and its folder are made where they are missing. */
export function openSpending(path: string): Spending {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: 30_000 });
  db.exec(`PRAGMA journal_mode = ${isOnNetwork(dirname(path)) ? "DELETE" : "WAL"}`);
  db.exec("PRAGMA synchronous = FULL"); // what is reserved outlives a power cut
  db.exec(SCHEMA);
  const ofRun = db.prepare(`${SUM} run = ?`);
  const ofRole = db.prepare(`${SUM} run = ? AND role = ?`);
  const ofDay = db.prepare(`${SUM} day = ?`);
  const insert = db.prepare(
    "INSERT INTO calls (day, run, role, model, tokens, pico) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const update = db.prepare(
    "UPDATE calls SET tokens = ?, pico = ?, settled = 1 WHERE id = ? AND settled = 0",
  );
  const amount = (row: unknown) => row as Amount;

  return {
    reserve({ run, role, model }, most, caps, now) {
      const day = new Date(now).toISOString().slice(0, 10);
      return inTransaction(db, () => {
        const spent: Spent = {
          run: amount(ofRun.get(run)),
          role: amount(ofRole.get(run, role)),
          day: amount(ofDay.get(day)),
        };
        const fault = budgetFault(most, role, spent, caps);
        if (fault !== null) return { fault };
        const { lastInsertRowid } = insert.run(day, run, role, model, most.tokens, most.pico);
        return { id: Number(lastInsertRowid) };
      });
    },
    settle(id, { tokens, pico }) {
      update.run(tokens, pico, id);
    },
    spentBy: (run) => amount(ofRun.get(run)),
    close: () => db.close(),
  };
}
