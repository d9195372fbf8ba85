/** A session's folder as it is read again and again by whoever watches it: nothing is written, and nobody waits. */
import { statSync } from "node:fs";
import type { RecordedEvent } from "../../events/event.ts";
import type { GuardState } from "../../live/guards.ts";
import type { OrderRecord, SessionPoint } from "../../live/journal.ts";
import { isHeld } from "../files/file_lock.ts";
import { type JournalReading, openJournalToRead } from "./journal_file.ts";
import { guardWord, type SessionPlaces } from "./session_folder.ts";
import { writtenAt } from "./stored_session.ts";

/** What a session's folder holds at one moment. */
export interface SessionReading {
  /** All that happened, in order; the same list until something happens. */
  readonly events: readonly RecordedEvent[];
  /** Null of one that has not learned its history yet. */
  readonly point: SessionPoint | null;
  readonly open: readonly OrderRecord[];
  /** When it wrote last, ms UTC by the clock of its machine. */
  readonly written: number;
  /** What a person asks of its guards; null where nobody does. */
  readonly asked: GuardState | null;
  /** Whether a process trades it; null where that cannot be told. */
  readonly held: boolean | null;
}

/** A session's folder, open to be read. */
export interface SessionReader {
  /** @returns Null where nothing has changed since the call before. @throws {UserError} If it cannot be read. */
  read(): SessionReading | null;
  [Symbol.dispose](): void;
}

type Kept = Pick<SessionReading, "events" | "point" | "open">;

/** Looks between two tries of a lock that stays: a session that is started anew must not find it taken by who watches. */
const LOCK_LOOKS = 8;

const EMPTY: Kept = { events: [], point: null, open: [] };

/** Opens a session's folder to read it while another process may trade it; its journal may be missing yet. */
export function openSessionReader(places: SessionPlaces): SessionReader {
  let journal: JournalReading | null = null, file = NaN, version = NaN;
  let kept = EMPTY, before: SessionReading | null = null;
  let lock: number | undefined = NaN, held: boolean | null = null, looks = 0;

  /** Another file of that name is another session: what is known of the one before counts no more. */
  function opened(): JournalReading | null {
    const now = statSync(places.journal, { throwIfNoEntry: false })?.ino;
    if (journal !== null && now !== file) close();
    if (journal === null && now !== undefined) {
      journal = openJournalToRead(places.journal);
      file = now;
    }
    return journal;
  }

  function close(): void {
    journal?.[Symbol.dispose]();
    journal = null;
    version = NaN;
    kept = EMPTY;
  }

  function readJournal(): Kept {
    const source = opened();
    if (source === null) return EMPTY;
    const newest = source.version();
    if (newest === version) return kept;
    version = newest;
    kept = source.atOnce(() => {
      const fresh = source.events(kept.events.length);
      return {
        events: fresh.length === 0 ? kept.events : [...kept.events, ...fresh],
        point: source.point(),
        open: source.open(),
      };
    });
    return kept;
  }

  function readLock(): boolean | null {
    const now = statSync(places.lock, { throwIfNoEntry: false })?.ino;
    if (now !== lock || looks++ % LOCK_LOOKS === 0) held = isHeld(places.lock);
    lock = now;
    return held;
  }

  return {
    read() {
      const reading = {
        ...readJournal(),
        written: writtenAt(places),
        asked: guardWord(places),
        held: readLock(),
      };
      if (before !== null && isSame(before, reading)) return null;
      return before = reading;
    },
    [Symbol.dispose]: close,
  };
}

function isSame(one: SessionReading, other: SessionReading): boolean {
  return (Object.keys(one) as (keyof SessionReading)[]).every((key) => one[key] === other[key]);
}
