const S = 1000, MIN = 60 * S, HOUR = 60 * MIN, DAY = 24 * HOUR;

/** A span of time as a person takes it in: 12 s, 3 min, 2 h 5 min, 4 days. @param ms Below 0 counts as 0. */
export function spanText(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MIN) return `${Math.floor(span / S)} s`;
  if (span < HOUR) return `${Math.floor(span / MIN)} min`;
  if (span < 2 * DAY) return `${Math.floor(span / HOUR)} h ${Math.floor(span % HOUR / MIN)} min`;
  return `${Math.floor(span / DAY)} days`;
}
