import { componentStream, studentFour } from "./noise.ts";
import { ofCoin, OPEN_INTEREST, VOLATILITY } from "./parameters.ts";

/** Shocks to open interest that all coins share; shape [rows]. */
export function sharedOpenInterestShocks(seed: number, rows: number): Float64Array {
  const stream = componentStream(seed, "shared open interest");
  return new Float64Array(rows).map(() => studentFour(stream));
}

/**
 * Open interest in coins, as a snapshot at the open of each bar: what happens inside bar t shows at row t+1.
 * It moves more in wide bars, grows with the return and falls in crashes. `meanRange` is the coin's constant.
 */
export function syntheticOpenInterest(
  seed: number,
  coin: number,
  logReturn: Float64Array,
  range: Float64Array,
  meanRange: number,
  shared: Float64Array,
): Float64Array {
  const rows = logReturn.length;
  const own = componentStream(seed, "own open interest", coin);
  const commonWeight = Math.sqrt(OPEN_INTEREST.commonShare),
    ownWeight = Math.sqrt(1 - OPEN_INTEREST.commonShare);
  const knee = OPEN_INTEREST.crashKnee * ofCoin(VOLATILITY.sigma, coin);
  const out = new Float64Array(rows);
  let logLevel = Math.log(ofCoin(OPEN_INTEREST.first, coin)), lastChange = 0, changeBefore = 0;
  for (let t = 0; t < rows; t++) {
    out[t] = Math.exp(logLevel);
    const scale = Math.max(range[t]! / meanRange, OPEN_INTEREST.rangeFloor) ** OPEN_INTEREST.rangePower;
    const shock = commonWeight * shared[t]! + ownWeight * studentFour(own);
    const change = ofCoin(OPEN_INTEREST.drift, coin) + ofCoin(OPEN_INTEREST.noise, coin) * scale * shock +
      ofCoin(OPEN_INTEREST.returnSlope, coin) * logReturn[t]! -
      ofCoin(OPEN_INTEREST.crash, coin) * Math.max(Math.abs(logReturn[t]!) - knee, 0);
    logLevel += change + ofCoin(OPEN_INTEREST.lagTwo, coin) * changeBefore;
    changeBefore = lastChange;
    lastChange = change;
  }
  return out;
}
