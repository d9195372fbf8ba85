/** What the adapter remembers of an account: which executions have which number, and what orders were sent at. */
import { DatabaseSync } from "node:sqlite";
import type { Execution, Order } from "../../../live/exchange.ts";

/** An order that was sent. */
export interface SentOrder {
  readonly order: Order;
  /** Last price when it was quoted, USDT; null of a limit order. */
  readonly reference: number | null;
  /** ms UTC after which it may not rest any more; null for never. */
  readonly until: number | null;
}

/** Kept before anybody is told, so that a number once given stays. */
export interface VenueMemory {
  /** Wallet balance that is not the session's, USDT; null before it began. And when it began, ms UTC. */
  begun(): { readonly aside: number; readonly time: number } | null;
  begin(aside: number, time: number): void;
  sent(clientId: string): SentOrder | null;
  noteSent(sent: SentOrder): void;
  knows(execId: string): boolean;
  add(numbered: readonly { readonly execId: string; readonly execution: Execution }[]): void;
  executions(after: number): readonly Execution[];
  /** Number and time of the newest execution; 0 and null before the first. */
  newest(): { readonly sequence: number; readonly time: number | null };
  [Symbol.dispose](): void;
}

/** A memory in a SQLite file, or in none (":memory:"). */
export function openVenueMemory(path: string): VenueMemory {
  const db = new DatabaseSync(path, { timeout: 5000 });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS begun (one INTEGER PRIMARY KEY CHECK (one = 1), aside REAL NOT NULL, time REAL NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS sent (client_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS executions (sequence INTEGER PRIMARY KEY, exec_id TEXT UNIQUE NOT NULL, time REAL NOT NULL, body TEXT NOT NULL) STRICT;`);
  const bodies = (rows: readonly Record<string, unknown>[]) =>
    rows.map(({ body }) => JSON.parse(String(body)));
  const addOne = db.prepare("INSERT INTO executions (sequence, exec_id, time, body) VALUES (?, ?, ?, ?)");
  return {
    begun: () => {
      const row = db.prepare("SELECT aside, time FROM begun").get();
      return row === undefined ? null : { aside: Number(row.aside), time: Number(row.time) };
    },
    begin: (aside, time) =>
      void db.prepare("INSERT INTO begun (one, aside, time) VALUES (1, ?, ?)").run(aside, time),
    sent: (clientId) =>
      bodies(db.prepare("SELECT body FROM sent WHERE client_id = ?").all(clientId))[0] ?? null,
    noteSent: (sent) =>
      void db.prepare("INSERT OR REPLACE INTO sent (client_id, body) VALUES (?, ?)")
        .run(sent.order.clientId, JSON.stringify(sent)),
    knows: (execId) => db.prepare("SELECT 1 FROM executions WHERE exec_id = ?").get(execId) !== undefined,
    add: (numbered) => {
      db.exec("BEGIN IMMEDIATE");
      try {
        for (const { execId, execution } of numbered) {
          addOne.run(execution.sequence, execId, execution.time, JSON.stringify(execution));
        }
        db.exec("COMMIT");
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
    executions: (after) =>
      bodies(db.prepare("SELECT body FROM executions WHERE sequence > ? ORDER BY sequence").all(after)),
    newest: () => {
      const row = db.prepare("SELECT max(sequence) AS sequence, max(time) AS time FROM executions").get()!;
      return {
        sequence: Number(row.sequence ?? 0),
        time: row.time === null ? null : Number(row.time),
      };
    },
    [Symbol.dispose]: () => db.close(),
  };
}
