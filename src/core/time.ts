const DAY_MS = 86_400_000;

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

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?)?(?:Z|\+00:00)?$/;

/** "2025-03-01", "2025-03-01 08:00" or ISO, always UTC, as ms; null if it is no time of the calendar. */
export function readTime(text: string): number | null {
  const parts = WRITTEN.exec(text.trim());
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1)
    .map((part) => Number(part ?? 0));
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const isDay = new Date(time).toISOString().startsWith(text.trim().slice(0, 10));
  return isDay && hour < 24 && minute < 60 && second < 60 ? time : null;
}
