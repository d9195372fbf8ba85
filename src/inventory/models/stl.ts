import { loess, loessAt, type LoessSpan } from "./loess.ts";

/** How a window is decomposed. Windows are odd numbers of rows. */
export interface StlSettings {
  readonly period: number;
  /** Years, as it were, over which a seasonal part may change; "periodic" for one that does not. */
  readonly seasonal: number | "periodic";
  /** Left out: the least odd number that keeps trend and season apart. */
  readonly trend?: number;
  /** True for outer passes that weigh outliers down. */
  readonly robust: boolean;
}

/** Three series that sum to the given one; [rows]. */
export interface Decomposition {
  readonly seasonal: Float64Array;
  readonly trend: Float64Array;
  readonly remainder: Float64Array;
}

const odd = (x: number) => 2 * Math.floor(x / 2) + 1;
const tenth = (window: number) => Math.ceil(window / 10);

/**
 * Decomposes a window into season, trend and remainder by repeated local regressions, with the windows and jumps that R's
 * stl takes. It smooths to both sides: of a window of the past only the last row is known at that row, and no other may be used.
 *
 * @param y At least two periods.
 * @see R. Cleveland, W. Cleveland, J. McRae, I. Terpenning, Journal of Official Statistics 6 (1990) 3.
 */
export function decompose(y: Float64Array, { period, seasonal, trend, robust }: StlSettings): Decomposition {
  const n = y.length, seasonalWindow = seasonal === "periodic" ? 10 * n + 1 : seasonal;
  const trendWindow = trend ?? odd(Math.ceil(1.5 * period / (1 - 1.5 / seasonalWindow)));
  const low = odd(period);
  const spans: Spans = {
    season: { window: seasonalWindow, degree: 0, jump: tenth(seasonalWindow) },
    trend: { window: trendWindow, degree: 1, jump: tenth(trendWindow) },
    low: { window: low, degree: 1, jump: tenth(low) },
  };
  const work = workOf(n, period), season = new Float64Array(n), level = new Float64Array(n);
  const outer = robust ? 15 : 0, inner = robust ? 1 : 2;
  let weights: Float64Array | null = null;
  for (let pass = 0;; pass++) {
    for (let k = 0; k < inner; k++) innerPass(y, period, spans, weights, season, level, work);
    if (pass >= outer) break;
    weights = robustWeights(y, season, level);
  }
  if (seasonal === "periodic") averageByPhase(season, period);
  const remainder = y.map((value, t) => value - season[t]! - level[t]!);
  return { seasonal: season, trend: level, remainder };
}

interface Spans {
  readonly season: LoessSpan;
  readonly trend: LoessSpan;
  readonly low: LoessSpan;
}

/** Memory of the passes. */
interface Work {
  readonly rest: Float64Array;
  readonly cycle: Float64Array;
  readonly smoothed: Float64Array;
  readonly phase: Float64Array;
  readonly phaseWeights: Float64Array;
  readonly fitted: Float64Array;
  readonly weights: Float64Array;
}

function workOf(n: number, period: number): Work {
  const long = () => new Float64Array(n + 2 * period + 2);
  return {
    rest: long(),
    cycle: long(),
    smoothed: long(),
    phase: long(),
    phaseWeights: long(),
    fitted: long(),
    weights: long(),
  };
}

/** Season from what the trend leaves, less its own low frequencies; then the trend from what the season leaves. */
function innerPass(
  y: Float64Array,
  period: number,
  spans: Spans,
  robust: Float64Array | null,
  season: Float64Array,
  level: Float64Array,
  { rest, cycle, smoothed, phase, phaseWeights, fitted, weights }: Work,
): void {
  const n = y.length;
  for (let t = 0; t < n; t++) rest[t] = y[t]! - level[t]!;
  for (let j = 0; j < period; j++) {
    const k = Math.floor((n - 1 - j) / period) + 1;
    for (let i = 0; i < k; i++) {
      phase[i] = rest[i * period + j]!;
      if (robust) phaseWeights[i] = robust[i * period + j]!;
    }
    const own = robust ? phaseWeights : null, { season: span } = spans;
    loess(phase, k, span, own, fitted, 1, weights);
    const first = loessAt(phase, k, span, -1, 0, Math.min(span.window, k) - 1, own, weights);
    const last = loessAt(phase, k, span, k, Math.max(0, k - span.window), k - 1, own, weights);
    fitted[0] = Number.isNaN(first) ? fitted[1]! : first;
    fitted[k + 1] = Number.isNaN(last) ? fitted[k]! : last;
    for (let i = 0; i < k + 2; i++) cycle[i * period + j] = fitted[i]!;
  }
  const all = n + 2 * period;
  movingMean(cycle, all, period, smoothed);
  movingMean(smoothed, all - period + 1, period, rest);
  movingMean(rest, all - 2 * period + 2, 3, smoothed);
  loess(smoothed, n, spans.low, null, rest, 0, weights);
  for (let t = 0; t < n; t++) season[t] = cycle[period + t]! - rest[t]!;
  for (let t = 0; t < n; t++) rest[t] = y[t]! - season[t]!;
  loess(rest, n, spans.trend, robust, level, 0, weights);
}

/** Means of `window` neighbours of the first n values; n - window + 1 of them. */
function movingMean(values: Float64Array, n: number, window: number, out: Float64Array): void {
  let sum = 0;
  for (let t = 0; t < window; t++) sum += values[t]!;
  out[0] = sum / window;
  for (let t = window; t < n; t++) {
    sum += values[t]! - values[t - window]!;
    out[t - window + 1] = sum / window;
  }
}

/** Bisquare weights of what season and trend leave, over six times its median. */
function robustWeights(y: Float64Array, season: Float64Array, level: Float64Array): Float64Array {
  const rest = y.map((value, t) => Math.abs(value - season[t]! - level[t]!)), n = y.length;
  const sorted = rest.slice().sort();
  const scale = 3 * (sorted[Math.floor(n / 2)]! + sorted[n - 1 - Math.floor(n / 2)]!);
  return rest.map((value) => {
    if (value <= .001 * scale) return 1;
    if (value > .999 * scale) return 0;
    const share = value / scale, left = 1 - share * share;
    return left * left;
  });
}

function averageByPhase(season: Float64Array, period: number): void {
  for (let j = 0; j < period; j++) {
    let sum = 0, count = 0;
    for (let t = j; t < season.length; t += period, count++) sum += season[t]!;
    for (let t = j; t < season.length; t += period) season[t] = sum / count;
  }
}
