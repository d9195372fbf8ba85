import { formatTime } from "../core/time.ts";
import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { ThoughtEvent } from "../events/thought.ts";
import { displayed } from "./displayed.ts";
import { count, decimal, percent } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";

/** Characters of a rationale that are shown. */
const SHOWN = 160;

/**
 * The thought log: what was answered at each decision, why, and what the champion's risk agent said to it. The last ones.
 *
 * @param limit Rows that are listed, an integer >= 0; the caption counts the rest.
 */
export function thoughtsTable(events: readonly RecordedEvent[], limit = 40): Table {
  const thoughts = eventsOfType(events, "thought").filter(({ outcome }) => outcome !== "unasked");
  const shown = thoughts.slice(Math.max(0, thoughts.length - limit));
  return displayed({
    name: "thoughts",
    title: "Thought log",
    caption: thoughts.length > shown.length
      ? `The last ${count(shown.length)}; ${
        count(thoughts.length - shown.length)
      } before them are in events.jsonl.`
      : "",
    columns: [
      { label: "Decided", align: "left", hint: "Close that was the last shown, UTC" },
      { label: "Coin", align: "left", hint: "The coin that was asked about" },
      { label: "Prompt", align: "left", hint: "Key in the catalogue" },
      { label: "Said", align: "left", hint: "Action, or why there is none" },
      { label: "Size", align: "right", hint: "Share of equity as margin, times leverage" },
      { label: "Sure", align: "right", hint: "Stated probability that the action is right" },
      {
        label: "Risk",
        align: "left",
        hint: "Verdict on the champion's wish; – where it does not listen to the prompt",
      },
      { label: "Why", align: "left", hint: "The model's rationale, cut short" },
      { label: "Shown", align: "left", hint: "First letters of the hash of the observation" },
    ],
    rows: shown.map((thought) => ({ cells: cellsOf(thought).map(plainText), strong: false })),
  });
}

function cellsOf(
  { time, coin, prompt, outcome, decision, reason, verdict, observation }: ThoughtEvent,
): string[] {
  const why = decision?.rationale ?? "";
  return [
    formatTime(time),
    coin,
    prompt,
    decision?.action ?? `${outcome}${reason === null ? "" : ` (${reason})`}`,
    decision === null || decision.action === "flat" || decision.action === "hold"
      ? "–"
      : `${percent(decision.size, 0)} × ${decimal(decision.leverage, 1)}`,
    decision === null ? "–" : decimal(decision.confidence),
    verdict === null ? "–" : verdict.verdict,
    why.length > SHOWN ? `${why.slice(0, SHOWN)}...` : why,
    observation.slice(0, 8),
  ];
}
