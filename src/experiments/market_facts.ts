import { BARS_PER_DAY, BARS_PER_YEAR, isFundingTime } from "../core/universe.ts";
import type { CoinBars, Panel } from "../market/panel.ts";
import { correlation as correlationOf } from "../stats/correlation.ts";
import { autocorrelations } from "../stats/autocorrelation.ts";
import { mean, standardDeviation } from "../stats/moments.ts";

/** A stylised fact of a market: a number for each coin, NaN where it has none. */
export interface MarketFact {
  readonly name: string;
  readonly values: readonly number[];
}

/** Bars of a month, over which correlations are taken to see how much they vary. */
const MONTH = 30 * BARS_PER_DAY;
const WEEK = 7 * BARS_PER_DAY;
/** Share of BTC's worst bars, in which coins fall together. */
const WORST = 0.05;
const BASIS_POINT = 1e-4;

/**
 * The stylised facts that a synthetic market is held against real bars by. Returns are log returns of one bar, funding
 * is in basis points at its settlements, correlations among coins are means over the other coins.
 */
export function marketFacts(panel: Panel): MarketFact[] {
  const series = panel.coins.map((bars) => seriesOf(bars, panel.openTime));
  const each = (name: string, value: (s: CoinSeries, coin: number) => number): MarketFact => ({
    name,
    values: series.map(value),
  });
  const across = (name: string, of: (s: CoinSeries) => Float64Array): MarketFact =>
    each(
      name,
      (one, coin) => mean(series.flatMap((other, o) => o === coin ? [] : [corr(of(one), of(other))])),
    );
  return [
    each(
      "ln drift a year",
      ({ close }) => Math.log(close.at(-1)! / close[0]!) * BARS_PER_YEAR / close.length,
    ),
    each("max / min of closes", ({ close }) => Math.max(...close) / Math.min(...close)),
    each("return sd %", ({ returns }) => 100 * standardDeviation(returns)),
    each("tail ratio", ({ returns }) => tailRatio(returns)),
    each("ACF r 1", ({ returns }) => acf(returns, 1)),
    ...[1, 6, 42].map((lag) => each(`ACF |r| ${lag}`, ({ returns }) => acf(returns.map(Math.abs), lag))),
    each("variance ratio 180", ({ returns }) => varianceRatio(returns, MONTH)),
    across("return corr with others", ({ returns }) => returns),
    each("return corr with BTC", ({ returns }, coin) => coin === 0 ? NaN : corr(returns, series[0]!.returns)),
    each("sd of monthly corr", (one, coin) => meanOthers(series, coin, (other) => monthlySpread(one, other))),
    each("corr in BTC's worst 5 %", (one, coin) => {
      const rows = worstRows(series[0]!.returns);
      const at = (x: Float64Array) => Float64Array.from(rows, (t) => x[t]!);
      return meanOthers(series, coin, (other) => corr(at(one.returns), at(other.returns)));
    }),
    each("sd ln range", ({ logRange }) => standardDeviation(logRange)),
    each("mean range %", ({ logRange }) => 100 * mean(logRange.map(Math.exp))),
    each("funding mean bp", ({ funding }) => mean(funding)),
    each("funding sd bp", ({ funding }) => standardDeviation(winsorised(funding))),
    each("funding = 1 bp", ({ funding }) => share(funding, (f) => Math.abs(f - 1) < 1e-9)),
    each("funding < 0", ({ funding }) => share(funding, (f) => f < 0)),
    each("funding .1 % quantile bp", ({ funding }) => quantile(funding.slice().sort(), 0.001)),
    each("funding ACF 1", ({ funding }) => acf(winsorised(funding), 1)),
    each("funding ACF 21", ({ funding }) => acf(winsorised(funding), 21)),
    across("funding corr with others", ({ funding }) => winsorised(funding)),
    each(
      "funding with premium",
      ({ funding, premiumBefore }) => corr(winsorised(funding), winsorised(premiumBefore)),
    ),
    each("funding with past week", ({ funding, weekBefore }) => corr(winsorised(funding), weekBefore)),
    each("open interest sd %", ({ interest }) => 100 * standardDeviation(winsorised(interest))),
    each("open interest ACF 2", ({ interest }) => acf(interest, 2)),
    each(
      "open interest with return",
      ({ interest, returns }) => corr(winsorised(interest), returns.subarray(0, -1)),
    ),
    each("long ratio mean", ({ longRatio }) => mean(longRatio)),
    each("long ratio sd", ({ longRatio }) => standardDeviation(longRatio)),
    each("long ratio ACF 1", ({ longRatio }) => acf(longRatio, 1)),
    each("long ratio ACF 42", ({ longRatio }) => acf(longRatio, WEEK)),
    across("long ratio corr with others", ({ longRatio }) => longRatio),
    each(
      "long ratio with return",
      ({ longRatio, returns }) => corr(changes(longRatio), returns.subarray(0, -1)),
    ),
    each("premium mean bp", ({ premium }) => mean(premium)),
    each("premium sd bp", ({ premium }) => standardDeviation(winsorised(premium))),
    each("premium ACF 1", ({ premium }) => acf(winsorised(premium), 1)),
    across("premium corr with others", ({ premium }) => winsorised(premium)),
    each("turnover sd", ({ logTurnover }) => standardDeviation(logTurnover)),
    each("turnover with range", ({ logTurnover, logRange }) => corr(logTurnover, logRange)),
    each("turnover ACF 180", ({ logTurnover }) => acf(logTurnover, MONTH)),
    across("turnover corr with others", ({ logTurnover }) => logTurnover),
  ];
}

