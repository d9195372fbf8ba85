import { BAR_MS, type Coin, DECLARED_COINS, rosterOf } from "../../core/universe.ts";
import { type CoinBars, createPanel, type Panel } from "../panel.ts";
import { syntheticCandles } from "./candles.ts";
import { sharedLongRatio, syntheticLongRatio } from "./long_ratio.ts";
import { sharedOpenInterestShocks, syntheticOpenInterest } from "./open_interest.ts";
import { hiddenMark } from "./edge.ts";
import { BRIDGE_WIDENING, ofCoin, RANGE_MEANS, START_TIME } from "./parameters.ts";
import { sharedPremium, syntheticMarkAndIndex } from "./premium.ts";
import { trendStates, volatilityStates } from "./regimes.ts";
import { syntheticReturns } from "./returns.ts";
import { sharedTurnover, syntheticTurnover } from "./turnover.ts";
import { syntheticVolatility } from "./volatility.ts";
import { isPlanted, SYNTHETIC_MODES, type SyntheticMode } from "./worlds.ts";

/** Strength of the planted mean above which momentum feeds back on itself. */
export const MAX_IC = 0.2;

/** Which synthetic market to make. */
export interface SyntheticSettings {
  /** Integer >= 0. */
  readonly seed: number;
  /** Bars, an integer >= 2, beside the history. */
  readonly rows: number;
  /** Which world, see worlds.ts. */
  readonly mode: SyntheticMode;
  /** Correlation that the planted mean aims at, in (0, 0.2] in worlds with a planted edge (use <= 0.1), 0 in the others. */
  readonly ic: number;
  /** Bars of the same world generated in front of `rows` [0]; the panel then has history + rows rows. */
  readonly history?: number;
  /** The coins [the declared ones]; those beyond the five that were fitted take the numbers of coin i mod 5. */
  readonly coins?: readonly Coin[];
}

/** What the maker knows and no agent may read. Only the evaluator and the planted oracle look here. */
export interface SyntheticTruth {
  /** Planted part of each bar's expected log return, known before the bar opens; 0 in the other modes; [coin][rows]. */
  readonly m: readonly Float64Array[];
  /** Drift of the hidden trend in each bar's log return; 0 in the null mode; [coin][rows]. */
  readonly drift: readonly Float64Array[];
  /** Hidden trend: 0 bull, 1 bear, 2 side; shape [rows]. */
  readonly trend: Int8Array;
  /** Hidden volatility state: 0 low, 1 high; shape [rows]. */
  readonly vol: Int8Array;
  /** The part of each bar's volatility that is known before it opens; [coin][rows]. */
  readonly predictableSd: readonly Float64Array[];
}

export interface SyntheticMarket {
  readonly panel: Panel;
  readonly truth: SyntheticTruth;
}

/**
 * An artificial market whose true edge is known, with the columns and conventions of the real
 * bars: funding settles at 00, 08 and 16 UTC, open interest and long ratio are snapshots at the open, a bar
 * opens where the last closed. Equal settings give equal bytes, and the first k rows of a market of any
 * length are bit-identical to the market of k rows.
 *
 * @throws {RangeError} If a setting is out of range, or if a coin's funding ran away (seldom, and in `null` alone).
 */
