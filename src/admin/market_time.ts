/** The time that cooldowns are counted in. */
import type { RecordedEvent } from "../events/event.ts";
import { BAR_MS } from "../core/universe.ts";

/**
 * The newest close that the journal knows of after an event, ms UTC. Neither the session's clock nor the exchange's
 * moves it, so that a clock that jumps silences nothing, and a replay has the alerts that the session had.
 */
export function marketTime(before: number, event: RecordedEvent): number {
  if (event.type === "bar") return Math.max(before, event.time);
  // An iteration is written when its window has ended; its own time is that of its decision.
  if (event.type === "iteration") return Math.max(before, event.time + (event.lastRow - event.row) * BAR_MS);
  return event.type === "session" ? Math.max(before, event.time) : before;
}
