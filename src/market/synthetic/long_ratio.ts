import { componentStream, ornsteinUhlenbeck, studentFive } from "./noise.ts";
import { LONG_RATIO, ofCoin } from "./parameters.ts";

/** The slow part of the long ratios that all coins share, unit variance; shape [rows]. */
export function sharedLongRatio(seed: number, rows: number): Float64Array {
  return ornsteinUhlenbeck(componentStream(seed, "shared long ratio"), rows, {
    tau: LONG_RATIO.slowTau,
    variance: 1,
  });
}

/** Share of accounts that are long, in (0, 1), as a snapshot at the open of each bar: accounts sell into rises; shape [rows]. */
export function syntheticLongRatio(
  seed: number,
  coin: number,
  logReturn: Float64Array,
  shared: Float64Array,
): Float64Array {
  const rows = logReturn.length;
  const slow = ornsteinUhlenbeck(componentStream(seed, "slow long ratio", coin), rows, {
    tau: LONG_RATIO.slowTau,
    variance: ofCoin(LONG_RATIO.slowSd, coin) ** 2,
  });
  const commonWeight = Math.sqrt(LONG_RATIO.commonShare) * ofCoin(LONG_RATIO.slowSd, coin);
  const ownWeight = Math.sqrt(1 - LONG_RATIO.commonShare);
  const stream = componentStream(seed, "long ratio", coin);
  const phi = ofCoin(LONG_RATIO.persistence, coin), noise = ofCoin(LONG_RATIO.noise, coin);
  const out = new Float64Array(rows);
  let deviation = noise / Math.sqrt(1 - phi * phi) * stream.normal();
  for (let t = 0; t < rows; t++) {
    if (t > 0) {
      deviation = phi * deviation + ofCoin(LONG_RATIO.returnSlope, coin) * logReturn[t - 1]! +
        noise * studentFive(stream);
    }
    out[t] = 1 /
      (1 +
        Math.exp(
          -(ofCoin(LONG_RATIO.mean, coin) + deviation + commonWeight * shared[t]! + ownWeight * slow[t]!),
        ));
  }
  return out;
}
