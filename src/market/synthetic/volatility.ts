import { dayOfWeek, hourOfDay } from "../../core/time.ts";
import { componentStream, ornsteinUhlenbeck, whiteNoise } from "./noise.ts";
import { ofCoin, VOLATILITY, VOLATILITY_STATE } from "./parameters.ts";

/** Volatility of each coin's bars; [coin][rows], a fraction. */
export interface SyntheticVolatility {
  /** What is known before the bar: level, market, own and season. */
  readonly predictable: readonly Float64Array[];
  /** What the bar is drawn with: predictable times a log-normal shock. */
  readonly realised: readonly Float64Array[];
}

/** Log volatility = loading x (state level + shared components) + own component + season, then a shock of one bar. */
export function syntheticVolatility(
  seed: number,
  openTime: Float64Array,
  states: Int8Array,
  coins: number,
): SyntheticVolatility {
  const rows = openTime.length;
  const parts = VOLATILITY.market.map((part, k) =>
    ornsteinUhlenbeck(componentStream(seed, `market volatility ${k}`), rows, part)
  );
  const market = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    market[t] = VOLATILITY_STATE.level[states[t]!]! + parts[0]![t]! + parts[1]![t]! + parts[2]![t]!;
  }
  const season = logSeason(openTime);

  const shared = whiteNoise(componentStream(seed, "shared volatility shock"), rows);
  const commonWeight = Math.sqrt(VOLATILITY.shockCommonShare);
  const ownWeight = Math.sqrt(1 - VOLATILITY.shockCommonShare);

  const predictable: Float64Array[] = [], realised: Float64Array[] = [];
  for (let coin = 0; coin < coins; coin++) {
    const own = ornsteinUhlenbeck(componentStream(seed, "own volatility", coin), rows, {
      tau: VOLATILITY.ownTau,
      variance: ofCoin(VOLATILITY.ownVariance, coin),
    });
    const shock = componentStream(seed, "own volatility shock", coin);
    const shockSd = Math.sqrt(ofCoin(VOLATILITY.shockVariance, coin));
    const known = new Float64Array(rows), drawn = new Float64Array(rows);
    for (let t = 0; t < rows; t++) {
      const logVolatility = ofCoin(VOLATILITY.loading, coin) * market[t]! + own[t]! + season[t]!;
      known[t] = ofCoin(VOLATILITY.sigma, coin) * Math.exp(logVolatility);
      drawn[t] = known[t]! * Math.exp(shockSd * (commonWeight * shared[t]! + ownWeight * shock.normal()));
    }
    predictable.push(known);
    realised.push(drawn);
  }
  return { predictable, realised };
}

/** Log of the week's volatility pattern at each open time, with mean 0 over a whole week; shape [rows]. */
function logSeason(openTime: Float64Array): Float64Array {
  const weekday = VOLATILITY.weekday.map(Math.log), weekend = VOLATILITY.weekend.map(Math.log);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const mean = (5 * sum(weekday) + 2 * sum(weekend)) / (7 * weekday.length);
  return openTime.map((time) => {
    const day = dayOfWeek(time);
    return (day === 0 || day === 6 ? weekend : weekday)[hourOfDay(time) / 4]! - mean;
  });
}
