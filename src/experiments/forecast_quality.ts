/** How good one forecaster's distributions are, horizon by horizon: calibration, and skill against each coin's own past. */
import { INTERVAL, LEVELS } from "../inventory/researcher/distribution/levels.ts";
import { type Forecast, quantilesAt } from "../inventory/researcher/forecast.ts";
import { trendRegimes } from "../market/regimes.ts";
import { crpsOfQuantiles } from "../stats/crps_quantiles.ts";
import { judged, outcomeOf, scorePast } from "./forecast_width.ts";

/** Outcomes of one horizon, all coins together; no two of a coin share a bar. */
export interface HorizonQuality {
  /** Bars. */
  readonly horizon: number;
  /** Probability integral transforms: where in its distribution each outcome fell, in [0, 1]. */
  readonly pit: readonly number[];
  /** Stated probability of a rise, in [0, 1]. */
  readonly pUp: readonly number[];
  /** 1 where the price rose, 0 where it did not. */
  readonly rose: readonly number[];
  /** 1 - CRPS over that of climatology, of all outcomes; at most 1, below 0 where climatology is better, NaN without any. */
  readonly skill: number;
  /** The same of outcomes decided in a bull, bear or sideways market, [regime]; NaN without any. */
  readonly skillByRegime: readonly number[];
  /** Share of the outcomes inside the 90 % interval, in [0, 1]. */
  readonly covered: number;
  /** Mean width of that interval, a fraction of price. */
  readonly width: number;
}

const [LOW, HIGH] = INTERVAL;

/**
 * Scores a forecast from row `from` on.
 *
 * @param closes By coin, in the order of the forecast's.
 */
export function forecastQuality(
  forecast: Forecast,
  closes: readonly Float64Array[],
  from: number,
  firstRow: number,
): HorizonQuality[] {
  const regimes = closes.map(trendRegimes), quantiles = new Float64Array(LEVELS.length);
  return forecast.horizons.map((horizon, j): HorizonQuality => {
    const pit: number[] = [], pUp: number[] = [], rose: number[] = [];
    const own = [0, 0, 0], past = [0, 0, 0];
    let covered = 0, width = 0;
    closes.forEach((close, coin) => {
      const climatology = scorePast(close, horizon, from, firstRow);
      judged(forecast.rows, horizon, from).forEach((row, i) => {
        const outcome = outcomeOf(close, row, horizon), regime = regimes[coin]![row]!;
        quantilesAt(forecast, coin, j, row, quantiles);
        pit.push(levelOf(quantiles, outcome));
        pUp.push(forecast.coins[coin]!.pUp[j]![row]!);
        rose.push(outcome > 0 ? 1 : 0);
        own[regime]! += crpsOfQuantiles(LEVELS, quantiles, outcome);
        past[regime]! += climatology[i]!;
        if (quantiles[LOW]! <= outcome && outcome <= quantiles[HIGH]!) covered++;
        width += quantiles[HIGH]! - quantiles[LOW]!;
      });
    });
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    return {
      horizon,
      pit,
      pUp,
      rose,
      skill: 1 - sum(own) / sum(past),
      skillByRegime: own.map((score, regime) => 1 - score / past[regime]!),
      covered: covered / pit.length,
      width: width / pit.length,
    };
  });
}

/** The level at which a value lies between quantiles, linear between them; half of the outer level beyond the last. */
function levelOf(quantiles: Float64Array, value: number): number {
  const last = quantiles.length - 1;
  if (value < quantiles[0]!) return LEVELS[0]! / 2;
  for (let i = 1; i <= last; i++) {
    const low = quantiles[i - 1]!, high = quantiles[i]!;
    if (value > high) continue;
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return LEVELS[i - 1]! + share * (LEVELS[i]! - LEVELS[i - 1]!);
  }
  return (1 + LEVELS[last]!) / 2;
}
