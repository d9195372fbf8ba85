import type { RunResult } from "../experiments/result.ts";
import { type AccountColumn, accountColumn, accountTable } from "./account_table.ts";
import { decimal, signedPercent } from "./format.ts";
import type { Table } from "./table.ts";
import { requireResult } from "./run_parts.ts";

const RATIOS: readonly AccountColumn[] = [
  accountColumn("CAGR", "Compound annual growth rate", ({ growth }) => signedPercent(growth)),
  accountColumn(
    "Lo",
    "Annual Sharpe ratio allowing for autocorrelation within a day (Lo 2002)",
    ({ loSharpe }) => decimal(loSharpe),
  ),
  accountColumn(
    "Sortino",
    "Annual mean over downside deviation, target 0",
    ({ sortino }) => decimal(sortino),
  ),
  accountColumn(
    "Calmar",
    "Arithmetic annual mean over the maximum drawdown",
    ({ calmar }) => decimal(calmar),
  ),
  accountColumn("CAGR/DD", "CAGR over the maximum drawdown", ({ growthCalmar }) => decimal(growthCalmar)),
  accountColumn(
    "Profit f.",
    "Sum of gaining bars over the size of the sum of losing ones",
    ({ profitFactor }) => decimal(profitFactor),
  ),
];

/** Growth and risk-adjusted ratios. */
export function ratiosTable(result: RunResult): Table {
  requireResult(result, "strategies");
  return accountTable(result, RATIOS, {
    name: "ratios",
    title: "Growth and ratios",
    caption: "Annual, of net returns per bar. A dash: it does not exist or has no bound.",
  });
}
