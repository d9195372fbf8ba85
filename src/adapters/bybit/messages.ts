/**
 * Bybit's public market messages, as far as they are read. Numbers are strings; unknown fields are passed over, for
 * the exchange adds some now and then.
 *
 * @see https://bybit-exchange.github.io/docs/v5/market/kline and its neighbours
 */
import * as z from "zod";

/** What every reply is wrapped in; a refusal has a code other than 0 and comes with HTTP 200. */
export const envelopeSchema = z.object({
  retCode: z.int(),
  retMsg: z.string(),
  result: z.unknown(),
});

/** A decimal, as the number nearest to it. */
const decimal = z.string().regex(/^-?\d+(\.\d+)?(e-?\d+)?$/i, "must be a decimal").transform(Number);

/** An instant, ms UTC. Some rows have been seen with seconds: ten digits. */
const instant = z.string().regex(/^\d{10,13}$/, "must be a time").transform((text) =>
  Number(text) < 1e12 ? 1000 * Number(text) : Number(text)
);

/** Candles: start, open, high, low, close and, of the last price only, volume (coins) and turnover (USDT). */
export const candlesSchema = z.object({
  list: z.array(
    z.tuple([instant, decimal, decimal, decimal, decimal], decimal).transform(([time, ...values]) => ({
      time,
      values,
    })),
  ),
});

/** Settled funding rates, a fraction of notional per settlement. */
export const fundingSchema = z.object({
  list: z.array(
    z.object({ fundingRate: decimal, fundingRateTimestamp: instant })
      .transform(({ fundingRate, fundingRateTimestamp }) => ({
        time: fundingRateTimestamp,
        values: [fundingRate],
      })),
  ),
});

const cursor = z.string().optional().transform((text) => text ?? "");

/** Open interest in coins, both sides summed, as it was at an instant. */
export const openInterestSchema = z.object({
  list: z.array(
    z.object({ openInterest: decimal, timestamp: instant })
      .transform(({ openInterest, timestamp }) => ({ time: timestamp, values: [openInterest] })),
  ),
  nextPageCursor: cursor,
});

/** Share of accounts that are long, in [0, 1], as it was at an instant. */
export const accountRatioSchema = z.object({
  list: z.array(
    z.object({ buyRatio: decimal, timestamp: instant })
      .transform(({ buyRatio, timestamp }) => ({ time: timestamp, values: [buyRatio] })),
  ),
  nextPageCursor: cursor,
});

/** The exchange's clock. */
export const timeSchema = z.object({ timeSecond: z.string().regex(/^\d{10}$/) });

/** One row of any list: an instant, ms UTC, and its numbers. */
export interface Sample {
  readonly time: number;
  readonly values: readonly number[];
}
