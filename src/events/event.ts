import * as z from "zod";
import type { Immutable } from "../core/immutable.ts";
import { barEvent } from "./bar.ts";
import { distillationEvent } from "./distillation.ts";
import { fillEvent } from "./fill.ts";
import { guardEvent } from "./guard.ts";
import { iterationEvent } from "./iteration.ts";
import { orderEvent } from "./order.ts";
import { reconciliationEvent } from "./reconciliation.ts";
import { sessionEvent } from "./session.ts";
import { suggestionEvent } from "./suggestion.ts";
import { thoughtEvent } from "./thought.ts";

/** Version of the union: it goes up when a member changes its meaning. New members do not change it. */
export const EVENTS_VERSION = 2;

/**
 * Every kind of event that a run or a session may leave, each one line of events.jsonl. A kind is added by a line
 * here: files, tables and the report then know it.
 */
export const EVENTS = {
  iteration: iterationEvent,
  thought: thoughtEvent,
  suggestion: suggestionEvent,
  distillation: distillationEvent,
  session: sessionEvent,
  bar: barEvent,
  order: orderEvent,
  fill: fillEvent,
  guard: guardEvent,
  reconciliation: reconciliationEvent,
} as const;
/** Name of a kind of event. */
export type EventType = keyof typeof EVENTS;

/**
 * An event of one kind.
 *
 * @internal
 */
export type EventOf<Type extends EventType> = Immutable<z.output<(typeof EVENTS)[Type]["schema"]>>;
/**
 * An event as a run stores it.
 *
 * @internal
 */
export type RecordedEvent = { [Type in EventType]: EventOf<Type> }[EventType];

const [first, ...others] = Object.values(EVENTS).map(({ schema }) => schema);

/** One line of events.jsonl. */
export const eventSchema = z.discriminatedUnion("type", [first!, ...others]);

/** The events of one type, in order. */
export function eventsOfType<Type extends EventType>(
  events: readonly RecordedEvent[],
  type: Type,
): readonly EventOf<Type>[] {
  return events.filter((event) => event.type === type) as unknown as readonly EventOf<Type>[];
}

/** What a reader is told of an event, in one line. */
export function eventSummary(event: RecordedEvent): string {
  const { summary } = EVENTS[event.type] as { summary: (event: RecordedEvent) => string };
  return summary(event);
}
