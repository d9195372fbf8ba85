/** Bybit's V5 interface: signed requests, one clock, and every failure as what it means. */
import * as z from "zod";
import { printable } from "../../../core/printable.ts";
import { UserError } from "../../../core/user_error.ts";
import { ExchangeFault } from "../../../live/exchange.ts";
import { envelopeSchema } from "../../bybit/messages.ts";
import { redacted } from "../../llm/secrets.ts";
import { requireTradingHost } from "./hosts.ts";
import type { BybitKeys } from "./keys.ts";
import { type Meaning, meaningOf, meaningOfStatus } from "./refusals.ts";
import { signerOf } from "./signature.ts";

/** What a client needs of the world. */
export interface WirePorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** ms UTC by this machine's clock. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** ms after which a request counts as not answered; 10 s unless given. */
  readonly patience?: number;
}

/** An answer: a result, or a refusal for good. */
export type Reply =
  | { readonly done: true; readonly result: unknown }
  | { readonly done: false; readonly code: number; readonly text: string };

/** Values of a query or a body. */
export type Fields = Readonly<Record<string, string | number | boolean>>;

/** One account's interface. Any call may throw an `ExchangeFault`; a key that is wrong is a `UserError`. */
export interface SignedClient {
  /** ms by which a request may be late at the exchange. */
  readonly window: number;
  /** ms UTC by the exchange's clock, as it was last asked for. */
  now(): number;
  /** Asks for the exchange's clock and keeps the difference. @returns ms UTC by it. */
  sync(): Promise<number>;
  /** Values go out encoded, but for a cursor, which comes encoded. */
  get(path: string, query: Fields): Promise<Reply>;
  post(path: string, body: Fields): Promise<Reply>;
}

/** Bybit's own default. */
const WINDOW = 5000;
/** ms that a request waits for a rate limit to end before it is given up unsent. */
const LONGEST_WAIT = 2000;
/** ms for which an address that asked too often is kept out. */
const SHUT_OUT = 605_000;

/** Paths that need no key, and get none. */
const PUBLIC = "/v5/market/";

const timeSchema = z.object({ timeNano: z.string().regex(/^\d{19}$/) });

/** @throws {UserError} If the address is none of play money. */
export function signedClient(address: string, keys: BybitKeys, ports: WirePorts): SignedClient {
  const host = requireTradingHost(address), sign = signerOf(keys);
  const clean = (text: string) => printable(redacted(text, [keys.key, keys.secret]), 200);
  let offset = 0, notBefore = 0, limit = 0;
  /** Nothing is sent until then, ms UTC by the exchange's clock. */
  const closeUntil = (time: number) => {
    notBefore = time;
    limit = time - (ports.now() + offset);
  };

  const failure = (meaning: Meaning, what: string): Error => {
    if (meaning === "clock") return new ExchangeFault("clock", what);
    if (meaning === "busy") return new ExchangeFault("busy", what);
    if (meaning === "unknown") return new ExchangeFault("timeout", what);
    return new UserError(`Cannot go on at ${host} as it must accept this key and request: ${what}`);
  };
  const ready = async () => {
    const now = ports.now() + offset;
    if (notBefore - now > limit) notBefore = now + limit; // our clock went back: no limit is longer than it was
    const early = notBefore - now;
    if (early > LONGEST_WAIT) {
      throw new ExchangeFault("busy", `the rate limit ends in ${Math.ceil(early / 1000)} s`);
    }
    if (early > 0) await ports.sleep(early);
  };
  const signedHeaders = async (payload: string, isBody: boolean): Promise<Record<string, string>> => {
    const timestamp = Math.floor(ports.now() + offset);
    return {
      "X-BAPI-API-KEY": keys.key,
      "X-BAPI-TIMESTAMP": String(timestamp),
      "X-BAPI-RECV-WINDOW": String(WINDOW),
      "X-BAPI-SIGN": await sign(timestamp, WINDOW, payload),
      ...(isBody ? { "Content-Type": "application/json" } : {}),
    };
  };
  const call = async (path: string, query: string, body: string | null): Promise<Reply> => {
    await ready();
    const headers = path.startsWith(PUBLIC) ? {} : await signedHeaders(body ?? query, body !== null);
    const url = `${host}${path}${query === "" ? "" : `?${query}`}`;
    let response: Response, text: string;
    try {
      response = await ports.fetch(url, {
        method: body === null ? "GET" : "POST",
        headers,
        body,
        signal: AbortSignal.timeout(ports.patience ?? 10_000),
        redirect: "error",
      });
      text = await response.text();
    } catch (error) {
      throw unanswered(error, host);
    }
    const reset = Number(response.headers.get("x-bapi-limit-reset-timestamp") ?? NaN);
    if (response.status !== 200) {
      const meaning = meaningOfStatus(response.status, text);
      if (meaning === "busy") {
        closeUntil(response.status === 403 ? ports.now() + offset + SHUT_OUT : soon(reset));
      }
      throw failure(meaning, `HTTP ${response.status} ${clean(text.slice(0, 200))}`);
    }
    const envelope = envelopeSchema.safeParse(jsonOf(text));
    if (!envelope.success) throw failure("unknown", `the reply to ${path} is not what Bybit documents`);
    const { retCode, retMsg, result } = envelope.data;
    if (retCode === 0) {
      if (response.headers.get("x-bapi-limit-status") === "0") closeUntil(soon(reset));
      return { done: true, result };
    }
    const meaning = meaningOf(retCode);
    if (meaning === "refused") return { done: false, code: retCode, text: clean(retMsg) };
    if (meaning === "busy") closeUntil(soon(reset));
    throw failure(meaning, `${retCode} ${clean(retMsg)}`);
  };
  /** When the exchange says that a limit ends; a second from now where it does not. */
  const soon = (reset: number) => Number.isFinite(reset) ? reset : ports.now() + offset + 1000;

  return {
    window: WINDOW,
    now: () => ports.now() + offset,
    sync: async () => {
      const before = ports.now();
      const reply = await call("/v5/market/time", "", null);
      const after = ports.now();
      const { timeNano } = readReply(reply, timeSchema, "/v5/market/time");
      const time = Number(timeNano.slice(0, 13));
      offset = time - (before + after) / 2;
      return time;
    },
    get: (path, query) =>
      call(
        path,
        Object.entries(query).map(([name, value]) =>
          `${name}=${name === "cursor" ? value : encodeURIComponent(value)}`
        ).join("&"),
        null,
      ),
    post: (path, body) => call(path, "", JSON.stringify(body)),
  };
}

/** Reads a result. @throws {ExchangeFault} If it is refused or another shape: what came of the call is not known. */
export function readReply<Schema extends z.ZodType>(
  reply: Reply,
  schema: Schema,
  path: string,
): z.output<Schema> {
  if (!reply.done) throw new ExchangeFault("timeout", `${path} is refused: ${reply.code} ${reply.text}`);
  const parsed = schema.safeParse(reply.result);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ExchangeFault("timeout", `${path}: ${z.core.toDotPath(issue!.path)} ${issue!.message}`);
}

/** A request that brought no reply: not sent for sure only where no connection came about. */
function unanswered(error: unknown, host: string): Error {
  if (error instanceof Deno.errors.NotCapable) {
    return new UserError(
      `Cannot reach ${host} as this command has no leave to: start it as deno task paper-bybit`,
    );
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  const unsent = /refused|dns error|unreachable/i.test(cause);
  return new ExchangeFault(unsent ? "unreachable" : "timeout", unsent ? "no connection" : "no answer");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a page of a gateway, or cut: the schema refuses it
  }
}
