import { displayed } from "./displayed.ts";
import type { AccountMetrics } from "../experiments/metrics/schema.ts";
import type { RunResult, StrategyResult } from "../experiments/result.ts";
import { oracleMark } from "./strategy_style.ts";
import type { Column, Table } from "./table.ts";
import { plainText } from "./text.ts";

/** A column of numbers that are read off an account's metrics. */
export interface AccountColumn extends Column {
  readonly read: (account: AccountMetrics) => string;
}

/** A column by its label, what it means and what it shows. */
export function accountColumn(label: string, hint: string, read: AccountColumn["read"]): AccountColumn {
  return { label, align: "right", hint, read };
}

/** One row a strategy that has an account, the headline strong. Every number is explained in docs/METRICS.md. */
export function accountTable(
  result: RunResult,
  columns: readonly AccountColumn[],
  text: Pick<Table, "name" | "title" | "caption">,
): Table {
  return displayed({
    ...text,
    columns: [
      { label: "Strategy", align: "left", hint: "What trades" },
      ...columns.map(({ label, align, hint }) => ({ label, align, hint })),
    ],
    rows: result.strategies.flatMap((strategy) => {
      const { account, name } = strategy;
      if (!account) return [];
      return [{
        cells: [shortLabel(strategy), ...columns.map(({ read }) => read(account))],
        strong: name === result.headline,
      }];
    }),
  });
}

/** The label, and of an oracle that it is one; what it knows stands in the notes. */
function shortLabel(strategy: StrategyResult): string {
  return `${plainText(strategy.label)}${oracleMark(strategy) === "" ? "" : ", oracle"}`;
}
