/**
 * Bybit's public market endpoints on loopback, as documented: newest first, both bounds inclusive, pages that go
 * back in time, cursors that come encoded, the running candle included, business errors with HTTP 200.
 */
import { BAR_MS } from "popagent/core/universe.ts";

/** What the exchange knows of one coin at a bar's open; deterministic. */
export interface TrueBar {
  readonly last: readonly string[];
  readonly mark: readonly string[];
  readonly index: readonly string[];
  readonly openInterest: string;
  readonly longRatio: string;
}

/** A number in [0, 1) of a coin, a time and a name; the same whenever it is asked for. */
function noise(...parts: readonly (string | number)[]): number {
  let hash = 2166136261;
  for (const character of parts.join("|")) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

const levelAt = (symbol: string, what: string, time: number) =>
  (symbol === "BTCUSDT" ? 60000 : 150) * (1 + 0.1 * Math.sin(time / 4e9) + 0.01 * noise(symbol, what, time));

function candleOf(symbol: string, what: string, time: number): string[] {
  const open = levelAt(symbol, what, time), close = levelAt(symbol, what, time + BAR_MS);
  const high = Math.max(open, close) * (1 + 0.01 * noise(symbol, what, "h", time));
  const low = Math.min(open, close) * (1 - 0.01 * noise(symbol, what, "l", time));
  return [open, high, low, close].map((price) => price.toFixed(2));
}

/** What the exchange knows of a bar. */
export function trueBar(symbol: string, time: number): TrueBar {
  const last = candleOf(symbol, "last", time);
  const volume = (1000 + 5000 * noise(symbol, "v", time)).toFixed(3);
  const turnover = (Number(volume) * (Number(last[1]) + Number(last[2])) / 2).toFixed(4);
  return {
    last: [...last, volume, turnover],
    mark: candleOf(symbol, "mark", time),
    index: candleOf(symbol, "index", time),
    openInterest: (50000 + 9000 * noise(symbol, "oi", time)).toFixed(8),
    longRatio: (0.4 + 0.3 * noise(symbol, "lr", time)).toFixed(4),
  };
}

/** The rate settled at an instant, every eight hours. */
export function trueFunding(symbol: string, time: number): string {
  return ((noise(symbol, "fr", time) - 0.4) / 1000).toFixed(8);
}

/** One request as the server saw it. */
export interface Seen {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly text: string;
}

/** What goes wrong with a request, instead of the answer; null lets it pass. */
export type Fault = (seen: Seen, answer: unknown) => Response | null;

/** How the exchange is set up. */
export interface ExchangeOptions {
  /** Its clock, ms UTC. */
  readonly now: number;
  /** First bar that it knows of every coin, ms UTC. */
  readonly listed: number;
  /** Asked before every answer, in turn. */
  readonly fault?: Fault;
  /** Bars of which a series lacks its row, by the end of the endpoint's path. */
  readonly lacks?: (path: string, time: number) => boolean;
}

/** A running exchange. */
export interface Exchange extends AsyncDisposable {
  readonly url: string;
  /** Every request so far. */
  readonly seen: Seen[];
  /** Requests that were answered in full. */
  readonly answered: string[];
}

const FUNDING_MS = 8 * 3_600_000;
const envelope = (result: unknown, now: number) => ({
  retCode: 0,
  retMsg: "OK",
  result,
  retExtInfo: {},
  time: now,
});
const refusal = (retCode: number, retMsg: string, now: number) => ({ ...envelope({}, now), retCode, retMsg });

/** Starts an exchange on loopback. */
export function startExchange(options: ExchangeOptions): Exchange {
  const seen: Seen[] = [], answered: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const url = new URL(request.url);
    const one = { path: url.pathname, query: url.searchParams, text: url.pathname + url.search };
    seen.push(one);
    const answer = answerOf(one, options);
    const faulty = options.fault?.(one, answer);
    if (faulty) return faulty;
    answered.push(one.text);
    return Response.json(answer);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    seen,
    answered,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** A reply that begins well and is cut inside its body. */
export function cutReply(answer: unknown): Response {
  const text = JSON.stringify(answer);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2)));
      setTimeout(() => controller.error(new Error("the wire was cut")), 5);
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

/** The reply to a request too many, with the time at which the next may come. */
export function tooMany(now: number): Response {
  return Response.json(refusal(10006, "Too many visits!", now), {
    headers: {
      "X-Bapi-Limit": "10",
      "X-Bapi-Limit-Status": "0",
      "X-Bapi-Limit-Reset-Timestamp": `${now + 250}`,
    },
  });
}

