/** Drawdowns beside the limits that were declared, and what holding them cost in size. */
import { displayed } from "./displayed.ts";
import type { RunResult, StrategyMetrics } from "../experiments/result.ts";
import { decimal, percent } from "./format.ts";
import { shortLabel } from "./account_table.ts";
import type { Column, Table } from "./table.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

const COLUMNS: readonly Column[] = [
  { label: "Limit", align: "right", hint: "Declared maximum drawdown, the mean over rows where it changed" },
  { label: "Max DD", align: "right", hint: "Realised maximum drawdown" },
  { label: "Over limit", align: "right", hint: "Realised over declared" },
  { label: "Wanted", align: "right", hint: "Share of rows in which the plan wanted a position" },
  {
    label: "Halved",
    align: "right",
    hint: "Of those, the share in which the drawdown left less than one half",
  },
  { label: "Cap", align: "right", hint: "Mean volatility cap over those rows; 1 does not cap" },
];

const shareOr = (share: number | null) => share === null ? "–" : percent(share, 0);

function cellsOf(
  { limit, wanted, halved, cap }: StrategyMetrics["scaling"],
  maxDrawdown: number,
  overLimit: number,
): string[] {
  return [
    percent(limit),
    percent(maxDrawdown),
    decimal(overLimit),
    shareOr(wanted),
    shareOr(halved),
    cap === null ? "–" : decimal(cap),
  ];
}

/** One row a strategy whose account has a limit, the headline strong. */
export function scalingTable(result: RunResult): Table {
  requireResult(result, "strategies");
  const { strategies, headline } = result;
  return displayed({
    name: "scaling",
    title: "Drawdown beside the declared limit",
    caption:
      "As an account loses from its peak, which fades, its positions are scaled down to nothing at the declared limit; " +
      "and they are capped where its volatility is more than two limits a year. Gaps and costs may still carry it beyond.",
    columns: [{ label: "Strategy", align: "left", hint: "What trades" }, ...COLUMNS],
    rows: strategies.filter(({ metrics }) => metrics.scaling.limit < 1).map((strategy) => {
      const { maxDrawdown, scaling } = strategy.metrics;
      return {
        cells: [shortLabel(strategy), ...cellsOf(scaling, maxDrawdown, maxDrawdown / scaling.limit)],
        strong: strategy.name === headline,
      };
    }),
  });
}

/** One row a declared risk agent; without rows where no field was traded. */
export function riskAgentsTable(result: RunResult): Table {
  requireResult(result, "riskAgents");
  const { riskAgents } = result;
  return displayed({
    name: "risk_agents",
    title: "Risk agents: declared and realised drawdown",
    caption: "Means over the pipelines of the field that hold the agent, each in an account of its own.",
    columns: [
      { label: "Risk agent", align: "left", hint: "Variant" },
      { label: "Pipelines", align: "right", hint: "Of the field that hold it" },
      ...COLUMNS,
    ],
    rows: riskAgents.map(({ variant, pipelines, maxDrawdown, overLimit, ...scaling }) => ({
      cells: [plainText(variant), `${pipelines}`, ...cellsOf(scaling, maxDrawdown, overLimit)],
      strong: false,
    })),
  });
}
