/** A session of a folder as it is read by whoever looks at it; it may be trading meanwhile. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../core/user_error.ts";
import type { RecordedEvent } from "../../events/event.ts";
import type { OrderRecord, SessionPoint } from "../../live/journal.ts";
import { openJournalToRead } from "./journal_file.ts";
import { readSession, type SessionFile, type SessionPlaces, sessionPlaces } from "./session_folder.ts";

/** What a session holds. */
export interface StoredSession {
  readonly name: string;
  readonly folder: string;
  readonly file: SessionFile;
  readonly events: readonly RecordedEvent[];
  /** Null of one that has not learned its history yet. */
  readonly point: SessionPoint | null;
  readonly open: readonly OrderRecord[];
}

/** Reads a session, by default the newest. @throws {UserError} If there is none. */
export async function storedSession(root: string, name: string | undefined): Promise<StoredSession> {
  const found = name ?? newestSession(root);
  const places = sessionPlaces(root, found);
  const file = await readSession(places);
  using journal = openJournalToRead(places.journal) ?? undefined;
  if (!journal) return { name: found, folder: places.folder, file, events: [], point: null, open: [] };
  return {
    name: found,
    folder: places.folder,
    file,
    events: journal.events(),
    point: journal.point(),
    open: journal.open(),
  };
}

/** The session that wrote last, the first by name of several. @throws {UserError} If there is none. */
export function newestSession(root: string): string {
  const names = existsSync(root)
    ? readdirSync(root).filter((name) => existsSync(join(root, name, "session.json"))).sort()
    : [];
  const [first, ...others] = names;
  if (first === undefined) {
    throw new UserError(
      `Cannot find a session as a folder of one must be in ${root}: there is none; popagent paper begins one`,
    );
  }
  const written = (name: string) => writtenAt(sessionPlaces(root, name));
  return others.reduce((newest, name) => written(name) > written(newest) ? name : newest, first);
}

/** When a session was begun or wrote last, ms UTC; 0 of none. Whoever reads a journal may leave an empty log beside it. */
export function writtenAt({ session, journal }: SessionPlaces): number {
  return Math.max(
    ...[session, journal, `${journal}-wal`].map((path) => {
      const file = statSync(path, { throwIfNoEntry: false });
      return file === undefined || file.size === 0 ? 0 : file.mtimeMs;
    }),
  );
}
