import type { RunResult } from "../experiments/result.ts";
import { type AccountColumn, accountColumn, accountTable } from "./account_table.ts";
import { decimal, percent } from "./format.ts";
import type { Table } from "./table.ts";
import { requireResult } from "./run_parts.ts";

const TAILS: readonly AccountColumn[] = [
  accountColumn(
    "VaR 5%",
    "Loss of a bar that the worst 5% reach, historical",
    ({ tails }) => percent(tails.historical5.valueAtRisk, 2),
  ),
  accountColumn(
    "ES 5%",
    "Mean loss of the worst 5% of bars",
    ({ tails }) => percent(tails.historical5.expectedShortfall, 2),
  ),
  accountColumn(
    "ES 1%",
    "Mean loss of the worst 1% of bars",
    ({ tails }) => percent(tails.historical1.expectedShortfall, 2),
  ),
  accountColumn(
    "Tail r.",
    "95% quantile of returns over the size of the 5% quantile",
    ({ tailRatio }) => decimal(tailRatio),
  ),
  accountColumn("Skew", "Skewness of bar returns", ({ skew }) => decimal(skew)),
  accountColumn(
    "Kurtosis",
    "Kurtosis of bar returns, 3 for a normal",
    ({ kurtosis }) => decimal(kurtosis, 1),
  ),
];

/** Tails of bar returns. */
export function tailsTable(result: RunResult): Table {
  requireResult(result, "strategies");
  return accountTable(result, TAILS, {
    name: "tails",
    title: "Tails of bar returns",
    caption: "Losses of one four-hour bar, positive; historical.",
  });
}
