/** Longest span whose ticks may be less than a day apart, in ms: eight and a half hours for each of 24 ticks. */
const HOURS_SHOWN = 8.5 * 86_400_000;

const DAY = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });

/**
 * Text of a tick of a few days: "Mar 5" at midnight, else "08:00", the first with its day below. At the very end, where
 * it could leave a narrow figure, nothing is written.
 */
const hourText = (to: number) => (time: Date, i: number): string => {
  if (i > 0 && time.getTime() === to) return "";
  const hour = time.toISOString().slice(11, 16);
  if (hour === "00:00") return DAY.format(time);
  return i === 0 ? `${hour}\n${DAY.format(time)}` : hour;
};

/** The x options of a panel over time, from and to ms UTC. Hours are written as everywhere: 00:00 to 23:59. */
export function timeAxis(from: number, to: number) {
  return {
    type: "utc" as const,
    domain: [new Date(from), new Date(to)] as const,
    label: "Time (UTC)",
    labelAnchor: "center" as const,
    labelArrow: "none" as const,
    ...(to - from <= HOURS_SHOWN ? { tickFormat: hourText(to) } : {}),
  };
}
