/** What is stored of an account beside the metrics that the field has too. docs/METRICS.md has every formula. */
import * as z from "zod";
import type { Immutable } from "../../core/immutable.ts";

const share = z.number().min(0).max(1);
const bars = z.number().min(0);

/** A tail of bar returns; positive is a loss. */
const tailSchema = z.strictObject({ valueAtRisk: z.number(), expectedShortfall: z.number() });

/** Round trips of an account: a coin's position from flat to flat. Returns are net of fees and funding, over the notional entered. */
const roundTripsSchema = z.strictObject({
  closed: z.int().min(0).describe("Round trips that ended within the reported rows"),
  open: z.int().min(0).describe("Positions that are held at the end"),
  longs: z.int().min(0).describe("Closed ones that were long"),
  winRate: share.nullable().describe("Share of closed ones with a net profit"),
  meanReturn: z.number().nullable(),
  meanWin: z.number().nullable().describe("Mean return of those with a net profit"),
  meanLoss: z.number().nullable().describe("Mean return of those with a net loss, negative"),
  holding: bars.nullable().describe("Mean bars from the first fill to the last"),
});
export type RoundTripMetrics = Immutable<z.output<typeof roundTripsSchema>>;

/** Every further metric of an account over the reported rows; null where one does not exist. Fractions, not percent. */
export const accountMetricsSchema = z.strictObject({
  growth: z.number().describe("Compound annual growth rate (CAGR)"),
  loSharpe: z.number().nullable().describe(
    "Annual Sharpe ratio allowing for autocorrelation within a day (Lo 2002, q = 6)",
  ),
  autocorrelation: z.number().nullable().describe("Of bar returns at lag 1"),
  sortino: z.number().nullable().describe("Annual Sortino ratio, target 0"),
  calmar: z.number().nullable().describe("Arithmetic annual mean return over the maximum drawdown"),
  growthCalmar: z.number().nullable().describe("CAGR over the maximum drawdown"),
  ulcer: z.number().min(0).describe("Root mean square of the drawdowns, the start among them"),
  drawdown: z.strictObject({
    longest: bars.describe("Longest stretch of bars below an earlier high"),
    current: bars.describe("Bars since the last high"),
    share: share.describe("Share of bars below an earlier high"),
  }),
  tails: z.strictObject({
    historical5: tailSchema.describe("Worst 5 % of bars"),
    historical1: tailSchema.describe("Worst 1 % of bars"),
    interpolated5: z.number().describe("Value at risk as the interpolated 5 % quantile (type 7)"),
    normal5: tailSchema.describe("If returns were normal"),
    cornishFisher5: tailSchema.describe("The normal one moved for skewness and kurtosis"),
  }),
  tailRatio: z.number().nullable().describe("95 % quantile of returns over the size of the 5 % quantile"),
  skew: z.number().nullable(),
  kurtosis: z.number().nullable().describe("Not in excess of 3"),
  profitFactor: z.number().nullable().describe("Sum of gaining bars over the size of the sum of losing ones"),
  timeInMarket: share.describe("Share of bars that closed with a position"),
  maxExposure: z.number().min(0).describe("Largest gross notional over equity at a close"),
  tradedPerBar: z.number().min(0).describe("Mean of traded notional over the equity before the bar"),
  months: z.array(z.strictObject({
    year: z.int(),
    month: z.int().min(1).max(12),
    value: z.number(),
    bars: z.int().min(1),
  })).describe("Compounded net return of each calendar month, UTC"),
  coinProfit: z.record(z.string(), z.number()).nullable()
    .describe("Net profit by coin, share of starting equity; null for a mean over accounts"),
  roundTrips: roundTripsSchema.nullable().describe("Null for a mean over accounts"),
});
/**
 * Metrics of one account beside its ratios; docs/METRICS.md has each.
 *
 * @internal
 */
export type AccountMetrics = Immutable<z.output<typeof accountMetricsSchema>>;
