import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import { LEAST_COMMON } from "../experiments/decisions/pairs.ts";
import { decisionTable } from "./decision_rows.ts";
import { count, decimal } from "./format.ts";
import type { Table } from "./table.ts";

/** What decisions took, and what they earned for it. */
export function decisionCostTable(comparison: ModelComparison): Table {
  return decisionTable(
    comparison,
    {
      name: "decision_cost",
      title: "Cost and speed",
      caption:
        "Means over questions as recorded, repair turns included. A machine of one's own costs 0 here: its power is not " +
        "counted. Frontier: no other model is both better by Brier score (abstentions say 1/2, each " +
        `over its own decisions) and cheaper (USD) or faster (time); models asked fewer than ${LEAST_COMMON} are on none.`,
    },
    [
      {
        label: "Calls",
        hint: "Calls a question",
        cell: ({ cost }) => decimal(cost!.calls / cost!.questions),
      },
      { label: "In", hint: "Tokens of prompts a question", cell: ({ cost }) => count(cost!.input) },
      { label: "Out", hint: "Tokens of replies a question", cell: ({ cost }) => count(cost!.output) },
      {
        label: "USD/1000",
        hint: "A thousand decisions at the table's prices",
        cell: ({ cost }) => decimal(1000 * cost!.dollars, 3),
      },
      {
        label: "Median s",
        hint: "Time of a question",
        cell: ({ cost }, { simulated }) => simulated ? "–" : decimal(seconds(cost!.medianLatencyMs), 1),
      },
      {
        label: "95% s",
        hint: "Time that 5 of 100 exceed",
        cell: ({ cost }, { simulated }) => simulated ? "–" : decimal(seconds(cost!.slowLatencyMs), 1),
      },
      {
        label: "USDT/USD",
        hint: "Mean net return on 10,000 USDT for each USD a decision cost",
        cell: ({ returnPerDollar }) => decimal(returnPerDollar, 0),
      },
      {
        label: "Frontier",
        hint: "Of price, of time",
        cell: (_, { cheapest, fastest }) =>
          [cheapest ? "price" : "", fastest ? "time" : ""].filter((word) => word !== "").join(", ") || "–",
      },
    ],
    ({ cost }) => cost !== null && cost.questions > 0,
  );
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}
