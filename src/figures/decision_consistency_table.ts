import type { ModelComparison, StratumSummary } from "../experiments/decisions/compare_models.ts";
import type { Consistency } from "../experiments/decisions/consistency.ts";
import type { DecisionColumn } from "./decision_rows.ts";
import { decisionTable, shareText } from "./decision_rows.ts";
import { decimal, signed } from "./format.ts";
import type { Table } from "./table.ts";

const CHANGES = [
  ["paraphrase", "Paraphrase", "Instructions in other words"],
  ["fieldOrder", "Field order", "Fields in reverse order"],
  ["units", "Units", "Percent in place of fractions"],
  ["mirrored", "Mirrored", "Prices mirrored, the decision mirrored back"],
] as const;

/** Whether decisions survive changes that do not matter, and turn with those that do. */
export function decisionConsistencyTable(comparison: ModelComparison): Table {
  const agreements = CHANGES.map(([probe, label, hint]): DecisionColumn => ({
    label,
    hint: `${hint}: the same action`,
    cell: (summary) => shareText(of(summary, probe)!.agreement),
  }));
  return decisionTable(
    comparison,
    {
      name: "decision_consistency",
      title: "Consistency",
      caption:
        "Pairs of answered decisions at one point. Habit: mean of (p + p')/2 - 1/2 over mirrored pairs, 0 for whoever reads.",
    },
    [
      ...agreements,
      {
        label: "|Δp| words",
        hint: "Mean distance of the probabilities under paraphrase",
        cell: (summary) => decimal(of(summary, "paraphrase")!.shift),
      },
      {
        label: "Habit",
        hint: "What no price can explain: above 0 long, below 0 short",
        cell: (summary) => signed(of(summary, "mirrored")!.habit),
      },
    ],
    ({ consistency }) => consistency.length === CHANGES.length,
  );
}

function of({ consistency }: StratumSummary, probe: string): Consistency | undefined {
  return consistency.find((one) => one.probe === probe);
}
