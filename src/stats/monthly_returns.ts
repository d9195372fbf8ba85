import { requireSameLength } from "./require.ts";

/** What an account earned in one calendar month (UTC). */
export interface MonthlyReturn {
  /** UTC. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** Compounded return, a fraction. */
  readonly value: number;
  /** Bars that fell in the month; fewer than the month has where the series begins or ends inside it. */
  readonly bars: number;
}

/**
 * Compounded returns by calendar month, in the order of the bars. A bar belongs to the month of its open: the bar
 * that opens on the 31st at 20:00 and closes at midnight is the old month's last.
 *
 * @param returns Net return of each bar, a fraction.
 * @param openTimes Open time of each bar, ms UTC, ascending.
 */
export function monthlyReturns(returns: ArrayLike<number>, openTimes: ArrayLike<number>): MonthlyReturn[] {
  requireSameLength(returns, openTimes, "monthly returns");
  const months: { year: number; month: number; equity: number; bars: number }[] = [];
  for (let i = 0; i < returns.length; i++) {
    const date = new Date(openTimes[i]!);
    const year = date.getUTCFullYear(), month = date.getUTCMonth() + 1;
    let last = months.at(-1);
    if (last?.year !== year || last.month !== month) {
      last = { year, month, equity: 1, bars: 0 };
      months.push(last);
    }
    last.equity *= 1 + returns[i]!;
    last.bars++;
  }
  return months.map(({ year, month, equity, bars }) => ({ year, month, value: equity - 1, bars }));
}
