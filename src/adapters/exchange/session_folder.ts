/** The folder of a paper session: what it is, its journal, its simulated exchange, what it tells, and the word of whoever watches it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { canonicalJson } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { GUARD_STATES } from "../../events/guard.ts";
import type { GuardState } from "../../live/guards.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { type FileLock, tryLock } from "../files/file_lock.ts";
import { readJson } from "../files/json_file.ts";

/** Where sessions lie unless a flag says otherwise. */
export const SESSIONS_FOLDER = "data/paper";

const sessionSchema = z.strictObject({
  version: z.literal(1),
  /** Part of every client id. */
  id: z.string().regex(/^[A-Za-z0-9]{1,16}$/),
  exchange: z.string(),
  /** The whole configuration, as a population run has it. */
  config: z.record(z.string(), z.unknown()),
  /** Rows that had closed before the first order, their hash, and iterations of the whole. */
  history: z.int().min(1),
  rowsHash: z.string(),
  iterations: z.int().min(1),
  limits: z.record(z.string(), z.number()),
});
/** What a session is; the same for all its life. */
export type SessionFile = Readonly<z.output<typeof sessionSchema>>;

/** The places of a session's folder. */
export function sessionPlaces(root: string, name: string) {
  if (!/^[\w.-]{1,80}$/.test(name) || name.startsWith(".")) {
    throw new UserError(
      `Cannot name a session so as its name must be 1 to 80 letters, digits, -, _ or .: current value is ${name}`,
    );
  }
  const folder = join(root, name);
  return {
    folder,
    session: join(folder, "session.json"),
    journal: join(folder, "journal.sqlite"),
    exchange: join(folder, "exchange.sqlite"),
    outbox: join(folder, "notices.sqlite"),
    reports: join(folder, "reports"),
    guard: join(folder, "GUARD"),
    lock: join(folder, "lock"),
  };
}
/** See `sessionPlaces`. */
export type SessionPlaces = ReturnType<typeof sessionPlaces>;

/** What a session is. @throws {UserError} If there is none, or its file is damaged. */
export async function readSession(places: SessionPlaces): Promise<SessionFile> {
  if (!existsSync(places.session)) {
    throw new UserError(
      `Cannot find the session ${places.folder} as its session.json must be there: popagent paper begins one`,
    );
  }
  return await readJson(places.session, sessionSchema);
}

/**
 * Keeps what a session is, or makes sure that it still is that.
 *
 * @throws {UserError} If a session of this name is another one.
 */
export async function keepSession(places: SessionPlaces, session: SessionFile): Promise<"begun" | "resumed"> {
  const text = canonicalJson(session);
  if (!existsSync(places.session)) {
    await writeFileAtomic(places.session, text);
    return "begun";
  }
  const before = canonicalJson(await readSession(places));
  if (before === text) return "resumed";
  throw new UserError(
    `Cannot go on with the session ${places.folder} as its configuration, bars, history, exchange and limits must be ` +
      "those that it began with: give it the same flags, or another --name",
  );
}

/** Makes this process the only one that trades a session. @throws {UserError} If another does. */
export async function lockSession({ lock, folder }: SessionPlaces): Promise<FileLock> {
  const taken = await tryLock(lock, {
    pid: Deno.pid,
    host: Deno.hostname(),
    since: new Date().toISOString(),
  });
  if (!("holder" in taken)) return taken;
  const who = taken.holder === null
    ? "another process"
    : `process ${taken.holder.pid} on ${taken.holder.host}`;
  throw new UserError(`Cannot trade the session ${folder} as one process at a time may: ${who} is at it`);
}

/**
 * What a person asks of a session's guards, by the file GUARD; null where nobody asks. A file that says something
 * else, or cannot be read, asks for a halt: whoever touched it wanted something.
 */
export function guardWord({ guard }: SessionPlaces): GuardState | null {
  let text: string;
  try {
    text = Deno.readTextFileSync(guard);
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? null : "halted";
  }
  return GUARD_STATES.find((one) => one === text.trim()) ?? "halted";
}

/** The same as the session hears it. */
export function askedOf(places: SessionPlaces): GuardState | null {
  const state = guardWord(places);
  if (state === "active") Deno.removeSync(places.guard); // said once: limits that are met later count again
  return state;
}

/** Asks a session's guards for a state; the session hears it before its next order. */
export async function askGuard(places: SessionPlaces, state: GuardState): Promise<void> {
  await readSession(places);
  await writeFileAtomic(places.guard, `${state}\n`);
}
