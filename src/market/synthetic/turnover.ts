import { autoregression, componentStream } from "./noise.ts";
import { ofCoin, TURNOVER } from "./parameters.ts";

/** Turnover of each bar, USDT, which rises with the bar's range; shape [rows]. `meanLogRange` is the coin's constant. */
export function syntheticTurnover(
  seed: number,
  coin: number,
  range: Float64Array,
  meanLogRange: number,
): Float64Array {
  const slow = autoregression(
    componentStream(seed, "slow turnover", coin),
    range.length,
    ofCoin(TURNOVER.slow, coin),
  );
  const noise = componentStream(seed, "turnover noise", coin);
  return range.map((span, t) =>
    Math.exp(
      ofCoin(TURNOVER.level, coin) + ofCoin(TURNOVER.slope, coin) * (Math.log(span) - meanLogRange) +
        ofCoin(TURNOVER.slowSd, coin) * slow[t]! + ofCoin(TURNOVER.noise, coin) * noise.normal(),
    )
  );
}
