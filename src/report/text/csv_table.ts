/** Tables as CSV (RFC 4180, UTF-8, \n): for other programs, so numbers are plain there. */
import type { RunResult } from "../../experiments/result.ts";
import { requireTable, type Table } from "../../figures/table.ts";
import { plainText } from "../../figures/text.ts";

/** Text that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@]/;

/**
 * A table's cells. Numbers have a hyphen for their minus and no commas between thousands; units stay. A dash (no
 * value) is empty. A text that a spreadsheet would run gets an apostrophe before it.
 */
export function csvTable(table: Table): string {
  requireTable(table);
  const { columns, rows } = table;
  const cellsOf = (cells: readonly string[]) =>
    cells.map((cell, i) => (columns[i]!.align === "right" ? numberText(cell) : safeText(cell)));
  return csvText([columns.map(({ label }) => safeText(label)), ...rows.map(({ cells }) => cellsOf(cells))]);
}

/** Every metric of every strategy at full precision, one row a strategy; fractions, not percent. */
export function metricsCsv({ strategies }: RunResult): string {
  const flat = strategies.map(({ name, label, kind, fieldPercentile, metrics }) => ({
    name: safeText(name),
    label: safeText(label),
    kind: kind as string,
    ...leaves(metrics),
    fieldPercentile: fieldPercentile === null ? "" : String(fieldPercentile),
  }));
  const head = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return csvText([head, ...flat.map((row) => head.map((key) => (row as Record<string, string>)[key] ?? ""))]);
}

/** Numbers of a nested record by their paths, "verdicts.pass"; null is empty. */
function leaves(record: object, above = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]): [string, string][] =>
      typeof value === "object" && value !== null
        ? Object.entries(leaves(value, `${above}${key}.`))
        : [[`${above}${key}`, value === null ? "" : String(value)]]
    ),
  );
}

function csvText(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
}

function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function safeText(text: string): string {
  const plain = plainText(text);
  return FORMULA.test(plain) ? `'${plain}` : plain;
}

function numberText(text: string): string {
  const plain = plainText(text);
  if (/^[–-]$/.test(plain)) return "";
  const number = plain.replace(/−/g, "-").replace(/(?<=\d),(?=\d{3})/g, "");
  return /^[+-]?[\d∞]/.test(number) ? number : safeText(plain);
}
