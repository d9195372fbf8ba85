/** Rounding to the exchange's steps; infinitely many in one unit leave a value as it is. A millionth of a step is forgiven, since 60000 (1 + 1e-4) is not 60006. */
const NOISE = 1e-6;

/** Price of a market fill: the reference moved by `slip` against the order and rounded to the worse tick. */
export function adversePrice(
  reference: number,
  direction: number,
  slip: number,
  ticksPerUnit: number,
): number {
  return direction > 0
    ? ceilTo(reference * (1 + slip), ticksPerUnit)
    : floorTo(reference * (1 - slip), ticksPerUnit);
}

/** Largest multiple of the step that is not above `value`; `steps` is the number of steps in one unit. */
export function floorTo(value: number, steps: number): number {
  if (steps === Infinity) return value;
  return Math.floor(value * steps + NOISE) / steps;
}

/** Smallest multiple of the step that is not below `value`. */
export function ceilTo(value: number, steps: number): number {
  if (steps === Infinity) return value;
  return Math.ceil(value * steps - NOISE) / steps;
}

/** Nearest multiple of the step. */
export function roundTo(value: number, steps: number): number {
  if (steps === Infinity) return value;
  return Math.round(value * steps) / steps;
}

/** True if a price went past `level` by a tick in this direction (+1 upwards): what a resting order needs to fill. */
export function tradedThrough(
  price: number,
  level: number,
  direction: number,
  ticksPerUnit: number,
): boolean {
  return direction * (price - level) * ticksPerUnit >= 1 - NOISE;
}
