import type { RecordedEvent } from "../events/event.ts";
import { ASKED } from "../live/guards.ts";

/**
 * Place behind a bar and what was found at its close, which stands behind it and belongs to it; a person's word is
 * heard later.
 *
 * @param bar Place of the bar.
 */
export function endOfClose(events: readonly RecordedEvent[], bar: number): number {
  const ofClose = (event: RecordedEvent) =>
    event.type === "reconciliation" || (event.type === "guard" && event.rule !== ASKED);
  let at = bar + 1;
  while (at < events.length && ofClose(events[at]!)) at++;
  return at;
}
