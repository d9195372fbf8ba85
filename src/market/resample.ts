/** Longer bars from shorter ones. Pure. */

/** Prices in USDT, volume in coins and turnover in USDT of evenly spaced bars; each of shape [rows]. */
export interface TradedColumns {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume?: Float64Array;
  readonly turnover?: Float64Array;
}

/** Bars after resampling, and rows at both ends that make no whole bar. */
export interface Resampled<Columns> {
  readonly openTime: Float64Array;
  readonly columns: Columns;
  readonly before: number;
  readonly after: number;
}

/**
 * Bars of `length` ms from bars that divide it: first open, highest high, lowest low, last close, sums of volume and
 * turnover. Only whole bars are made.
 *
 * @param openTime Ascending, evenly spaced and on their grid, ms UTC; shape [rows], at least two.
 * @throws {RangeError} If the bars do not divide the length.
 */
export function resample<Columns extends TradedColumns>(
  openTime: Float64Array,
  columns: Columns,
  length: number,
): Resampled<Columns> {
  const step = openTime[1]! - openTime[0]!;
  const each = length / step;
  if (!Number.isInteger(each)) {
    throw new RangeError(`Cannot resample as bars of ${step} ms must divide ${length} ms`);
  }
  const first = openTime.findIndex((time) => time % length === 0);
  const before = first < 0 ? openTime.length : first;
  const bars = Math.floor((openTime.length - before) / each);
  const over = (values: Float64Array, fold: (a: number, b: number) => number) =>
    Float64Array.from({ length: bars }, (_, bar) => {
      const from = before + bar * each;
      let value = values[from]!;
      for (let row = from + 1; row < from + each; row++) value = fold(value, values[row]!);
      return value;
    });
  const earliest = (a: number) => a,
    last = (_: number, b: number) => b,
    sum = (a: number, b: number) => a + b;
  const { open, high, low, close, volume, turnover } = columns;
  return {
    openTime: Float64Array.from({ length: bars }, (_, bar) => openTime[before + bar * each]!),
    columns: {
      open: over(open, earliest),
      high: over(high, Math.max),
      low: over(low, Math.min),
      close: over(close, last),
      ...(volume && { volume: over(volume, sum) }),
      ...(turnover && { turnover: over(turnover, sum) }),
    } as Columns,
    before,
    after: openTime.length - before - bars * each,
  };
}
