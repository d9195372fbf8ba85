import type { Coin, Instrument, InstrumentTerms } from "../core/universe.ts";

/**
 * Steps in one unit, such as 10 for a tick of 0.1. Rounding by n / 10 gives the decimal the exchange prints;
 * n * 0.1 does not (3 * 0.1 is not 0.3), and a stop that is off by one bit misses the low that touches it.
 */
export function stepsPerUnit(step: number): number {
  const steps = 1 / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 * steps && steps >= 1 ? Math.round(steps) : steps;
}

/** Ticks in one USDT at a price: ten times as many for every tenth that the price has fallen below `tickFrom`. */
export function ticksPerUnit(
  { tick, tickFrom }: Pick<InstrumentTerms, "tick" | "tickFrom">,
  price: number,
): number {
  let ticks = stepsPerUnit(tick);
  // A price of 0 has no tick that is fine enough: the count stops somewhere.
  for (let from = tickFrom; price < from && from > 1e-12; from /= 10) ticks *= 10;
  return ticks;
}

/** @throws {RangeError} If the instruments are not those of the coins, in order, or a number is out of range. */
export function requireInstruments(instruments: readonly Instrument[], coins: readonly Coin[]): void {
  const names = instruments.map((one) => one.coin).join(",");
  if (names !== coins.join(",")) {
    throw new RangeError(
      `Cannot use instruments as they must be ${coins.join(",")}: current value is ${names}`,
    );
  }
  for (const { coin, terms } of instruments) {
    for (const { tick, tickFrom, lot, maintenanceMargin } of terms) {
      if (!(tick > 0 && tickFrom >= 0 && lot > 0 && maintenanceMargin >= 0 && maintenanceMargin < 1)) {
        throw new RangeError(
          `Cannot use ${coin} as tick > 0, tickFrom >= 0, lot > 0 and 0 <= maintenanceMargin < 1 must hold: ` +
            `current value is ${tick}, ${tickFrom}, ${lot}, ${maintenanceMargin}`,
        );
      }
    }
  }
}