export function syntheticMarket(settings: SyntheticSettings): SyntheticMarket {
  const { seed, mode, ic, history = 0, coins: names = DECLARED_COINS } = settings;
  requireSettings(settings);
  const rows = history + settings.rows;
  const openTime = new Float64Array(rows).map((_, t) => START_TIME + t * BAR_MS);

  const trend = trendStates(seed, rows), vol = volatilityStates(seed, rows);
  const roster = rosterOf(names);
  const volatility = syntheticVolatility(seed, openTime, vol, 1 + Math.max(...roster));
  const returns = syntheticReturns({
    mode,
    seed,
    openTime,
    trend,
    volatilityState: vol,
    volatility,
    ic,
    drifts: mode !== "null",
    jumps: mode === "default",
  });
  requireBoundedFunding(roster.map((i) => returns.fundingRate[i]!), settings);
  const rangeMeans = mode === "default" ? RANGE_MEANS.default : RANGE_MEANS.bridgeOnly;
  const interestShocks = sharedOpenInterestShocks(seed, rows), premium = sharedPremium(seed, rows);
  const crowd = sharedLongRatio(seed, rows), activity = sharedTurnover(seed, rows);

  const coins = names.map((coin, place): CoinBars => {
    const i = roster[place]!;
    const logReturn = returns.logReturn[i]!;
    const { range, ...candles } = syntheticCandles(
      seed,
      i,
      logReturn,
      volatility.realised[i]!,
      mode === "default" ? BRIDGE_WIDENING.default : BRIDGE_WIDENING.others,
    );
    const turnover = syntheticTurnover(seed, i, range, ofCoin(rangeMeans.logRange, i), activity);
    return {
      coin,
      ...candles,
      turnover,
      volume: turnover.map((value, t) => value / Math.sqrt(candles.open[t]! * candles.close[t]!)),
      openInterest: syntheticOpenInterest(
        seed,
        i,
        logReturn,
        range,
        ofCoin(rangeMeans.range, i),
        interestShocks,
      ),
      longRatio: syntheticLongRatio(seed, i, logReturn, crowd),
      fundingRate: returns.fundingRate[i]!,
      ...syntheticMarkAndIndex(seed, i, { range, ...candles }, premium, {
        slowCrowding: returns.slowCrowding[i]!,
        hidden: mode === "unreadable" ? hiddenMark(returns.hidden[i]!) : null,
      }),
    };
  });
  return {
    panel: createPanel(coins, openTime, { kind: "synthetic", mode, seed, ic }),
    truth: {
      m: roster.map((i) => returns.planted[i]!),
      drift: roster.map((i) => returns.drift[i]!),
      predictableSd: roster.map((i) => volatility.predictable[i]!),
      trend,
      vol,
    },
  };
}

function requireSettings({ seed, rows, mode, ic, history = 0 }: SyntheticSettings): void {
  const refuse = (rule: string, value: unknown) => {
    throw new RangeError(`Cannot make a synthetic market as ${rule}: current value is ${value}`);
  };
  if (!Number.isSafeInteger(seed) || seed < 0) refuse("the seed must be an integer >= 0", seed);
  if (!Number.isInteger(rows) || rows < 2) refuse("rows must be an integer >= 2", rows);
  if (!Number.isInteger(history) || history < 0) refuse("history must be an integer >= 0", history);
  if (!SYNTHETIC_MODES.includes(mode)) refuse(`the mode must be one of ${SYNTHETIC_MODES.join(", ")}`, mode);
  if (isPlanted(mode) && !(ic > 0 && ic <= MAX_IC)) {
    refuse(`ic must be above 0 and at most ${MAX_IC} in mode ${mode}`, ic);
  }
  if (!isPlanted(mode) && ic !== 0) refuse(`ic must be 0 in mode ${mode}`, ic);
}

/** A share of notional. No market charges it at a settlement: 79 null markets of four years (401 to 480) reach 4.9 % at most. */
const MOST_FUNDING = 0.15;

/**
 * In the null world a price gains what a long pays, and funding leans on past returns: seldom a coin whose
 * volatility is low beside its funding runs away with both, until its price is no number.
 */
function requireBoundedFunding(
  rates: readonly Float64Array[],
  { mode, seed, rows, coins = DECLARED_COINS }: SyntheticSettings,
): void {
  rates.forEach((rate, place) => {
    const row = rate.findIndex((value) => !(Math.abs(value) <= MOST_FUNDING));
    if (row < 0) return;
    throw new RangeError(
      `Cannot make the ${mode} market ${seed} of ${rows} rows as funding must stay within ${
        100 * MOST_FUNDING
      } % a settlement: that of ${coins[place]} is ${(100 * rate[row]!).toFixed(1)} % at row ${row}. ` +
        "Take another seed, or fewer rows.",
    );
  });
}
