import { formatTime } from "../core/time.ts";
import type { DistillationEvent, Fidelity } from "../events/distillation.ts";
import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import { isScripted } from "../experiments/language/counts.ts";
import { displayed } from "./displayed.ts";
import { count, decimal, percent, signed, significant } from "./format.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";

/** What a model wrote of champions, and how often its rules do what the champion would on later rows. */
export function distillationsTable(events: readonly RecordedEvent[]): Table {
  const written = eventsOfType(events, "distillation");
  const right = (label: string, hint: string) => ({ label, align: "right" as const, hint });
  return displayed({
    name: "distillations",
    title: "The champion in a model's words",
    caption: captionOf(written),
    columns: [
      {
        label: "Decided",
        align: "left",
        hint: "Close of the row up to which the model was shown anything, UTC",
      },
      { label: "Champion", align: "left", hint: "Its four agents, by variant" },
      { label: "Model", align: "left", hint: "Who wrote it" },
      { label: "Rules", align: "left", hint: "The first that holds decides" },
      right("Agree", "Share of later decisions in which the rules do what the champion's trader wishes"),
      right("Always", "The same for the one action that does best always, known afterwards alone"),
      right(
        "Gain ± SE",
        "The one less the other, and its standard error: Newey-West over rows, a week of lags",
      ),
      right("Shown", "Numbers that the text cites, and how many of them were shown"),
      { label: "In words", align: "left", hint: "What the model wrote" },
    ],
    rows: written.map((one) => ({ cells: cellsOf(one).map(plainText), strong: false })),
  });
}

function captionOf(written: readonly DistillationEvent[]): string {
  if (written.length === 0) return "";
  const models = [...new Set(written.map(({ model }) => model))];
  const simulated = models.some(isScripted) ? " SIMULATED: a script, no language model." : "";
  const later = written.flatMap(({ fidelity }) => fidelity ?? []).map(({ from, to }) => to - from + 1);
  const rows = later.length === 0
    ? ""
    : ` Judged on up to ${count(Math.max(...later))} rows after the decision.`;
  return plainText(
    `Model: ${
      models.join(", ")
    }.${simulated} Asked when the run was over; nothing in it reads the answers.${rows}`,
  );
}

function cellsOf(written: DistillationEvent): string[] {
  const { time, team, model, outcome, reason, fidelity, numbers, matched, text } = written;
  return [
    formatTime(time),
    Object.values(team).join(", "),
    isScripted(model) ? `${model} SIMULATED` : model,
    outcome === "answered"
      ? ruleWords(written).join("; ")
      : `${outcome}${reason === null ? "" : ` (${reason})`}`,
    fidelity === null ? "–" : percent(fidelity.agreement),
    fidelity === null ? "–" : `${fidelity.baselineAction} ${percent(fidelity.baseline)}`,
    fidelity === null ? "–" : `${signed(fidelity.gain, 3)} ± ${decimal(fidelity.gainError, 3)}`,
    text === null ? "–" : `${count(matched)} of ${count(numbers)}`,
    text ?? "–",
  ];
}

/** Rules as a person reads them, one each, the last for what is left. */
export function ruleWords({ rules, otherwise }: Pick<DistillationEvent, "rules" | "otherwise">): string[] {
  return [
    ...rules.map(({ feature, comparison, threshold, action }) =>
      `${feature} ${comparison} ${significant(threshold, 4)}: ${action}`
    ),
    ...(otherwise === null ? [] : [`${rules.length === 0 ? "always" : "else"} ${otherwise}`]),
  ];
}

/** How faithful rules are, in a sentence. */
export function fidelityWords(
  { decisions, agreement, baseline, baselineAction, gain, gainError }: Fidelity,
): string {
  return `On ${count(decisions)} later decisions the rules do what the champion's trader wishes in ${
    percent(agreement)
  }; the best that one action does always is ${percent(baseline)} (${baselineAction}): ${
    signed(gain, 3)
  } (SE ${decimal(gainError, 3)}).`;
}
