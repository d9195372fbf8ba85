/** A session's journal in one SQLite file with a write-ahead log. */
import type { DatabaseSync } from "node:sqlite";
import type { RecordedEvent } from "../../events/event.ts";
import type { Journal, OrderRecord, SessionPoint } from "../../live/journal.ts";
import { OPEN, UNSENT } from "../../live/order_states.ts";
import type { Durability } from "../ledger/ledger_file.ts";
import { openDatabase, openDatabaseToRead, VERSION, writeDatabase } from "./session_database.ts";

const NAME = "journal";

/** Events are append-only, by trigger; an order and the point are what they are now. */
const JOURNAL_SCHEMA = `
  CREATE TABLE events (number INTEGER PRIMARY KEY, type TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
  CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
  CREATE TABLE orders (client_id TEXT PRIMARY KEY, state TEXT NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX orders_by_state ON orders (state);
  CREATE TABLE point (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${VERSION};`;

/** What a journal in a file holds. */
export interface JournalReading extends Omit<Journal, "write"> {
  /** A number that another one follows on once somebody else has written. */
  version(): number;
  /** Reads several things as they stood at one moment; who writes does not wait for it. */
  atOnce<Value>(read: () => Value): Value;
  [Symbol.dispose](): void;
}

/** A journal in a file. */
export interface JournalFile extends Journal, JournalReading {}

/**
 * Opens a journal; it and its folder are made where they are missing.
 *
 * @throws {UserError} If it cannot be opened or written, is none, or is one of another version.
 */
export function openJournal(path: string, durability: Durability): JournalFile {
  const db = openDatabase(path, durability, JOURNAL_SCHEMA, NAME);
  const addEvent = db.prepare("INSERT INTO events (type, body) VALUES (?, ?)");
  const putOrder = db.prepare("INSERT OR REPLACE INTO orders (client_id, state, body) VALUES (?, ?, ?)");
  const putPoint = db.prepare("INSERT OR REPLACE INTO point (one, body) VALUES (1, ?)");
  return {
    ...reading(db),
    write: ({ events = [], orders = [], point }) =>
      writeDatabase(db, path, NAME, () => {
        for (const event of events) addEvent.run(event.type, JSON.stringify(event));
        for (const record of orders) {
          putOrder.run(record.order.clientId, record.state, JSON.stringify(record));
        }
        if (point !== undefined) putPoint.run(JSON.stringify(point));
      }),
  };
}

/**
 * Opens a journal to read it, also while a session writes it: nothing is made, changed or locked. What two calls
 * tell may be a write apart, unless they are made `atOnce`.
 *
 * @returns Null where there is none, or its session is only just making it.
 * @throws {UserError} If it cannot be read, is none, or is one of another version.
 */
export function openJournalToRead(path: string): JournalReading | null {
  const db = openDatabaseToRead(path, NAME);
  return db === null ? null : reading(db);
}

function reading(db: DatabaseSync): JournalReading {
  const getOrder = db.prepare("SELECT body FROM orders WHERE client_id = ?");
  const getPoint = db.prepare("SELECT body FROM point");
  const openOrders = db.prepare(
    `SELECT body FROM orders WHERE state IN (${OPEN.map((state) => `'${state}'`).join(", ")}) ORDER BY rowid`,
  );
  const unsentOrders = db.prepare(`SELECT body FROM orders WHERE state = '${UNSENT}' ORDER BY rowid`);
  const someEvents = db.prepare("SELECT body FROM events WHERE number > ? ORDER BY number");
  const dataVersion = db.prepare("PRAGMA data_version");
  const read = <Value>(row: Record<string, unknown> | undefined) =>
    row === undefined ? null : JSON.parse(String(row.body)) as Value;
  return {
    point: () => read<SessionPoint>(getPoint.get()),
    order: (clientId) => read<OrderRecord>(getOrder.get(clientId)),
    open: () => openOrders.all().map((row) => read<OrderRecord>(row)!),
    unsent: () => unsentOrders.all().map((row) => read<OrderRecord>(row)!),
    events: (from = 0) => someEvents.all(from).map((row) => read<RecordedEvent>(row)!),
    version: () => Number(dataVersion.get()!.data_version),
    atOnce: (work) => {
      db.exec("BEGIN");
      try {
        return work();
      } finally {
        db.exec("COMMIT");
      }
    },
    [Symbol.dispose]: () => db.close(),
  };
}
