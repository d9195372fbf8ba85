import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { ThoughtEvent } from "../events/thought.ts";
import { countThoughts } from "../experiments/language/counts.ts";
import { displayed } from "./displayed.ts";
import { count } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";

/** What came of each prompt's questions: answers, holds, abstentions, failed calls and what was never asked apart. */
export function promptsTable(events: readonly RecordedEvent[]): Table {
  const thoughts = eventsOfType(events, "thought");
  const prompts = [...new Set(thoughts.map(({ prompt }) => prompt))];
  const models = [...new Set(thoughts.map(({ model }) => model))].join(", ");
  const right = (label: string, hint: string) => ({ label, align: "right" as const, hint });
  return displayed({
    name: "prompts",
    title: "What the model was asked",
    caption: thoughts.length === 0 ? "" : plainText(
      `Model: ${models}. Cost is what the calls cost when they were made, charged to every deployed account.`,
    ),
    columns: [
      { label: "Prompt", align: "left", hint: "Key in the catalogue" },
      right("Questions", "One a coin and decision row"),
      right("Long", "Answers to go or stay long"),
      right("Short", "Answers to go or stay short"),
      right("Flat", "Answers to hold nothing"),
      right("Hold", "Answers to keep what was said last"),
      right("Abstained", "Replies that did not fit the form, refusals among them"),
      right("Failed", "Calls without a reply"),
      right("Unasked", "Questions that were not put: not recorded, no key, no budget"),
      right("Mended", "Answers that were mended or asked for again"),
      right("Tokens", "Read and written"),
      right("USD", "Cost of the calls"),
    ],
    rows: prompts.map((prompt) => ({ cells: cellsOf(prompt, thoughts), strong: false })),
  });
}

function cellsOf(prompt: string, thoughts: readonly ThoughtEvent[]): string[] {
  const own = thoughts.filter((one) => one.prompt === prompt);
  const { questions, outcomes, repaired, inputTokens, outputTokens, dollars } = countThoughts(own);
  const acted = (action: string) => count(own.filter(({ decision }) => decision?.action === action).length);
  return [
    plainText(prompt),
    count(questions),
    acted("long"),
    acted("short"),
    acted("flat"),
    count(outcomes.held),
    count(outcomes.abstained),
    count(outcomes.failed),
    count(outcomes.unasked),
    count(repaired),
    count(inputTokens + outputTokens),
    dollars.toFixed(4),
  ];
}
