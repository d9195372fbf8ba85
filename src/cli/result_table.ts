import TextTable from "cli-table3";
import type { RunResult } from "../experiments/result.ts";
import { BARS_PER_YEAR, formatTime } from "../core/time.ts";
import { resultTable } from "../figures/result_table.ts";
import type { Table } from "../figures/table.ts";

/** Columns of the result table that fit a terminal; the report has all of them. */
const SHOWN = [
  "Arm",
  "Sharpe ± SE",
  "Field",
  "Gross Sharpe (t)",
  "Net",
  "Max drawdown",
  "Fees",
  "Slippage",
  "Funding",
  "Break-even",
  "Turnover",
  "Exposure",
  "Pass / cut / refused",
];

const NO_FRAME = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"].concat(
    ["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ).map((name) => [name, ""]),
);

/** A table as text, columns two spaces apart; a strong row is marked by a star. */
export function textTable(table: Table, shown: readonly string[] = table.columns.map(({ label }) => label)): string {
  const indices = shown.map((label) => table.columns.findIndex((column) => column.label === label));
  const text = new TextTable({
    head: indices.map((i, position) => position === 0 ? `  ${table.columns[i]!.label}` : table.columns[i]!.label),
    colAligns: indices.map((i) => table.columns[i]!.align),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    chars: { ...NO_FRAME, middle: "  " },
  });
  for (const row of table.rows) {
    const cells = indices.map((i) => row.cells[i]!);
    text.push([`${row.strong ? "* " : "  "}${cells[0]}`, ...cells.slice(1)]);
  }
  return text.toString();
}

/** The result of a run as text: warnings first, then the rows it speaks of, the table and what its columns mean. */
export function resultText(result: RunResult): string {
  const hints = resultTable(result).columns.filter(({ label }) => SHOWN.includes(label) && label !== "Arm")
    .map(({ label, hint }) => `  ${label}: ${hint}`);
  return [
    ...result.warnings.map((warning) => `!! ${warning}`),
    reportedLine(result),
    "",
    textTable(resultTable(result), SHOWN),
    "",
    "* is the headline. Oracles know what nobody can know; they are lines to compare with.",
    ...hints,
  ].join("\n");
}

function reportedLine(result: RunResult): string {
  const { from, to, start, end } = result.reported;
  const years = (to - from + 1) / BARS_PER_YEAR;
  return `Reported rows ${from}-${to}, ${formatTime(start)} to ${formatTime(end)} UTC, ${years.toFixed(2)} years: ` +
    `a Sharpe ratio over that span has a standard error of about ${(1 / Math.sqrt(years)).toFixed(2)}.`;
}
