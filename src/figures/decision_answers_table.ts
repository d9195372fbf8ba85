import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import { decisionTable, shareText } from "./decision_rows.ts";
import { count, decimal } from "./format.ts";
import type { Table } from "./table.ts";

/** Which models were asked how much, and what came of it: what all other tables stand on. */
export function decisionAnswersTable(comparison: ModelComparison): Table {
  return decisionTable(
    comparison,
    {
      name: "decision_answers",
      title: "Who was asked",
      caption: "Few decisions say little: the intervals (95%, Wilson) are wide where few were asked.",
    },
    [
      { label: "Asked", hint: "Decisions asked plainly", cell: ({ quality }) => count(quality.asked) },
      { label: "Answered", hint: "Of these", cell: ({ quality }) => count(quality.answered) },
      {
        label: "First out of form",
        hint: "First replies that do not fit the form as they came; questions of all kinds",
        cell: ({ form }) => shareText(form!.first),
      },
      {
        label: "None after repair",
        hint: "Questions without an answer after mending and one further turn",
        cell: ({ form }) => shareText(form!.final),
      },
      {
        label: "Brier",
        hint: "Mean squared error of the probability, of answered decisions; 0.25 for always 1/2",
        cell: ({ quality }) => decimal(quality.brier, 3),
      },
      {
        label: "Tokens out",
        hint: "Of replies, a question",
        cell: ({ cost }) => count(cost!.output),
      },
    ],
    ({ form }) => form !== null,
  );
}
