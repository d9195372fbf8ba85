import { type Coin, FUNDING_HOURS, type Instrument } from "../core/universe.ts";

/** Hours between two settlements that never come: no open time of this millennium is a multiple of them. */
export const NEVER_HOURS = 1e9;

/** An order of nothing is none: a wish below a billionth of a USDT, or without free cash, opens no position. */
const LEAST_ORDER = 1e-9;

/**
 * A coin as plain back-testers know it: no ticks, no lots, no least order, no maintenance margin.
 *
 * @param slip Share of price that a market order loses.
 * @param fundingHours Hours between two settlements of funding.
 */
export function freeInstrument(coin: Coin, slip = 0, fundingHours = FUNDING_HOURS): Instrument {
  return {
    coin,
    halfSpread: slip,
    terms: [{
      from: 0,
      tick: 0,
      tickFrom: 0,
      lot: 0,
      minNotional: LEAST_ORDER,
      riskTiers: [{ upTo: Infinity, maintenanceMargin: 0 }],
      fundingHours,
    }],
  };
}
