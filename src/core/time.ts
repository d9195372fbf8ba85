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
