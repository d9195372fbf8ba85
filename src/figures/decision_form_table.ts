import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import { decisionTable, shareText } from "./decision_rows.ts";
import { count, percent } from "./format.ts";
import type { Table } from "./table.ts";

/** How models keep to the form, refuse, and whether the numbers they cite are there. */
export function decisionFormTable(comparison: ModelComparison): Table {
  return decisionTable(
    comparison,
    {
      name: "decision_form",
      title: "Form, refusals, grounding",
      caption:
        "Over questions of all kinds. First: replies that do not fit as they came. After repair: no answer in the form after " +
        "mending and one further turn. A grammar hides first faults of shape, not those of bounds.",
    },
    [
      { label: "Questions", hint: "Asked, all kinds", cell: ({ form }) => count(form!.asked) },
      { label: "First", hint: "First replies out of form", cell: ({ form }) => shareText(form!.first) },
      { label: "After repair", hint: "Still without an answer", cell: ({ form }) => shareText(form!.final) },
      {
        label: "Refused",
        hint: "By the model or its provider",
        cell: ({ form }) => shareText(form!.refused),
      },
      {
        label: "Commonest",
        hint: "The commonest fault of first replies",
        cell: ({ form }) => Object.entries(form!.faults).sort(([, a], [, b]) => b - a)[0]?.[0] ?? "none",
      },
      {
        label: "Grounded",
        hint: "Cited numbers within 1% of one that was shown",
        cell: ({ grounding }) =>
          grounding === null || grounding.numbers === 0
            ? "–"
            : percent(grounding.matched / grounding.numbers, 0),
      },
      {
        label: "By luck",
        hint: "The same numbers found in the observation of another decision",
        cell: ({ grounding }) =>
          grounding === null || grounding.numbers === 0
            ? "–"
            : percent(grounding.elsewhere / grounding.numbers, 0),
      },
    ],
    ({ form }) => form !== null,
  );
}
