import TextTable from "cli-table3";
import type { RunResult } from "../../experiments/result.ts";
import { formatTime } from "../../core/time.ts";
import { BARS_PER_YEAR } from "../../core/universe.ts";
import { resultTable, tradingTable } from "../../figures/result_table.ts";
import type { Table } from "../../figures/table.ts";

const NO_FRAME = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"].concat(
    ["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ).map((name) => [name, ""]),
);

/** A table as text, columns two spaces apart; a strong row is marked by a star. */
export function textTable({ columns, rows }: Table): string {
  const text = new TextTable({
    head: columns.map(({ label }, i) => i === 0 ? `  ${label}` : label),
    colAligns: columns.map(({ align }) => align),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    chars: { ...NO_FRAME, middle: "  " },
  });
  for (const { cells, strong } of rows) text.push([`${strong ? "* " : "  "}${cells[0]}`, ...cells.slice(1)]);
  return text.toString();
}

/** The result of a run as text: warnings first, then the rows it speaks of, the tables and what their columns mean. */
export function resultText(result: RunResult): string {
  const tables = [resultTable(result), tradingTable(result)];
  const hints = tables.flatMap(({ columns }) => columns.slice(1)).map(({ label, hint }) =>
    `  ${label}: ${hint}`
  );
  return [
    ...result.warnings.map((warning) => `!! ${warning}`),
    reportedLine(result),
    ...tables.flatMap((table) => ["", table.title, textTable(table)]),
    "",
    "* is the headline. Oracles know what nobody can know; they are lines to compare with.",
    ...hints,
  ].join("\n");
}

function reportedLine(result: RunResult): string {
  const { from, to, start, end } = result.reported;
  const years = (to - from + 1) / BARS_PER_YEAR;
  return `Reported rows ${from}-${to}, ${formatTime(start)} to ${formatTime(end)} UTC, ${
    years.toFixed(2)
  } years: ` +
    `a Sharpe ratio over that span has a standard error of about ${(1 / Math.sqrt(years)).toFixed(2)}.`;
}
