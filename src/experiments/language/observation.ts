/** What every trader may know of one coin at the close of row t: the same numbers for a model and for rules. */
import * as z from "zod";
import { SIGNAL_NAMES } from "../../features/signals/signals.ts";

const number = z.number();
const perhaps = number.nullable();

const forecastSchema = z.strictObject({
  bars: z.int().min(1),
  mean: number.describe("Expected return"),
  sd: number.describe("Standard deviation of the return"),
  pUp: number.describe("Probability of a positive return"),
  quantiles: z.record(z.string(), number).describe("Quantiles of the return by level"),
});

/**
 * An observation. Returns, means, sds, rates and costs are fractions. It knows no account and no position, so that
 * one answer serves all pipelines.
 *
 * @internal The shape stands in the schema.
 */
export const observationSchema = z.strictObject({
  version: z.literal(1),
  asset: z.string().describe("The coin's symbol, or a name that does not tell it"),
  closedAt: z.string().nullable().describe("When the last bar closed; null where dates are masked"),
  barHours: number,
  roundTripCost: number.describe("Fees and slippage of entry and exit"),
  prices: z.strictObject({
    closes: z.array(number).describe("Oldest first, rebased so that the last is 100"),
    high: number.describe("Highest price of those bars, rebased alike"),
    low: number.describe("Lowest price of those bars, rebased alike"),
    returns: z.record(z.string(), number).describe("Return over so many bars up to now"),
  }),
  research: z.strictObject({
    trend: number.describe("Direction and strength of the move under way, -1 to 1"),
    sdPerBar: number.describe("Standard deviation of one bar's return"),
    regimes: z.strictObject({ bull: number, bear: number, side: number }),
    forecasts: z.array(forecastSchema),
  }),
  derivatives: z.strictObject({
    fundingRate: perhaps.describe("Last settled rate; longs pay where it is positive"),
    fundingMean: perhaps.describe("Mean over the bars shown"),
    openInterestChange: perhaps.describe("Over the last day"),
    longRatio: perhaps.describe("Share of accounts that are long"),
  }),
  market: z.strictObject(Object.fromEntries(SIGNAL_NAMES.map((name) => [name, number])))
    .describe("Cross-asset signals as z-scores, -4 to 4; 0 where one is absent"),
  news: z.string().max(6000).optional().describe("Digest of news known by then; untrusted text"),
});

/**
 * What is known of one coin at one row.
 *
 * @internal
 */
export type Observation = Readonly<z.output<typeof observationSchema>>;
