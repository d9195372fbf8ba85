import { componentStream, ornsteinUhlenbeck, whiteNoise } from "./noise.ts";
import { EDGE } from "./parameters.ts";
import { FLIP_ROW, type SyntheticMode } from "./worlds.ts";

/** What a planted mean may follow, as row t opens; each a number for each coin. */
export interface EdgeReadings {
  /** Standardised returns, exponentially weighted, unit variance. */
  readonly momentum: Float64Array;
  /** Standardised return of the bar before. */
  readonly lastReturn: Float64Array;
  /** Crowding of funding at the last settlement, unit variance. */
  readonly crowding: Float64Array;
}

/** What the maker of a world with an edge is told. */
export interface EdgeSettings {
  readonly mode: SyntheticMode;
  readonly seed: number;
  readonly rows: number;
  /** Hidden trend: 0 bull, 1 bear, 2 side; shape [rows]. */
  readonly trend: Int8Array;
  /** Hidden volatility state: 0 low, 1 high; shape [rows]. */
  readonly volatilityState: Int8Array;
  /** Slow crowding as each row opens, unit variance; [coin][rows]. */
  readonly slowCrowding: readonly Float64Array[];
  /** What stands in the column that nobody reads, of unit variance, as each row opens; [coin][rows]. */
  readonly hidden: readonly Float64Array[];
}

/**
 * The standardised signal that a planted mean follows, before it is clipped: a function of row and coin, which looks at
 * the readings as they are when it is called.
 */
export function plantedSignal(
  settings: EdgeSettings,
  readings: EdgeReadings,
): (t: number, coin: number) => number {
  const { mode, seed, rows, trend, volatilityState, slowCrowding, hidden } = settings;
  const { momentum, lastReturn, crowding } = readings;
  const byRegime = (t: number, coin: number): readonly [signal: number, which: 0 | 1 | 2] => {
    if (trend[t] !== 2) return [momentum[coin]!, 0];
    return volatilityState[t] === 1 ? [-crowding[coin]!, 2] : [-lastReturn[coin]!, 1];
  };
  switch (mode) {
    case "flip":
      return (t, coin) => (t < FLIP_ROW ? 1 : -1) * byRegime(t, coin)[0];
    case "drift": {
      const strengths = wanderingStrengths(seed, rows);
      return (t, coin) => {
        const [signal, which] = byRegime(t, coin);
        return strengths[which]![t]! * signal;
      };
    }
    case "one-role":
      return (t, coin) => -momentum[coin]! * slowCrowding[coin]![t]!;
    case "unreadable":
      return (t, coin) => hidden[coin]![t]!;
    case "one-regime":
      return (t, coin) => trend[t] === 0 ? momentum[coin]! : 0;
    default:
      return (t, coin) => byRegime(t, coin)[0];
  }
}

/** Strength of momentum, reversal and the way against crowding: paths about 1 with sd 1; each [rows]. */
function wanderingStrengths(seed: number, rows: number): Float64Array[] {
  return [0, 1, 2].map((which) =>
    ornsteinUhlenbeck(componentStream(seed, `strength ${which}`), rows, { tau: EDGE.driftTau, variance: 1 })
      .map((x) => 1 + x)
  );
}

/**
 * The signal of `unreadable` as each row opens, one row more than there are, unit variance; shape [rows + 1]. It has no
 * memory: one that had some would move prices the same way for bars on end, which everybody reads in them.
 */
export function hiddenSignal(seed: number, coin: number, rows: number): Float64Array {
  return whiteNoise(componentStream(seed, "hidden signal", coin), rows + 1);
}

/**
 * How much higher the index's high of each row stands than it would: it tells the signal of the row that opens next.
 *
 * @returns Factors of at least 1; shape [rows].
 */
export function hiddenMark(signal: Float64Array): Float64Array {
  const clip = (x: number) => Math.max(-EDGE.hiddenClip, Math.min(EDGE.hiddenClip, x));
  return signal.subarray(1).map((x) => 1 + 1e-4 * (EDGE.hiddenClip + clip(x)));
}
