import { FUNDING_HOURS, isFundingTime, termsAt } from "../core/universe.ts";
import type { Panel } from "./panel.ts";

/**
 * Where funding of a coin settles: at the open of rows that the terms in force name, and on real bars also of rows
 * at which the rate changes, which it does only when it is settled.
 *
 * @returns 1 at such rows, else 0; shape [rows].
 */
export function settlementsOf({ coins, instruments, openTime, source }: Panel, coin: number): Uint8Array {
  const { fundingRate } = coins[coin]!;
  const instrument = instruments[coin]!;
  return Uint8Array.from(openTime, (time, t) => {
    if (isFundingTime(time, termsAt(instrument, time).fundingHours)) return 1;
    return source.kind === "bybit" && t > 0 && fundingRate[t] !== fundingRate[t - 1] ? 1 : 0;
  });
}

/**
 * A coin's funding rate on one footing: a rate that is settled every 4 hours costs twice as much as one that is
 * settled every 8.
 *
 * @returns Shape [rows], a fraction of notional per 8 h; the column itself where it is settled so at all times.
 */
export function fundingPer8Hours({ coins, instruments, openTime }: Panel, coin: number): Float64Array {
  const { fundingRate } = coins[coin]!;
  const instrument = instruments[coin]!;
  if (instrument.terms.every(({ fundingHours }) => fundingHours === FUNDING_HOURS)) return fundingRate;
  return fundingRate.map((rate, t) => rate * FUNDING_HOURS / termsAt(instrument, openTime[t]!).fundingHours);
}