function answerOf({ path, query }: Seen, options: ExchangeOptions): unknown {
  const { now } = options;
  const name = path.replace("/v5/market/", "");
  if (name === "time") {
    return envelope({ timeSecond: `${Math.floor(now / 1000)}`, timeNano: `${now}000000` }, now);
  }
  const symbol = query.get("symbol") ?? "";
  if (query.get("category") !== "linear") return refusal(10001, "Illegal category", now);
  if (!["BTCUSDT", "ETHUSDT", "SOLUSDT", "DOGEUSDT", "XRPUSDT"].includes(symbol)) {
    return refusal(10001, "params error: symbol invalid", now);
  }
  if (name.endsWith("kline")) {
    return envelope({ symbol, category: "linear", list: klines(name, query, options) }, now);
  }
  if (name === "funding/history") return fundingOf(query, options);
  return snapshotsOf(name, query, options);
}

function number(query: URLSearchParams, name: string, fallback: number): number {
  return query.has(name) ? Number(query.get(name)) : fallback;
}

/** Candles in a window, newest first; one that contains an unaligned start is in it, and so is the running one. */
function klines(name: string, query: URLSearchParams, { now, listed, lacks }: ExchangeOptions): string[][] {
  if (query.get("interval") !== "240") {
    throw new Error(`the fake has 4 h bars only, not ${query.get("interval")}`);
  }
  const limit = Math.min(1000, number(query, "limit", 200));
  const start = Math.max(listed, Math.floor(number(query, "start", 0) / BAR_MS) * BAR_MS);
  const series =
    ({ "kline": "last", "mark-price-kline": "mark", "index-price-kline": "index" } as const)[name]!;
  const rows: string[][] = [];
  const symbol = query.get("symbol")!;
  let time = Math.floor(Math.min(now, number(query, "end", now)) / BAR_MS) * BAR_MS;
  for (; time >= start && rows.length < limit; time -= BAR_MS) {
    if (lacks?.(name, time)) continue;
    rows.push([`${time}`, ...trueBar(symbol, time)[series as "last"]]);
  }
  return rows;
}

/** Rates in a window, newest first; a start alone is refused. */
function fundingOf(query: URLSearchParams, { now, listed }: ExchangeOptions): unknown {
  if (query.has("startTime") && !query.has("endTime")) {
    return refusal(10001, "params error: endTime is required with startTime", now);
  }
  const limit = Math.min(200, number(query, "limit", 200));
  const start = Math.max(listed, number(query, "startTime", 0)), symbol = query.get("symbol")!;
  const list: unknown[] = [];
  let time = Math.floor(Math.min(now, number(query, "endTime", now)) / FUNDING_MS) * FUNDING_MS;
  for (; time >= start && list.length < limit; time -= FUNDING_MS) {
    list.push({ symbol, fundingRate: trueFunding(symbol, time), fundingRateTimestamp: `${time}` });
  }
  return envelope({ category: "linear", list }, now);
}

/** Snapshots in a window, newest first; the next page starts where an opaque cursor says. */
function snapshotsOf(name: string, query: URLSearchParams, { now, listed, lacks }: ExchangeOptions): unknown {
  const interest = name === "open-interest";
  if (query.get(interest ? "intervalTime" : "period") !== "4h") {
    return refusal(10001, "interval invalid", now);
  }
  const limit = Math.min(interest ? 200 : 500, number(query, "limit", 50));
  const symbol = query.get("symbol")!, start = Math.max(listed, number(query, "startTime", 0));
  const cursor = query.get("cursor"); // searchParams decode once: what was sent twice encoded would show here
  let time = Math.floor(Math.min(now, number(query, "endTime", now)) / BAR_MS) * BAR_MS;
  if (cursor !== null) {
    const at = /^lastid=\d+&lasttime=(\d+)$/.exec(cursor)?.[1];
    if (at === undefined) return refusal(10001, `params error: cursor ${cursor}`, now);
    time = 1000 * Number(at) - BAR_MS;
  }
  const list: Record<string, string>[] = [];
  for (; time >= start && list.length < limit; time -= BAR_MS) {
    if (lacks?.(name, time)) continue;
    const { openInterest, longRatio } = trueBar(symbol, time);
    const oldest = list.length === limit - 1; // the oldest row of a full page carries seconds, as has been seen
    list.push(
      interest
        ? {
          openInterest,
          singleOpenInterest: (Number(openInterest) / 2).toFixed(4),
          timestamp: oldest ? `${time / 1000}` : `${time}`,
        }
        : {
          symbol,
          buyRatio: longRatio,
          sellRatio: (1 - Number(longRatio)).toFixed(4),
          timestamp: `${time}`,
        },
    );
  }
  const more = time >= start;
  const last = (time + BAR_MS) / 1000;
  const ended = interest ? "" : "lastid%3D0%26lasttime%3D0";
  return envelope({
    symbol,
    category: "linear",
    list,
    nextPageCursor: more ? `lastid%3D194%26lasttime%3D${last}` : ended,
  }, now);
}
