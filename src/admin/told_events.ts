/** The newest events of a session with the alerts that each raised: as many as reports still need. */
import type { RecordedEvent } from "../events/event.ts";
import type { Alert } from "./alert.ts";
import { endOfClose } from "./end_of_close.ts";

const DAY_MS = 86_400_000;

/** Events and alerts; same length. */
export interface ToldEvents {
  readonly events: readonly RecordedEvent[];
  readonly raised: readonly (readonly Alert[])[];
}

/** Those up to the newest close that is not after an instant, ms UTC; none before the first. */
export function upToClose({ events, raised }: ToldEvents, instant: number): ToldEvents {
  const bar = events.findLastIndex((one) => one.type === "bar" && one.time <= instant);
  const end = bar === -1 ? 0 : endOfClose(events, bar);
  return { events: events.slice(0, end), raised: raised.slice(0, end) };
}

/** Those that reports of the last days still need: from the last close before them on. */
export function recentOf({ events, raised }: ToldEvents, now: number, days: number): ToldEvents {
  const first = events.findLastIndex((one) => one.type === "bar" && one.time <= now - days * DAY_MS);
  return first <= 0 ? { events, raised } : { events: events.slice(first), raised: raised.slice(first) };
}
