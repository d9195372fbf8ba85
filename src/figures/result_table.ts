import type { ArmResult, RunResult } from "../experiments/result.ts";
import { armLabel } from "./arm_style.ts";
import { count, decimal, percent, signedPercent } from "./format.ts";
import { sourceText } from "./run_subtitle.ts";
import type { Column, Table } from "./table.ts";
import { plainText } from "./text.ts";

interface ArmColumn extends Column {
  readonly read: (arm: ArmResult) => string;
}

const right = (label: string, hint: string, read: (arm: ArmResult) => string): ArmColumn => ({
  label,
  align: "right",
  hint,
  read,
});

const COLUMNS: readonly ArmColumn[] = [
  { label: "Arm", align: "left", hint: "What trades", read: armLabel },
  right(
    "Sharpe ± SE",
    "Annual Sharpe ratio of simple net returns per bar, and its standard error",
    ({ metrics }) => `${decimal(metrics.sharpe)} ± ${decimal(metrics.sharpeError)}`,
  ),
  right(
    "Field",
    "Percentile of the Sharpe ratio among the 625 pipelines of start genomes",
    (arm) => arm.fieldPercentile === null ? "–" : percent(arm.fieldPercentile, 0),
  ),
  right(
    "Gross Sharpe (t)",
    "Annual Sharpe ratio before fees and slippage, funding included, and its Newey-West t (lag 5)",
    ({ metrics }) => `${decimal(metrics.grossSharpe)} (${decimal(metrics.grossT, 1)})`,
  ),
  right(
    "Net",
    "Total net return over the reported rows",
    ({ metrics }) => signedPercent(metrics.totalReturn),
  ),
  right(
    "Gross",
    "Total gross return over the reported rows",
    ({ metrics }) => signedPercent(metrics.grossReturn),
  ),
  right("Fees", "Paid fees, share of starting equity", ({ metrics }) => percent(metrics.fees)),
  right("Slippage", "Paid slippage, share of starting equity", ({ metrics }) => percent(metrics.slippage)),
  right(
    "Funding",
    "Paid funding, share of starting equity; negative if received",
    ({ metrics }) => percent(metrics.funding),
  ),
  right(
    "Break-even",
    "Cost per side at which the gross profit is gone, in hundredths of a percent of traded notional",
    ({ metrics }) => metrics.breakEvenCost === null ? "–" : `${decimal(metrics.breakEvenCost * 1e4, 1)} bp`,
  ),
  right(
    "Turnover",
    "Traded notional over mean equity, per year",
    ({ metrics }) => `${decimal(metrics.turnover, 0)}×`,
  ),
  right("Exposure", "Mean gross notional over equity", ({ metrics }) => `${decimal(metrics.exposure)}×`),
  right(
    "Volatility",
    "Standard deviation of bar returns, annualised",
    ({ metrics }) => percent(metrics.volatility),
  ),
  right(
    "Max drawdown",
    "Largest loss from a peak of equity, share of it",
    ({ metrics }) => percent(metrics.maxDrawdown),
  ),
  right(
    "Hit rate",
    "Share of non-zero bar returns that are positive",
    ({ metrics }) => percent(metrics.hitRate),
  ),
  right(
    "Pass / cut / refused",
    "Shares of orders by risk verdict: passed whole, cut, refused",
    ({ metrics }) =>
      metrics.orders === 0
        ? "–"
        : [metrics.verdicts.pass, metrics.verdicts.softFail, metrics.verdicts.hardFail]
          .map((share) => decimal(share * 100, 0)).join(" / ") + "%",
  ),
  right("Orders", "Orders judged", ({ metrics }) => count(metrics.orders)),
  right("Liquidations", "Positions closed by the exchange", ({ metrics }) => count(metrics.liquidations)),
];

/** The result of a run: one row an arm, in the order of the result, the headline strong. */
export function resultTable(result: RunResult): Table {
  return {
    name: "results",
    title: "Results",
    caption:
      `${
        sourceText(result.source)
      }. Every arm trades the same rows from 10,000 USDT through the same event loop at the ` +
      "same costs. SE: standard error of the annual Sharpe ratio. The headline is in bold.",
    columns: COLUMNS.map(({ label, align, hint }) => ({ label, align, hint })),
    rows: result.arms.map((arm) => ({
      cells: COLUMNS.map((column) => column.read(arm)),
      strong: arm.name === result.headline,
    })),
  };
}

/** What each arm is, and what flatters or handicaps it. */
export function notesTable(result: RunResult): Table {
  return {
    name: "notes",
    title: "What the arms are",
    caption: "",
    columns: [
      { label: "Arm", align: "left", hint: "What trades" },
      { label: "Kind", align: "left", hint: "How it came to be" },
      { label: "Note", align: "left", hint: "What it is, and what flatters or handicaps it" },
    ],
    rows: result.arms.map((arm) => ({
      cells: [armLabel(arm), arm.kind, plainText(arm.note)],
      strong: arm.name === result.headline,
    })),
  };
}
