import { displayed } from "./displayed.ts";
import type { RunResult } from "../experiments/result.ts";
import { decimal, percent, signedPercent } from "./format.ts";
import { ROLE_NAMES } from "./role_name.ts";
import type { Table } from "./table.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

/** Sharpe ratio, profit and hit rate of every agent; without rows where nothing learned. */
export function agentPerformanceTable(result: RunResult): Table {
  requireResult(result, "agentPerformance");
  const { agentPerformance } = result;
  return displayed({
    name: "agent_performance",
    title: "What each agent's teams earned",
    caption:
      "Out of sample: at every decision the drawn teams that hold the agent trade the rows up to the next one, each in " +
      "its own shadow account; their mean return, row by row, is the agent's. An agent is a place in the population, " +
      "whose genes learning moves; the variant is that of the last decision. Agents share teams, so their numbers are " +
      "alike; SE: standard error of the Sharpe ratio.",
    columns: [
      { label: "Role", align: "left", hint: "Role of the agent" },
      { label: "Place", align: "right", hint: "Its index in the population" },
      { label: "Variant", align: "left", hint: "Variant at the last decision" },
      { label: "Sharpe ± SE", align: "right", hint: "Annual Sharpe ratio and its standard error" },
      { label: "PnL", align: "right", hint: "Compounded net return over the reported rows" },
      { label: "Hit rate", align: "right", hint: "Share of non-zero bar returns that are positive" },
    ],
    rows: agentPerformance.map(({ role, place, variant, sharpe, sharpeError, profit, hitRate }) => ({
      cells: [
        ROLE_NAMES[role],
        `${place}`,
        plainText(variant),
        `${decimal(sharpe)} ± ${decimal(sharpeError)}`,
        signedPercent(profit),
        percent(hitRate),
      ],
      strong: false,
    })),
  });
}
