/** Length of one bar: four hours, in ms. */
export const BAR_MS = 4 * 3_600_000;

/** Bars in one year of 365 days; annualises every Sharpe ratio and volatility. */
export const BARS_PER_YEAR = 2190;

/** Bars between two 00:00 UTC. */
export const BARS_PER_DAY = 6;

const DAY_MS = 86_400_000;
const FUNDING_INTERVAL_MS = 8 * 3_600_000;

/** True if funding settles at this open time (00, 08 and 16 UTC). Time in ms UTC. */
export function isFundingTime(openTime: number): boolean {
  return openTime % FUNDING_INTERVAL_MS === 0;
}

/** True if a UTC day starts at this instant (ms UTC). */
export function isDayStart(time: number): boolean {
  return time % DAY_MS === 0;
}

/** Hour of the UTC day, 0..23, of an instant in ms. */
export function hourOfDay(time: number): number {
  return Math.floor((time % DAY_MS) / 3_600_000);
}

/** Day of the week of an instant in ms UTC: 0 Sunday .. 6 Saturday. */
export function dayOfWeek(time: number): number {
  return (Math.floor(time / DAY_MS) + 4) % 7; // 1970-01-01 was a Thursday
}

/** "2023-11-05 08:00" of an instant in ms UTC. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}