/** What the facts of one coin are taken from; at rows, but for funding and what stands beside it, at settlements. */
interface CoinSeries {
  readonly close: Float64Array;
  readonly returns: Float64Array;
  readonly logRange: Float64Array;
  readonly logTurnover: Float64Array;
  /** Last unknown values repeated. */
  readonly longRatio: Float64Array;
  /** Change of ln open interest over each bar but the last. */
  readonly interest: Float64Array;
  /** Mark over index, basis points. */
  readonly premium: Float64Array;
  /** Rates in basis points. */
  readonly funding: Float64Array;
  /** Mean premium of the eight hours before each. */
  readonly premiumBefore: Float64Array;
  /** Log return of the week before each. */
  readonly weekBefore: Float64Array;
}

function seriesOf(bars: CoinBars, openTime: Float64Array): CoinSeries {
  const { open, high, low, close } = bars;
  const premium = bars.markClose.map((mark, t) => (mark / bars.indexClose[t]! - 1) / BASIS_POINT);
  const settled = [...openTime.keys()].filter((t) => t >= WEEK && isFundingTime(openTime[t]!));
  const interest = repeated(bars.openInterest).map(Math.log);
  return {
    close,
    returns: close.map((c, t) => Math.log(c / open[t]!)),
    logRange: high.map((h, t) => Math.log(Math.max(Math.log(h / low[t]!), 1e-5))),
    logTurnover: bars.turnover.map((value) => Math.log(Math.max(value, 1))),
    longRatio: repeated(bars.longRatio),
    interest: changes(interest),
    premium,
    funding: Float64Array.from(settled, (t) => bars.fundingRate[t]! / BASIS_POINT),
    premiumBefore: Float64Array.from(settled, (t) => (premium[t - 1]! + premium[t - 2]!) / 2),
    weekBefore: Float64Array.from(settled, (t) => Math.log(close[t - 1]! / close[t - WEEK]!)),
  };
}

const corr = (x: Float64Array, y: Float64Array) => correlationOf(x, y);
const acf = (x: Float64Array, lag: number) => autocorrelations(x, lag)[lag]!;
const changes = (x: Float64Array) => x.subarray(1).map((value, t) => value - x[t]!);
const share = (x: Float64Array, is: (value: number) => boolean) => mean(x.map((value) => is(value) ? 1 : 0));
const quantile = (sorted: Float64Array, p: number) => sorted[Math.round(p * (sorted.length - 1))]!;

function repeated(x: Float64Array): Float64Array {
  let last = x.find((value) => value > 0)!;
  return x.map((value) => last = value > 0 ? value : last);
}

/** Clips the outer half per cent on each side. */
function winsorised(x: Float64Array): Float64Array {
  const sorted = x.slice().sort(), low = quantile(sorted, 0.005), high = quantile(sorted, 0.995);
  return x.map((value) => Math.min(high, Math.max(low, value)));
}

function tailRatio(returns: Float64Array): number {
  const sorted = returns.slice().sort();
  return (quantile(sorted, 0.995) - quantile(sorted, 0.005)) /
    (quantile(sorted, 0.75) - quantile(sorted, 0.25));
}

/** Variance of overlapping sums of k returns over k times that of one. */
function varianceRatio(returns: Float64Array, k: number): number {
  const path = new Float64Array(returns.length + 1);
  returns.forEach((r, t) => path[t + 1] = path[t]! + r);
  const sums = path.subarray(k).map((value, t) => value - path[t]!);
  return standardDeviation(sums) ** 2 / (k * standardDeviation(returns) ** 2);
}

function meanOthers(series: readonly CoinSeries[], coin: number, of: (other: CoinSeries) => number): number {
  return mean(series.flatMap((other, o) => o === coin ? [] : [of(other)]));
}

/** Standard deviation of the correlations of months that do not overlap. */
function monthlySpread(one: CoinSeries, other: CoinSeries): number {
  const months: number[] = [];
  for (let t = 0; t + MONTH <= one.returns.length; t += MONTH) {
    months.push(corr(one.returns.subarray(t, t + MONTH), other.returns.subarray(t, t + MONTH)));
  }
  return months.length < 3 ? NaN : standardDeviation(months);
}

function worstRows(returns: Float64Array): number[] {
  const bound = quantile(returns.slice().sort(), WORST);
  return [...returns.keys()].filter((t) => returns[t]! <= bound);
}
