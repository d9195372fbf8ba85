import { shown } from "../core/shown.ts";

/**
 * Applies a column function to values[rows..] and puts NaN in front of its result: for inputs whose first
 * `rows` values do not exist, such as returns (row 0 has none) or another indicator's output. A running sum
 * that meets one NaN stays NaN.
 *
 * @returns Shape [n]; all NaN if there are no more than `rows` values.
 */
export function afterWarmUp(
  values: Float64Array,
  rows: number,
  column: (tail: Float64Array) => Float64Array,
): Float64Array {
  const out = new Float64Array(values.length).fill(NaN, 0, rows);
  if (rows < values.length) out.set(column(values.subarray(rows)), rows);
  return out;
}

/**
 * Applies a column function from the first number of a series on: another indicator's output has none while it warms up.
 *
 * @param what What is computed, for messages: "an SMA".
 * @returns Shape [n]; NaN before the first number, then what `column` gives of the rest.
 * @throws {RangeError} If what is given is no series of numbers.
 */
export function fromFirstNumber(
  values: Float64Array,
  what: string,
  column: (tail: Float64Array) => Float64Array,
): Float64Array {
  if (typeof values !== "object" || typeof (values as typeof values | null)?.length !== "number") {
    throw new RangeError(
      `Cannot compute ${what} as it must be given a series, such as column(market, "BTC", "close"): current value is ${
        shown(values)
      }`,
    );
  }
  let rows = 0;
  while (rows < values.length && Number.isNaN(values[rows])) rows++;
  return rows === 0 ? column(values) : afterWarmUp(values, rows, column);
}

/** Replaces each NaN by the last value before it; NaNs at the start stay. Shape [n]. */
export function carryForward(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  let last = NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === value) last = value; // NaN alone differs from itself
    out[i] = last;
  }
  return out;
}
