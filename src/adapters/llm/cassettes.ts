/** Cassettes: every call and what came of it, one small file each, found by the hash of the call. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Caller } from "../../llm/ask.ts";
import { callHash, type ChatCall, chatCallSchema } from "../../llm/chat_call.ts";
import { lasts } from "../../llm/failure.ts";
import type { ServedModel } from "../../llm/ladder.ts";
import { type RawReply, rawReplySchema } from "../../llm/raw_reply.ts";
import { readReply } from "../../llm/reading.ts";
import { strictJson } from "../../core/strict_json.ts";
import { UserError } from "../../core/user_error.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { fromHere } from "../files/from_here.ts";
import { checked, parsedJson } from "../files/json_file.ts";
import { atPath } from "../files/system_error.ts";
import { packIn } from "./cassette_pack.ts";

/**
 * `replay` reads cassettes and sends nothing; `record` sends what is missing and keeps it; `live` does without; `offline`
 * sends nothing either, and what no cassette holds is a question that was not asked, not an error.
 */
export const CASSETTE_MODES: readonly CassetteMode[] = ["replay", "record", "live", "offline"];

/** How cassettes are used. */
export type CassetteMode = "replay" | "record" | "live" | "offline";

/** @internal The shape stands in the schema. */
export const cassetteSchema = z.strictObject({
  version: z.literal(1),
  hash: z.string(),
  call: chatCallSchema,
  reply: rawReplySchema,
  attempts: z.int().min(0),
  latencyMs: z.number().min(0),
  /** What it cost when it was made, USD. */
  dollars: z.number().min(0),
});

/** A call and what came of it. */
export type Cassette = Readonly<z.output<typeof cassetteSchema>>;

/** Where the cassette of a hash lies in a folder of them. */
export function cassettePath(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), `${hash}.json`);
}

/** Says of a hash whether a folder has its cassette, as a file of its own or in its pack. */
export async function cassettesIn(folder: string): Promise<(hash: string) => boolean> {
  const pack = await packIn(folder);
  return (hash) => pack.has(hash) || existsSync(cassettePath(folder, hash));
}

/** How many calls to a model in a form a folder holds, first ones and repair turns alike. @param id As it is sent. */
export async function recordedInForm(folder: string, form: string, id: string): Promise<number> {
  const texts = [...(await packIn(folder)).values()];
  for (const entry of foldersOf(folder)) {
    for (const { name } of Deno.readDirSync(entry)) texts.push(await Deno.readTextFile(join(entry, name)));
  }
  return texts.filter((text) => {
    if (!text.includes(`"${form}"`)) return false; // most of a thousand cassettes are of another form
    const { call } = JSON.parse(text) as Pick<Cassette, "call">;
    return call.form?.name === form && call.body.model === id;
  }).length;
}

function foldersOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory && /^[0-9a-f]{2}$/.test(name) ? [join(folder, name)] : []
  );
}

/**
 * Reads a cassette, a file of its own or one of a pack; null where there is none.
 *
 * @throws {UserError} If it was changed: its call must have the hash that it is named by.
 */
export async function readCassette(folder: string, hash: string): Promise<Cassette | null> {
  const path = cassettePath(folder, hash);
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw atPath("read", path, error);
    const packed = (await packIn(folder)).get(hash);
    if (packed === undefined) return null;
    text = packed;
  }
  const cassette = checked(path, cassetteSchema, parsedJson(path, text));
  if (cassette.hash === hash && callHash(cassette.call) === hash) return cassette;
  throw new UserError(
    `Cannot read ${path} as its call must have the hash that it is named by: it was changed. Remove it and record it again.`,
  );
}

/** Writes a cassette, whole or not at all. */
export async function writeCassette(folder: string, cassette: Cassette): Promise<void> {
  await writeFileAtomic(cassettePath(folder, cassette.hash), `${strictJson(cassette)}\n`);
}

/**
 * Calls by way of cassettes. A recorded failure replays as that failure; recording again asks
 * again where another try may do better.
 *
 * @param provider Makes the calls that are sent; a replay does not even build it.
 */
export function withCassettes(mode: CassetteMode, folder: string, provider: () => Promise<Caller>): Caller {
  const underWay = new Map<string, ReturnType<Caller>>(); // two callers with one question share one call

  return async (call, served, role) => {
    if (mode === "live") return await (await provider())(call, served, role);
    const hash = callHash(call);
    const same = underWay.get(hash);
    if (same) return await same;
    const one = keptOrSent(hash, call, served, role);
    underWay.set(hash, one); // before anything is read: who asks meanwhile cannot miss both cassette and call
    try {
      return await one;
    } finally {
      underWay.delete(hash);
    }
  };

  async function keptOrSent(hash: string, ...asked: Parameters<Caller>): ReturnType<Caller> {
    const [call, served, role] = asked;
    const kept = await readCassette(folder, hash);
    if (kept && (mode !== "record" || isWorthKeeping(kept.reply))) {
      const { reply, attempts, latencyMs, dollars } = kept;
      return { reply, source: "cassette", attempts, latencyMs, dollars };
    }
    if (mode === "replay") throw missing(folder, hash, call, served, role);
    if (mode === "offline") return notAsked();
    const result = await (await provider())(...asked);
    const { reply, attempts, latencyMs, dollars } = result;
    const isLack = reply.kind === "unasked" && ["keyMissing", "priceUnknown"].includes(reply.reason); // nothing to replay
    if (!isLack) {
      await writeCassette(folder, { version: 1, hash, call, reply, attempts, latencyMs, dollars });
    }
    return result;
  }
}

/** What comes of a question that nobody recorded where nothing is sent. */
function notAsked(): Awaited<ReturnType<Caller>> {
  const reply = { kind: "unasked", reason: "notRecorded", text: "no cassette holds this call" } as const;
  return { reply, source: "cassette", attempts: 0, latencyMs: 0, dollars: 0 };
}

/** False for a failure that another day need not meet: recording asks again. */
function isWorthKeeping(reply: RawReply): boolean {
  const { verdict } = readReply(reply, null);
  return verdict.kind !== "failed" || lasts(verdict.failure);
}

function missing(folder: string, hash: string, call: ChatCall, served: ServedModel, role: string): UserError {
  const { name, provider: { key, baseUrl } } = served;
  const first = key === null ? `start the server at ${baseUrl}` : `set ${key} in the environment`;
  return new UserError(
    `Cannot replay a call of ${name} for ${role} as ${fromHere(cassettePath(folder, hash))} must be there: ` +
      `this call (form ${
        call.form?.name ?? "none"
      }, rung ${call.rung}, sample ${call.sample}) was never recorded, ` +
      `or its model, parameters, prompt or schema changed since. Record it: ${first}, ` +
      'then in a notebook cassettes: "record", on the command line deno task llm with --cassettes record.',
  );
}
