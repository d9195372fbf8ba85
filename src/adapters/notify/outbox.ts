/** What a session has to tell and what became of it, in one SQLite file with a write-ahead log. */
import type { Notice } from "../../admin/notices/notice.ts";
import { openDatabase, VERSION, writeDatabase } from "../exchange/session_database.ts";

const OUTBOX_SCHEMA = `
  CREATE TABLE notices (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
  CREATE TABLE deliveries (notice INTEGER NOT NULL REFERENCES notices (number), channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'abandoned')), tries INTEGER NOT NULL,
    maybe INTEGER NOT NULL, why TEXT NOT NULL, PRIMARY KEY (notice, channel)) STRICT;
  CREATE INDEX deliveries_by_state ON deliveries (channel, state, notice);
  CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  PRAGMA user_version = ${VERSION};`;

const NAME = "outbox";

/** A notice that waits in a channel. */
export interface WaitingNotice {
  readonly number: number;
  readonly notice: Notice;
  /** Sendings so far. */
  readonly tries: number;
  /** True if one of them may have arrived. */
  readonly maybe: boolean;
}

/** How far a session was looked at: events, and reports by schedule. Names and whole numbers. */
export type Marks = Readonly<Record<string, number>>;

/** What a session has to tell. */
export interface Outbox {
  /** Marks as they were kept last. */
  marks(): Marks;
  /** Keeps notices with the channels that they go through, and all marks: all or nothing. One that is known is left out. */
  add(
    notices: readonly { readonly notice: Notice; readonly channels: readonly string[] }[],
    marks: Marks,
  ): void;
  /** The oldest notice that waits in a channel; null if none does. */
  next(channel: string): WaitingNotice | null;
  /** Says that a notice is being sent: if nothing is heard of it any more, it may have arrived. */
  trying(channel: string, number: number): void;
  /** Says what became of it. */
  ended(
    channel: string,
    number: number,
    state: "waiting" | "sent" | "abandoned",
    maybe: boolean,
    why: string,
  ): void;
  /** Notices of these channels by what became of them. */
  counts(channels: readonly string[]): { readonly waiting: number; readonly abandoned: number };
  [Symbol.dispose](): void;
}

/** Opens an outbox; it and its folder are made where they are missing. @throws {UserError} As `openJournal`. */
export function openOutbox(path: string): Outbox {
  const db = openDatabase(path, "process", OUTBOX_SCHEMA, NAME);
  const write = (work: () => void) => writeDatabase(db, path, NAME, work);
  const addNotice = db.prepare(
    "INSERT INTO notices (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING number",
  );
  const addDelivery = db.prepare("INSERT INTO deliveries VALUES (?, ?, 'waiting', 0, 0, '')");
  const addMark = db.prepare("INSERT INTO marks VALUES (?, ?)");
  const oldest = db.prepare(
    `SELECT number, body, tries, maybe FROM deliveries JOIN notices ON number = notice
     WHERE channel = ? AND state = 'waiting' ORDER BY number LIMIT 1`,
  );
  const setTrying = db.prepare(
    "UPDATE deliveries SET tries = tries + 1, maybe = 1 WHERE channel = ? AND notice = ?",
  );
  const setEnded = db.prepare(
    "UPDATE deliveries SET state = ?, maybe = ?, why = ? WHERE channel = ? AND notice = ?",
  );
  const countOf = db.prepare("SELECT count(*) AS n FROM deliveries WHERE channel = ? AND state = ?");
  return {
    marks: () =>
      Object.fromEntries(
        db.prepare("SELECT name, value FROM marks").all().map(({ name, value }) => [name, Number(value)]),
      ),
    add: (notices, marks) =>
      write(() => {
        for (const { notice, channels } of notices) {
          const row = addNotice.get(notice.id, JSON.stringify(notice));
          if (row !== undefined) channels.forEach((channel) => addDelivery.run(Number(row.number), channel));
        }
        db.exec("DELETE FROM marks");
        for (const [name, value] of Object.entries(marks)) addMark.run(name, value);
      }),
    next: (channel) => {
      const row = oldest.get(channel);
      return row === undefined ? null : {
        number: Number(row.number),
        notice: JSON.parse(String(row.body)) as Notice,
        tries: Number(row.tries),
        maybe: Number(row.maybe) === 1,
      };
    },
    trying: (channel, number) => write(() => setTrying.run(channel, number)),
    ended: (channel, number, state, maybe, why) =>
      write(() => setEnded.run(state, maybe ? 1 : 0, why, channel, number)),
    counts: (channels) => {
      const sum = (state: string) =>
        channels.reduce((total, channel) => total + Number(countOf.get(channel, state)!.n), 0);
      return { waiting: sum("waiting"), abandoned: sum("abandoned") };
    },
    [Symbol.dispose]: () => db.close(),
  };
}
