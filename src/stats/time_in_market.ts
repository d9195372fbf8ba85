import { requireCount, requireFinite } from "./require.ts";

/**
 * Share of bars on which a position was held, in [0, 1].
 *
 * @param exposure Gross exposure of each bar, over equity or in USDT; 0 is flat.
 * @throws {RangeError} If an exposure is not finite.
 */
export function timeInMarket(exposure: ArrayLike<number>): number {
  requireCount(exposure, 1, "time in market");
  requireFinite(exposure, "time in market");
  let held = 0;
  for (let i = 0; i < exposure.length; i++) if (exposure[i] !== 0) held++;
  return held / exposure.length;
}
