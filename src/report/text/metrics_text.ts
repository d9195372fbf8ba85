import { wrap } from "../../core/wrap.ts";
import type { RunResult } from "../../experiments/result.ts";
import { agentPerformanceTable } from "../../figures/agent_performance_table.ts";
import { coinProfitTable } from "../../figures/coin_profit_table.ts";
import { monthlyTable } from "../../figures/monthly_table.ts";
import { ratiosTable } from "../../figures/ratios_table.ts";
import { researcherQualityTable } from "../../figures/researcher_quality_table.ts";
import { roundTripsTable } from "../../figures/round_trips_table.ts";
import { tailsTable } from "../../figures/tails_table.ts";
import { riskAgentsTable, scalingTable } from "../../figures/scaling_tables.ts";
import { timeTable } from "../../figures/time_table.ts";
import type { Table } from "../../figures/table.ts";
import { textTable } from "./run_text.ts";
import { TEXT_WIDTH } from "./width.ts";

/** Tables of every metric that the usual ones leave out; those without rows are left out. */
export function metricsTables(result: RunResult): readonly Table[] {
  return [
    ratiosTable(result),
    tailsTable(result),
    timeTable(result),
    scalingTable(result),
    riskAgentsTable(result),
    roundTripsTable(result),
    coinProfitTable(result),
    monthlyTable(result),
    agentPerformanceTable(result),
    researcherQualityTable(result),
  ].filter(({ rows, columns }) => rows.length > 0 && columns.length > 1);
}

/** All further metrics of a run as text, in lines of at most 100 signs. */
export function metricsText(result: RunResult): string {
  const blocks = metricsTables(result).map((table) =>
    [table.title, ...wrap(table.caption, TEXT_WIDTH), linesOf(table)].join("\n")
  );
  return [...blocks, "docs/METRICS.md says how each is computed and where it is stored."].join("\n\n");
}

function linesOf(table: Table): string {
  return textTable(table).split("\n").map((line) => line.trimEnd()).join("\n");
}
