import { componentStream } from "./noise.ts";
import { ofCoin, RETURNS } from "./parameters.ts";

/** One coin's candles, USDT, and the log range ln(high / low); each [rows]. */
export interface Candles {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly range: Float64Array;
}

/**
 * Candles of a Brownian bridge: given a bar's log return r and volatility s, its highest log price over the
 * open is (r + sqrt(r^2 - 2 s^2 ln U)) / 2 with U uniform, and the lowest mirrors it. A bar opens where the last closed.
 *
 * @param widening Volatility of the bridge over that of the bar; 1 keeps stops and limit orders fair.
 */
export function syntheticCandles(
  seed: number,
  coin: number,
  logReturn: Float64Array,
  volatility: Float64Array,
  widening: number,
): Candles {
  const rows = logReturn.length;
  const open = new Float64Array(rows), high = new Float64Array(rows), low = new Float64Array(rows);
  const close = new Float64Array(rows), range = new Float64Array(rows);
  const upper = componentStream(seed, "bar high", coin), lower = componentStream(seed, "bar low", coin);
  let price: number = ofCoin(RETURNS.firstPrice, coin);
  for (let t = 0; t < rows; t++) {
    const r = logReturn[t]!, variance = (widening * volatility[t]!) ** 2;
    const up = (r + Math.sqrt(r * r - 2 * variance * Math.log(upper.uniform()))) / 2;
    const down = (r - Math.sqrt(r * r - 2 * variance * Math.log(lower.uniform()))) / 2;
    open[t] = price;
    close[t] = price * Math.exp(r);
    high[t] = Math.max(price * Math.exp(up), price, close[t]!);
    low[t] = Math.min(price * Math.exp(down), price, close[t]!);
    range[t] = Math.log(high[t]! / low[t]!);
    price = close[t]!;
  }
  return { open, high, low, close, range };
}
