/** What a session's simulated exchange remembers, in one SQLite file with a write-ahead log. */
import type { Execution } from "../../live/exchange.ts";
import type { ExchangeChange, ExchangeState, KeptOrder } from "../../live/simulated_state.ts";
import type { Durability } from "../ledger/ledger_file.ts";
import { openDatabase, VERSION, writeDatabase } from "./session_database.ts";

const EXCHANGE_SCHEMA = `
  CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;
  CREATE TABLE orders (client_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE executions (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${VERSION};`;

const NAME = "simulated exchange";

/** The memory of a simulated exchange: what an exchange of its own would keep, whatever happens to the session. */
export interface ExchangeFile {
  /** Null before its first bar. */
  load(): ExchangeState | null;
  save(change: ExchangeChange): void;
  [Symbol.dispose](): void;
}

/** Opens the memory of a simulated exchange. @throws {UserError} As `openJournal`. */
export function openExchangeFile(path: string, durability: Durability): ExchangeFile {
  const db = openDatabase(path, durability, EXCHANGE_SCHEMA, NAME);
  const putState = db.prepare("INSERT OR REPLACE INTO state (one, body) VALUES (1, ?)");
  const putOrder = db.prepare("INSERT OR REPLACE INTO orders (client_id, body) VALUES (?, ?)");
  const addExecution = db.prepare("INSERT INTO executions (sequence, body) VALUES (?, ?)");
  return {
    load: () => {
      const row = db.prepare("SELECT body FROM state").get();
      if (row === undefined) return null;
      const all = (table: string, by: string) =>
        db.prepare(`SELECT body FROM ${table} ORDER BY ${by}`).all().map((one) =>
          JSON.parse(String(one.body))
        );
      return {
        ...JSON.parse(String(row.body)),
        orders: all("orders", "rowid") as KeptOrder[],
        executions: all("executions", "sequence") as Execution[],
      };
    },
    save: ({ orders, executions, ...state }) =>
      writeDatabase(db, path, NAME, () => {
        putState.run(JSON.stringify(state));
        for (const kept of orders) putOrder.run(kept.order.clientId, JSON.stringify(kept));
        for (const one of executions) addExecution.run(one.sequence, JSON.stringify(one));
      }),
    [Symbol.dispose]: () => db.close(),
  };
}
