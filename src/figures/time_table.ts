import type { RunResult } from "../experiments/result.ts";
import { type AccountColumn, accountColumn, accountTable } from "./account_table.ts";
import { days, decimal, percent } from "./format.ts";
import type { Table } from "./table.ts";
import { requireResult } from "./run_parts.ts";

const TIME: readonly AccountColumn[] = [
  accountColumn(
    "Held",
    "Share of bars that closed with a position",
    ({ timeInMarket }) => percent(timeInMarket, 0),
  ),
  accountColumn(
    "Largest",
    "Largest gross notional over equity at a close",
    ({ maxExposure }) => `${decimal(maxExposure)}×`,
  ),
  accountColumn(
    "Traded",
    "Mean of traded notional over equity before the bar",
    ({ tradedPerBar }) => percent(tradedPerBar, 2),
  ),
  accountColumn("Ulcer", "Root mean square of the drawdowns", ({ ulcer }) => percent(ulcer)),
  accountColumn(
    "Longest DD",
    "Longest stretch below an earlier high, days",
    ({ drawdown }) => days(drawdown.longest),
  ),
  accountColumn(
    "Below high",
    "Share of bars below an earlier high",
    ({ drawdown }) => percent(drawdown.share, 0),
  ),
];

/** Time in the market and time under water. */
export function timeTable(result: RunResult): Table {
  requireResult(result, "strategies");
  return accountTable(result, TIME, {
    name: "time",
    title: "Time in the market and below a high",
    caption: "Exposure is gross notional over equity at the close of a bar.",
  });
}
