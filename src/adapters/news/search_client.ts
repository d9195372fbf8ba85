/** Asks one provider of news, page by page: no faster than it allows, patiently, its key where it belongs. */
import { type Failure, failureIn } from "../../llm/failure.ts";
import { retryAdvice } from "../../llm/retry.ts";
import type { NewsSource, PageReading, SearchQuery } from "../../news/providers/source.ts";
import type { RawArticle } from "../../news/article.ts";
import { UserError } from "../../core/user_error.ts";
import type { Clock } from "../llm/gate.ts";
import { NEVER_REACHED, reasonOf, textOf } from "../llm/transport.ts";
import { type Environment, keyIn, redacted } from "../llm/secrets.ts";
import type { NewsProvider } from "./news_settings.ts";

/** What a client needs of the world. */
export interface SearchPorts extends Clock {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Uniform in [0, 1), for the jitter of waits. */
  readonly chance: () => number;
  /** Where the keys are. */
  readonly environment: Environment;
  /** Told before every wait for another try: why, and for how long, ms. */
  readonly onWait: (why: string, ms: number) => void;
}

/** What came of one query. Items that came before a failure are kept. */
export interface SearchOutcome {
  readonly raws: readonly RawArticle[];
  readonly pages: number;
  /** Requests sent, tries included. */
  readonly requests: number;
  /** Why it ended early; null if it did not. */
  readonly failure: Failure | null;
  /** True where there was more than the pages that one query may take. */
  readonly cut: boolean;
}

/** A provider as a function. */
export type SearchClient = (query: SearchQuery) => Promise<SearchOutcome>;

/** @throws {UserError} On a call, if the command has no leave to reach the provider. */
export function searchClient(source: NewsSource, provider: NewsProvider, ports: SearchPorts): SearchClient {
  let notBefore = 0;
  const key = provider.key === null ? null : keyIn(ports.environment, provider.key);
  const missing: Failure = {
    kind: "keyMissing",
    text: `the variable ${provider.key} is not set, or not for this task: set it and start deno task news`,
    retryAfterMs: null,
  };

  async function once(query: SearchQuery, cursor: string | null): Promise<PageReading> {
    const { url, body } = source.request(query, cursor, provider);
    const early = notBefore - ports.now();
    if (early > 0) await ports.sleep(early);
    notBefore = ports.now() + provider.gapSeconds * 1000;
    const reply = await send(
      keyed(url, source, key),
      body,
      source.keyIn === "header" ? key : null,
      provider,
      ports,
    );
    if (reply.kind !== "body") return { kind: "failed", failure: failureIn(reply)! };
    return source.read({ ...reply, now: ports.now() }, query, cursor, provider);
  }

  async function page(query: SearchQuery, cursor: string | null) {
    for (let attempt = 1;; attempt++) {
      const reading = await once(query, cursor);
      if (reading.kind === "items") return { reading, requests: attempt };
      const failure = { ...reading.failure, text: redacted(reading.failure.text, key === null ? [] : [key]) };
      const advice = retryAdvice(failure, attempt, ports.chance());
      if (advice.kind === "stop") return { reading: { ...reading, failure }, requests: attempt };
      ports.onWait(`${source.name}: ${failure.text}`, advice.ms);
      notBefore = Math.max(notBefore, ports.now() + advice.ms);
    }
  }

  return async (query) => {
    if (provider.key !== null && key === null) {
      return { raws: [], pages: 0, requests: 0, failure: missing, cut: false };
    }
    const raws: RawArticle[] = [];
    let cursor: string | null = null, requests = 0;
    for (let pages = 0; pages < provider.pages; pages++) {
      const { reading, requests: sent }: Awaited<ReturnType<typeof page>> = await page(query, cursor);
      requests += sent;
      if (reading.kind === "failed") return { raws, pages, requests, failure: reading.failure, cut: false };
      raws.push(...reading.raws);
      cursor = reading.next;
      if (cursor === null) return { raws, pages: pages + 1, requests, failure: null, cut: false };
    }
    return { raws, pages: provider.pages, requests, failure: null, cut: true };
  };
}

function keyed(url: string, { keyIn: place }: NewsSource, key: string | null): string {
  return place === "query" && key !== null ? `${url}&api_key=${encodeURIComponent(key)}` : url;
}

type Sent =
  | { readonly kind: "body"; readonly text: string; readonly contentType: string }
  | {
    readonly kind: "status";
    readonly status: number;
    readonly text: string;
    readonly retryAfterMs: number | null;
  }
  | {
    readonly kind: "cut";
    readonly reason: "timeout" | "connection" | "unreachable";
    readonly text: string;
  };

async function send(
  url: string,
  body: string | null,
  bearer: string | null,
  { timeoutSeconds }: NewsProvider,
  ports: SearchPorts,
): Promise<Sent> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== null) headers["content-type"] = "application/json";
  if (bearer !== null) headers.authorization = `Bearer ${bearer}`;
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const response = await ports.fetch(url, {
      method: body === null ? "GET" : "POST",
      headers,
      body,
      signal,
      redirect: "error", // a key goes nowhere else
    });
    const text = await textOf(response);
    if (!response.ok) {
      return {
        kind: "status",
        status: response.status,
        text,
        retryAfterMs: retryAfter(response.headers, ports.now()),
      };
    }
    return { kind: "body", text, contentType: response.headers.get("content-type") ?? "" };
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw notAllowed(new URL(url).host);
    if (signal.aborted) {
      return { kind: "cut", reason: "timeout", text: `no whole reply within ${timeoutSeconds} s` };
    }
    const reason = withoutAddress(reasonOf(error)), never = NEVER_REACHED.test(reason);
    return {
      kind: "cut",
      reason: never ? "unreachable" : "connection",
      text: never ? `nobody is there (${reason})` : `the connection failed (${reason})`,
    };
  }
}

/** An address in an error may hold the key. */
function withoutAddress(text: string): string {
  return text.replace(/ ?(for url )?\(?https?:\/\/\S*/g, "").replace(/\s+/g, " ").slice(0, 200);
}

/** Seconds, or a date; null if nothing that can be understood. */
function retryAfter(headers: Headers, now: number): number | null {
  const text = headers.get("retry-after");
  if (text === null) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return 1000 * Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function notAllowed(host: string): UserError {
  return new UserError(
    `Cannot reach ${host} as this command has no leave to: start it as deno task news, whose hosts are ` +
      "permissions.news.net in deno.json, and add the host there if it is a new one.",
  );
}
