/** A session's journal and its simulated exchange, each in one SQLite file with a write-ahead log. */
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "../../core/user_error.ts";
import type { RecordedEvent } from "../../events/event.ts";
import type { Journal, OrderRecord, SessionPoint } from "../../live/journal.ts";
import { OPEN } from "../../live/order_states.ts";
import type { ExchangeChange, ExchangeState, KeptOrder } from "../../live/simulated_exchange.ts";
import type { Execution } from "../../live/exchange.ts";
import { atLedger, type Durability, inTransaction } from "../ledger/ledger_file.ts";

const VERSION = 1;

/** Events are append-only, by trigger; an order and the point are what they are now. */
const JOURNAL_SCHEMA = `
  CREATE TABLE events (number INTEGER PRIMARY KEY, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
  CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
  CREATE TABLE orders (client_id TEXT PRIMARY KEY, state TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX orders_by_state ON orders (state);
  CREATE TABLE point (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${VERSION};`;
const EXCHANGE_SCHEMA = `
  CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;
  CREATE TABLE orders (client_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE executions (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${VERSION};`;

/** A journal in a file. */
export interface JournalFile extends Journal {
  [Symbol.dispose](): void;
}

/**
 * Opens a journal; it and its folder are made where they are missing.
 *
 * @throws {UserError} If it cannot be opened or written, is none, or is one of another version.
 */
export function openJournal(path: string, durability: Durability): JournalFile {
  const db = opened(path, durability, JOURNAL_SCHEMA);
  const addEvent = db.prepare("INSERT INTO events (type, body) VALUES (?, ?)");
  const putOrder = db.prepare("INSERT OR REPLACE INTO orders (client_id, state, body) VALUES (?, ?, ?)");
  const putPoint = db.prepare("INSERT OR REPLACE INTO point (one, body) VALUES (1, ?)");
  const getOrder = db.prepare("SELECT body FROM orders WHERE client_id = ?");
  const getPoint = db.prepare("SELECT body FROM point");
  const openOrders = db.prepare(
    `SELECT body FROM orders WHERE state IN (${OPEN.map((state) => `'${state}'`).join(", ")}) ORDER BY rowid`,
  );
  const someEvents = db.prepare("SELECT body FROM events ORDER BY number LIMIT -1 OFFSET ?");
  const read = <Value>(row: Record<string, unknown> | undefined) =>
    row === undefined ? null : JSON.parse(String(row.body)) as Value;
  return {
    write: ({ events = [], orders = [], point }) =>
      atLedger("write", path, () =>
        inTransaction(db, () => {
          for (const event of events) addEvent.run(event.type, JSON.stringify(event));
          for (const record of orders) {
            putOrder.run(record.order.clientId, record.state, JSON.stringify(record));
          }
          if (point !== undefined) {
            putPoint.run(JSON.stringify(point));
          }
        })),
    point: () => read<SessionPoint>(getPoint.get()),
    order: (clientId) => read<OrderRecord>(getOrder.get(clientId)),
    open: () => openOrders.all().map((row) => read<OrderRecord>(row)!),
    events: (from = 0) => someEvents.all(from).map((row) => read<RecordedEvent>(row)!),
    [Symbol.dispose]: () => db.close(),
  };
}

/** The memory of a simulated exchange: what an exchange of its own would keep, whatever happens to the session. */
export interface ExchangeFile {
  /** Null before its first bar. */
  load(): ExchangeState | null;
  save(change: ExchangeChange): void;
  [Symbol.dispose](): void;
}

/** Opens the memory of a simulated exchange. @throws {UserError} As `openJournal`. */
export function openExchangeFile(path: string, durability: Durability): ExchangeFile {
  const db = opened(path, durability, EXCHANGE_SCHEMA);
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
      atLedger("write", path, () =>
        inTransaction(db, () => {
          putState.run(JSON.stringify(state));
          for (const kept of orders) putOrder.run(kept.order.clientId, JSON.stringify(kept));
          for (const one of executions) addExecution.run(one.sequence, JSON.stringify(one));
        })),
    [Symbol.dispose]: () => db.close(),
  };
}

function opened(path: string, durability: Durability, schema: string): DatabaseSync {
  return atLedger("open", path, () => {
    Deno.mkdirSync(dirname(path), { recursive: true });
    const db = new DatabaseSync(path, { timeout: 5000 });
    try {
      db.exec("PRAGMA journal_mode = WAL");
      db.exec(`PRAGMA synchronous = ${durability === "disk" ? "FULL" : "NORMAL"}`);
      if (versionOf(db) === 0) inTransaction(db, () => versionOf(db) === 0 && db.exec(schema));
      if (versionOf(db) !== VERSION) {
        throw new UserError(
          `Cannot open ${path} as its version must be ${VERSION}: current value is ${
            versionOf(db)
          }. Another version of ` +
            "PopAgent wrote it: use that one, or give the session another name.",
        );
      }
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()!.user_version);
}
