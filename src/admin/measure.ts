/** One thing that alert rules look at. */
import type { RecordedEvent } from "../events/event.ts";

/** What a measure read from an event. */
export interface Reading {
  /** In the unit of the rules that look at it; NaN if it cannot be known, which meets every rule. */
  readonly value: number;
  /** What was seen, in a few words. */
  readonly text: string;
}

/**
 * Begins to look at a session. What it returns is given every event in order, with the market time (ms UTC), and
 * answers with a reading where the event says something about the measure, null elsewhere.
 */
export type Measure = () => (event: RecordedEvent, now: number) => Reading | null;
