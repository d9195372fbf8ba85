import { autoregression, componentStream } from "./noise.ts";
import { ofCoin, TURNOVER } from "./parameters.ts";

/** The slow part of turnover that all coins share, unit variance; shape [rows]. */
export function sharedTurnover(seed: number, rows: number): Float64Array {
  return autoregression(componentStream(seed, "shared turnover"), rows, TURNOVER.sharedSlow);
}

/** Turnover of each bar, USDT, which rises with the bar's range; shape [rows]. `meanLogRange` is the coin's constant. */
export function syntheticTurnover(
  seed: number,
  coin: number,
  range: Float64Array,
  meanLogRange: number,
  shared: Float64Array,
): Float64Array {
  const commonWeight = Math.sqrt(TURNOVER.commonShare), ownWeight = Math.sqrt(1 - TURNOVER.commonShare);
  const slow = autoregression(
    componentStream(seed, "slow turnover", coin),
    range.length,
    ofCoin(TURNOVER.slow, coin),
  );
  const noise = componentStream(seed, "turnover noise", coin);
  return range.map((span, t) =>
    Math.exp(
      ofCoin(TURNOVER.level, coin) + ofCoin(TURNOVER.slope, coin) * (Math.log(span) - meanLogRange) +
        ofCoin(TURNOVER.slowSd, coin) * (commonWeight * shared[t]! + ownWeight * slow[t]!) +
        ofCoin(TURNOVER.noise, coin) * noise.normal(),
    )
  );
}
