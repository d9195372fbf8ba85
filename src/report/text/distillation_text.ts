import { formatTime } from "../../core/time.ts";
import type { DistillationEvent } from "../../events/distillation.ts";
import { fidelityWords, ruleWords } from "../../figures/distillations_table.ts";
import { paragraph } from "./paragraph.ts";

/** What a model wrote of a champion, as text: its words, its rules, and how faithful they are. */
export function distillationText(written: DistillationEvent): string {
  const { k, time, team, text, reason, fidelity, numbers, matched } = written;
  const head = `Iteration ${k}, decided ${formatTime(time)} UTC: ${Object.values(team).join(", ")}`;
  if (text === null) return `${head}\nNothing was written: ${reason}.`;
  return [
    head,
    paragraph(text),
    `(${matched} of ${numbers} cited numbers were shown)`,
    ...ruleWords(written).map((words, i) => `  ${i + 1}. ${words}`),
    paragraph(fidelity === null ? "No later rows to hold the rules against." : fidelityWords(fidelity)),
  ].join("\n");
}
