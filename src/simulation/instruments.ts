import type { Coin, Instrument, InstrumentTerms, RiskTier } from "../core/universe.ts";

/**
 * Steps in one unit, such as 10 for a tick of 0.1. Rounding by n / 10 gives the decimal the exchange prints;
 * n * 0.1 does not (3 * 0.1 is not 0.3), and a stop that is off by one bit misses the low that touches it. A step
 * of 0 has infinitely many.
 */
export function stepsPerUnit(step: number): number {
  if (step === 0) return Infinity; // no steps: rounding leaves every value as it is
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
    terms.forEach(({ from, tick, tickFrom, lot, minNotional }, i) => {
      const later = i === 0 || from > terms[i - 1]!.from;
      if (!(later && tick >= 0 && tickFrom >= 0 && lot >= 0 && minNotional >= 0)) {
        throw new RangeError(
          `Cannot use ${coin} as terms must be in order of time and tick, tickFrom, lot and minNotional >= 0: ` +
            `current value is ${from}, ${tick}, ${tickFrom}, ${lot}, ${minNotional}`,
        );
      }
    });
    for (const { riskTiers } of terms) requireRiskTiers(coin, riskTiers);
  }
}

function requireRiskTiers(coin: Coin, tiers: readonly RiskTier[]): void {
  const rising = tiers.every(({ upTo, maintenanceMargin }, i) =>
    upTo > (i === 0 ? 0 : tiers[i - 1]!.upTo) &&
    maintenanceMargin >= (i === 0 ? 0 : tiers[i - 1]!.maintenanceMargin) && maintenanceMargin < 1
  );
  if (!rising || tiers.at(-1)?.upTo !== Infinity) {
    throw new RangeError(
      `Cannot use ${coin} as its risk tiers must rise, in value and in rate, below a rate of 1, to one without a ` +
        `bound: current value is ${JSON.stringify(tiers)}`,
    );
  }
}

/**
 * Maintenance margin over notional of a position worth `value` USDT: each part of the value at the rate of the tier
 * it lies in, as the exchange's deductions make it.
 */
export function maintenanceRate(tiers: readonly RiskTier[], value: number): number {
  let margin = 0, from = 0;
  for (const { upTo, maintenanceMargin } of tiers) {
    margin += (Math.min(value, upTo) - from) * maintenanceMargin;
    if (value <= upTo) break;
    from = upTo;
  }
  return margin / value;
}
