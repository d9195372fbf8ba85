/**
 * Whole series from pages. All lists come newest first and their pages go back in time: candles and funding by an
 * end that moves down, snapshots by a cursor.
 */
import type * as z from "zod";
import { UserError } from "../../core/user_error.ts";
import type { BybitClient, Parameters } from "./client.ts";
import {
  accountRatioSchema,
  candlesSchema,
  fundingSchema,
  openInterestSchema,
  type Sample,
} from "./messages.ts";

/** Open times from..to-1, ms UTC. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A bar length under the names that the endpoints have for it. */
export interface Interval {
  readonly ms: number;
  /** Of candles. */
  readonly candle: string;
  /** Of open interest and account ratio. */
  readonly snapshot: string;
}

/** The series of candles there are of a perpetual, by the end of their paths. */
export const CANDLES = { last: "kline", mark: "mark-price-kline", index: "index-price-kline" } as const;
export type CandleKind = keyof typeof CANDLES;

/** Most rows of a page. */
const LIMITS = { candles: 1000, funding: 200, openInterest: 200, accountRatio: 500 } as const;

/** Candles that open in a span, ascending. */
export function candles(
  client: BybitClient,
  symbol: string,
  kind: CandleKind,
  { candle, ms }: Interval,
  span: Span,
): Promise<Sample[]> {
  const page = (end: number) =>
    client.get(`/v5/market/${CANDLES[kind]}`, {
      category: "linear",
      symbol,
      interval: candle,
      start: span.from,
      end,
      limit: Math.min(LIMITS.candles, Math.floor((end - span.from) / ms) + 1),
    }, candlesSchema);
  return downwards(span, page);
}

/** Funding settled in a span, ascending. A lone start is refused by the exchange, so both bounds are given. */
export function funding(client: BybitClient, symbol: string, span: Span): Promise<Sample[]> {
  return downwards(span, (endTime) =>
    client.get("/v5/market/funding/history", {
      category: "linear",
      symbol,
      startTime: span.from,
      endTime,
      limit: LIMITS.funding,
    }, fundingSchema));
}

/** The last rate settled at or before an instant; null where none was. */
export async function fundingAt(client: BybitClient, symbol: string, time: number): Promise<Sample | null> {
  const { list } = await client.get("/v5/market/funding/history", {
    category: "linear",
    symbol,
    endTime: time,
    limit: 1,
  }, fundingSchema);
  return list.find((sample) => sample.time <= time) ?? null;
}

/** Open interest at the opens of a span, ascending; instants that the exchange does not know are left out. */
export function openInterest(client: BybitClient, symbol: string, { snapshot }: Interval, span: Span) {
  const asked = { category: "linear", symbol, intervalTime: snapshot, limit: LIMITS.openInterest };
  return byCursor(client, "/v5/market/open-interest", asked, openInterestSchema, span);
}

/** Share of long accounts at the opens of a span, ascending; instants that the exchange does not know are left out. */
export function longRatio(client: BybitClient, symbol: string, { snapshot }: Interval, span: Span) {
  const asked = { category: "linear", symbol, period: snapshot, limit: LIMITS.accountRatio };
  return byCursor(client, "/v5/market/account-ratio", asked, accountRatioSchema, span);
}

/** Pages from the span's end down, until one reaches its beginning or is empty. */
async function downwards(
  span: Span,
  page: (end: number) => Promise<{ readonly list: readonly Sample[] }>,
): Promise<Sample[]> {
  const found = new Map<number, Sample>();
  for (let end = span.to - 1; end >= span.from;) {
    const oldest = take(found, (await page(end)).list, span);
    if (!(oldest <= end)) break;
    end = oldest - 1;
  }
  return ascending(found);
}

/** Pages by the cursor that each brings for the next. */
async function byCursor(
  client: BybitClient,
  path: string,
  asked: Parameters,
  schema: z.ZodType<{ readonly list: readonly Sample[]; readonly nextPageCursor: string }>,
  span: Span,
): Promise<Sample[]> {
  const found = new Map<number, Sample>();
  const seen = new Set<string>();
  for (let cursor = "";;) {
    const window = { ...asked, startTime: span.from, endTime: span.to - 1 };
    const page = await client.get(path, cursor === "" ? window : { ...window, cursor }, schema);
    const oldest = take(found, page.list, span);
    cursor = page.nextPageCursor;
    const last = cursor === "" || /^lastid(%3D|=)0(%26|&)lasttime(%3D|=)0$/.test(cursor);
    if (last || page.list.length === 0 || oldest <= span.from) return ascending(found);
    if (seen.has(cursor)) {
      throw new UserError(
        `Cannot fetch ${path} of ${asked.symbol} as its pages must move on: a cursor came twice`,
      );
    }
    seen.add(cursor);
  }
}

/** Keeps the samples of a span. @returns The oldest time of the page, Infinity if it is empty. */
function take(found: Map<number, Sample>, list: readonly Sample[], { from, to }: Span): number {
  let oldest = Infinity;
  for (const sample of list) {
    if (sample.time >= from && sample.time < to) found.set(sample.time, sample);
    oldest = Math.min(oldest, sample.time);
  }
  return oldest;
}

function ascending(found: ReadonlyMap<number, Sample>): Sample[] {
  return [...found.values()].sort((a, b) => a.time - b.time);
}
