import { COINS } from "../market/panel.ts";
import type { Coin } from "../market/panel.ts";

/** What the exchange fixes for one USDT perpetual. Prices in USDT, quantities in coins. */
export interface Instrument {
  readonly coin: Coin;
  /** Smallest price step, at prices from `tickFrom` on; a tenth of it below, down to a tenth of `tickFrom`, and so on. */
  readonly tick: number;
  /** Lowest price at which the tick is this coarse. */
  readonly tickFrom: number;
  /** Smallest quantity and quantity step. */
  readonly lot: number;
  /** Maintenance margin rate of the first risk tier, a fraction of notional. */
  readonly maintenanceMargin: number;
}

/** Orders that open or change a position below this notional (USDT) are not accepted. Closing always is. */
export const MIN_NOTIONAL = 5;

/**
 * Bybit's linear perpetuals. One tick a coin for the whole sample, though the exchange changed them: BTC .5
 * and ETH .05 before 2023, SOL between .001 and .01, DOGE 1e-4 before 2022-11. XRP's lot is the 1 of most of
 * the sample, not the .1 since 2025-09. No coin of the sample fell below its `tickFrom`; synthetic ones do, and
 * an exchange would have made their ticks finer.
 *
 * @see https://bybit-exchange.github.io/docs/v5/market/instrument
 */
export const bybitInstruments: readonly Instrument[] = [
  { coin: "BTC", tick: 0.1, tickFrom: 5000, lot: 0.001, maintenanceMargin: 0.005 },
  { coin: "ETH", tick: 0.01, tickFrom: 300, lot: 0.01, maintenanceMargin: 0.005 },
  { coin: "SOL", tick: 0.01, tickFrom: 5, lot: 0.1, maintenanceMargin: 0.005 },
  { coin: "DOGE", tick: 0.00001, tickFrom: 0.03, lot: 1, maintenanceMargin: 0.0067 },
  { coin: "XRP", tick: 0.0001, tickFrom: 0.15, lot: 1, maintenanceMargin: 0.0067 },
];

/**
 * Steps in one unit, such as 10 for a tick of 0.1. Rounding by n / 10 gives the decimal the exchange prints;
 * n * 0.1 does not (3 * 0.1 is not 0.3), and a stop that is off by one bit misses the low that touches it.
 */
export function stepsPerUnit(step: number): number {
  const steps = 1 / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 * steps && steps >= 1 ? Math.round(steps) : steps;
}

/** Ticks in one USDT at a price: ten times as many for every tenth that the price has fallen below `tickFrom`. */
export function ticksPerUnit({ tick, tickFrom }: Instrument, price: number): number {
  let ticks = stepsPerUnit(tick);
  // A price of 0 has no tick that is fine enough: the count stops somewhere.
  for (let from = tickFrom; price < from && from > 1e-12; from /= 10) ticks *= 10;
  return ticks;
}

/** @throws {RangeError} If the instruments are not the five coins in order, or a number is out of range. */
export function requireInstruments(instruments: readonly Instrument[]): void {
  const coins = instruments.map((one) => one.coin).join(",");
  if (coins !== COINS.join(",")) {
    throw new RangeError(
      `Cannot use instruments as they must be ${COINS.join(",")}: current value is ${coins}`,
    );
  }
  for (const { coin, tick, tickFrom, lot, maintenanceMargin } of instruments) {
    if (!(tick > 0 && tickFrom >= 0 && lot > 0 && maintenanceMargin >= 0 && maintenanceMargin < 1)) {
      throw new RangeError(
        `Cannot use ${coin} as tick > 0, tickFrom >= 0, lot > 0 and 0 <= maintenanceMargin < 1 must hold: ` +
          `current value is ${tick}, ${tickFrom}, ${lot}, ${maintenanceMargin}`,
      );
    }
  }
}
