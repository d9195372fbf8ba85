import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import type { MemoryProbe } from "../experiments/decisions/memory.ts";
import { decisionTable, shareText } from "./decision_rows.ts";
import { decimal, pText, signed } from "./format.ts";
import type { Table } from "./table.ts";

/** Whether a model remembers what came of a coin on a date. */
export function decisionMemoryTable(comparison: ModelComparison): Table {
  return decisionTable(
    comparison,
    {
      name: "decision_memory",
      title: "Memory of dates",
      caption:
        "Recall: directions from coin and date alone, no features. Gain: Brier score without coin and date less that with " +
        "them. p doubles the smaller of both; below 0.05 a model is flagged, and its decisions before the cutoff prove nothing.",
    },
    [
      {
        label: "Recall",
        hint: "Right directions from coin and date alone",
        cell: ({ memory }) => shareText(memory.recall),
      },
      {
        label: "p recall",
        hint: "One-sided, against the commoner direction's share",
        cell: ({ memory }) => pText(memory.recallP),
      },
      {
        label: "R²",
        hint: "Of that probability and the outcome",
        cell: ({ memory }) => decimal(memory.recallR2),
      },
      {
        label: "Gain",
        hint: "What coin and date add to features, Brier",
        cell: ({ memory }) => signed(memory.gain, 3),
      },
      {
        label: "p gain",
        hint: "One-sided, bootstrap over decisions",
        cell: ({ memory }) => pText(memory.gainP),
      },
      {
        label: "Verdict",
        hint: "Flagged: it remembers. Too few: under 8 answers to both questions, which cannot tell",
        cell: ({ memory }) => verdictOf(memory),
      },
    ],
    (_, { control }) => !control,
  );
}

function verdictOf({ p, flagged, recall, gain }: MemoryProbe): string {
  if (p !== null) return flagged ? "FLAGGED" : "not flagged";
  return recall.trials === 0 && gain === null ? "nothing" : "too few";
}
