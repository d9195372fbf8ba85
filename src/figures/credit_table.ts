import { displayed } from "./displayed.ts";
import type { RunResult } from "../experiments/result.ts";
import { decimal } from "./format.ts";
import { ROLE_NAMES } from "./role_name.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

/** What every agent was worth at the last decision, with its standard error; without rows where nothing learned. */
export function creditTable(result: RunResult): Table {
  requireResult(result, "finalCredit");
  const { finalCredit } = result;
  return displayed({
    name: "credit",
    title: "Credit at the last decision",
    caption:
      "In units of the score. Credit: what the agent was ranked by, remembered over iterations. Shapley value: what it " +
      "added to the pipelines drawn last, absentees played by the default agents. SE: of the Shapley value, bars " +
      "bootstrapped in blocks of six days, jointly over all pipelines and coalitions. Two agents closer than about " +
      "two of them are not told apart.",
    columns: [
      { label: "Role", align: "left", hint: "Role of the agent" },
      { label: "Variant", align: "left", hint: "Variant of the agent" },
      { label: "Credit", align: "right", hint: "Credit by the scheme of the run, remembered" },
      { label: "Shapley value", align: "right", hint: "Exact, mean over the pipelines drawn last" },
      { label: "SE", align: "right", hint: "Standard error of the Shapley value" },
      { label: "Shapley / SE", align: "right", hint: "How many standard errors it is from 0" },
    ],
    rows: finalCredit.map(({ role, variant, credit, shapley, shapleyError }) => ({
      cells: [
        ROLE_NAMES[role],
        plainText(variant),
        decimal(credit, 4),
        decimal(shapley, 4),
        decimal(shapleyError, 4),
        shapleyError > 0 ? decimal(shapley / shapleyError, 1) : "–",
      ],
      strong: false,
    })),
  });
}
