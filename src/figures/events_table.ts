import { displayed } from "./displayed.ts";
import { EVENTS, eventSummary, type RecordedEvent } from "../events/event.ts";
import { count } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";

/** Kinds with figures and tables of their own. */
const SHOWN_ELSEWHERE: readonly string[] = ["iteration", "thought", "distillation"];

/**
 * What happened beside what has figures and tables of its own, in order of time.
 *
 * @param limit Rows that are listed, an integer >= 0; the caption counts the rest.
 */
export function eventsTable(events: readonly RecordedEvent[], limit = 40): Table {
  const others = events.filter(({ type }) => !SHOWN_ELSEWHERE.includes(type));
  const rest = Math.max(0, others.length - limit);
  return displayed({
    name: "events",
    title: "Other events",
    caption: rest > 0 ? `${count(rest)} more are in events.jsonl.` : "",
    columns: [
      { label: "Kind", align: "left", hint: "Kind of the event" },
      { label: "What happened", align: "left", hint: "In one line" },
    ],
    rows: others.slice(0, limit).map((event) => ({
      cells: [plainText(EVENTS[event.type].label), plainText(eventSummary(event))],
      strong: false,
    })),
  });
}
