/** The bars of one coin over one span, from the six series that the exchange keeps of it. */
import { formatTime } from "../../core/time.ts";
import type { Coin } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import type { CoinBars } from "../../market/panel.ts";
import type { BybitClient } from "./client.ts";
import { gapsIn } from "./gaps.ts";
import type { Sample } from "./messages.ts";
import {
  type CandleKind,
  candles,
  funding,
  fundingAt,
  type Interval,
  longRatio,
  openInterest,
  type Span,
} from "./pages.ts";

/** Bars of a span, every one of them. */
export interface SpanBars {
  readonly openTime: Float64Array;
  /** Open interest and long ratio are NaN where the exchange does not know them. */
  readonly bars: CoinBars;
}

/** "BTCUSDT" */
export function symbolOf(coin: Coin): string {
  return `${coin}USDT`;
}

/**
 * Asks for all series of a coin and joins them by the time at which a bar opens: candles of the last, mark and index
 * price, which must have every bar; open interest and long ratio as they were at that instant; and the funding rate
 * that was last settled at or before it.
 *
 * @throws {UserError} If candles are missing even when asked for again, or nothing was settled before the first bar.
 */
export async function fetchSpan(
  client: BybitClient,
  coin: Coin,
  interval: Interval,
  span: Span,
): Promise<SpanBars> {
  const symbol = symbolOf(coin);
  const last = await wholeCandles(client, coin, "last", interval, span);
  const mark = await wholeCandles(client, coin, "mark", interval, span);
  const index = await wholeCandles(client, coin, "index", interval, span);
  const interest = await openInterest(client, symbol, interval, span);
  const ratio = await longRatio(client, symbol, interval, span);
  const rates = await ratesIn(client, coin, span);
  const openTime = Float64Array.from(last, ({ time }) => time);
  const cells = (samples: readonly Sample[], at: number) =>
    Float64Array.from(samples, ({ values }) => values[at]!);
  return {
    openTime,
    bars: {
      coin,
      open: cells(last, 0),
      high: cells(last, 1),
      low: cells(last, 2),
      close: cells(last, 3),
      volume: cells(last, 4),
      turnover: cells(last, 5),
      openInterest: snapshots(interest, openTime),
      longRatio: snapshots(ratio, openTime),
      fundingRate: inForce(rates, openTime),
      markOpen: cells(mark, 0),
      markHigh: cells(mark, 1),
      markLow: cells(mark, 2),
      markClose: cells(mark, 3),
      indexOpen: cells(index, 0),
      indexHigh: cells(index, 1),
      indexLow: cells(index, 2),
      indexClose: cells(index, 3),
    },
  };
}

/** Candles of a span without a gap; what a page left out is asked for once more. */
async function wholeCandles(
  client: BybitClient,
  coin: Coin,
  kind: CandleKind,
  interval: Interval,
  span: Span,
): Promise<Sample[]> {
  const found = await candles(client, symbolOf(coin), kind, interval, span);
  const times = new Set(found.map(({ time }) => time));
  for (const gap of gapsIn(span, interval.ms, (time) => times.has(time))) {
    for (const late of await candles(client, symbolOf(coin), kind, interval, gap)) {
      if (times.has(late.time)) continue;
      times.add(late.time);
      found.push(late);
    }
  }
  const [gap] = gapsIn(span, interval.ms, (time) => times.has(time));
  if (gap) throw missingBars(coin, kind, interval, span, gap);
  return found.filter(({ time }) => (time - span.from) % interval.ms === 0).sort((a, b) => a.time - b.time);
}

function missingBars(coin: Coin, kind: CandleKind, { ms }: Interval, span: Span, gap: Span): UserError {
  const what = `Cannot fetch the bars of ${coin} as no bar may be missing`;
  const price = `${kind} price`;
  if (gap.from === span.from && gap.to < span.to) {
    return new UserError(
      `${what}: the exchange has its ${price} from ${formatTime(gap.to)} UTC on. ` +
        `Give --from ${formatTime(gap.to).slice(0, 10)} or later, or leave ${coin} out (--coins).`,
    );
  }
  return new UserError(
    `${what}: the exchange has no ${price} of ${(gap.to - gap.from) / ms} bars, ${formatTime(gap.from)} to ${
      formatTime(gap.to - ms)
    } UTC, asked twice. Take bars before or after them (--from, --to), or leave ${coin} out (--coins); ` +
      "what was fetched before is kept.",
  );
}

/** Every rate that is in force in a span: the last settled by its beginning, and those settled in it. */
async function ratesIn(client: BybitClient, coin: Coin, span: Span): Promise<Sample[]> {
  const first = await fundingAt(client, symbolOf(coin), span.from);
  const later = await funding(client, symbolOf(coin), { from: span.from + 1, to: span.to });
  if (first) return [first, ...later];
  const since = later[0] ? ` before ${formatTime(later[0].time)} UTC` : "";
  throw new UserError(
    `Cannot fetch the bars of ${coin} as a funding rate must have been settled by their first, ${
      formatTime(span.from)
    } UTC: the exchange knows none${since}. Give a later --from, or leave ${coin} out (--coins).`,
  );
}

/** What a snapshot was at each open; NaN where there is none, or 0, the exchange's mark for "unknown". */
function snapshots(samples: readonly Sample[], openTime: Float64Array): Float64Array {
  const byTime = new Map(samples.map(({ time, values }) => [time, values[0]!]));
  return openTime.map((time) => byTime.get(time) || NaN);
}

/** The rate last settled at or before each open; `rates` ascend and the first is no later than the first open. */
function inForce(rates: readonly Sample[], openTime: Float64Array): Float64Array {
  let at = 0;
  return openTime.map((time) => {
    while (at + 1 < rates.length && rates[at + 1]!.time <= time) at++;
    return rates[at]!.values[0]!;
  });
}
