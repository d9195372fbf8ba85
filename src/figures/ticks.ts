/** Tick positions that Plot does not choose well by itself. */

const STEPS = [1, 2, 2.5, 5, 10];

/** The round step (1, 2, 2.5 or 5 times a power of ten) that cuts a span into at most `most` parts. */
export function roundStep(span: number, most: number): number {
  if (!(span > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(span / most));
  return power * STEPS.find((step) => span / (step * power) <= most + 1e-9)!;
}

/** Ticks on a log axis from `low` to `high` (> 0): round steps while the range is short, else 1, 2 and 5 per decade. */
export function logTicks(low: number, high: number): number[] {
  if (high / low < 4) {
    const step = roundStep(high - low, 6);
    const first = Math.ceil(low / step - 1e-9);
    return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
  }
  const decades = Math.log10(high / low);
  const digits = decades > 6 ? [1] : decades > 3 ? [1, 3] : [1, 2, 5];
  const out: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const digit of digits) {
      const tick = digit * 10 ** power;
      if (tick >= low && tick <= high) out.push(tick);
    }
  }
  return out;
}

/** At most about `most` whole numbers from `low` to `high`, for an axis of iterations; steps are 1, 2 or 5 times a power of ten. */
export function integerTicks(low: number, high: number, most = 10): number[] {
  const power = 10 ** Math.max(0, Math.floor(Math.log10((high - low) / most)));
  const step = power * [1, 2, 5, 10].find((digit) => high - low <= digit * power * most)!;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Decimals that the steps of an axis over this span need; 0 for an empty one. */
export function axisDigits(span: number): number {
  return Math.min(8, Math.max(0, Math.ceil(1 - Math.log10(span > 0 ? span : 1))));
}

/** Decimals that tell every multiple of a step apart, to the last: 2 for .25, 1 for 2.5, 0 for 5. */
export function stepDigits(step: number): number {
  for (let digits = 0; digits < 12; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * scaled) return digits;
  }
  return 12;
}

/** 0 and the multiples of a round step up to `high`: at least two ticks besides 0 if `most` is 4 or more. */
export function ticksFromZero(
  high: number,
  most: number,
): { readonly step: number; readonly ticks: number[] } {
  const step = roundStep(high, most);
  return { step, ticks: Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, i) => i * step) };
}
