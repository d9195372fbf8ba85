import { BAR_MS } from "../core/universe.ts";

/** Calendar months at the end of real bars that development may not see. */
export const SEALED_MONTHS = 12;

/** Synthetic markets of this seed or above are for pre-registered experiments; development stays below. */
export const FIRST_SEALED_SEED = 1_000_000;

/** True if a synthetic market's seed belongs to the pre-registered experiments. */
export function isSealedSeed(seed: number): boolean {
  return seed >= FIRST_SEALED_SEED;
}

/** The same day and hour some calendar months earlier, ms UTC; the last of the month where that day does not exist. */
export function monthsBefore(time: number, months: number): number {
  const date = new Date(time);
  const year = date.getUTCFullYear(), month = date.getUTCMonth() - months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + time % 86_400_000;
}

/**
 * Number of development rows: those that open more than `months` calendar months before the last bar closes.
 * The rows from there on are sealed.
 *
 * @param openTime Ascending open times, ms UTC; shape [rows].
 * @throws {RangeError} If nothing would be left to develop on.
 */
export function developmentRows(openTime: Float64Array, months = SEALED_MONTHS): number {
  const end = openTime.length > 0 ? openTime[openTime.length - 1]! + BAR_MS : NaN;
  const seal = monthsBefore(end, months);
  let rows = 0;
  while (rows < openTime.length && openTime[rows]! < seal) rows++;
  if (rows === 0) {
    throw new RangeError(
      `Cannot seal the last ${months} months as the bars must reach further back: current value is ${openTime.length} bars`,
    );
  }
  return rows;
}
