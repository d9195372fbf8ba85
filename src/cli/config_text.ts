import { basename } from "node:path";
import type { SettingOrigin } from "../adapters/config/resolve_settings.ts";
import type { SettingRow, SettingSection } from "../adapters/config/setting_rows.ts";
import { printable } from "../adapters/config/written.ts";
import { wrap } from "../core/wrap.ts";
import { TEXT_WIDTH } from "../report/text/width.ts";

/** Signs between two columns. */
const GAP = 2;
const HEAD = ["Setting", "Value", "Default", "From", "Meaning"];
/** Widest columns before the meaning, which gets what they leave. */
const WIDEST = [42, 12, 12, 19];

/** The settings as one table with a line above each group, at most 100 columns wide. */
export function configText(sections: readonly SettingSection[]): string {
  const cells = sections.map(({ group, rows }) => rows.map((row) => cellsOf(row, group)));
  const fitting = WIDEST.map((most, i) =>
    Math.min(most, Math.max(...[HEAD, ...cells.flat()].map((row) => row[i]!.length)))
  );
  const widths = [...fitting, TEXT_WIDTH - fitting.reduce((sum, width) => sum + width + GAP, 0)];
  const blocks = sections.map(({ group, meaning }, i) =>
    [
      ...wrap(group === "" ? "The run as a whole" : `${group}: ${meaning}`, TEXT_WIDTH),
      ...cells[i]!.map((row) => linesOf(row, widths)),
    ].join(
      "\n",
    )
  );
  return [linesOf(HEAD, widths), ...blocks].join("\n\n");
}

/** One row as so many lines as its longest cell needs. */
function linesOf(row: readonly string[], widths: readonly number[]): string {
  const wrapped = row.map((cell, i) => wrap(cell, widths[i]!));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from(
    { length: height },
    (_, line) =>
      wrapped.map((lines, i) => (lines[line] ?? "").padEnd(widths[i]!)).join(" ".repeat(GAP)).trimEnd(),
  ).join("\n");
}

/** The cells of a row. Below a name that the user gives the head of the section says what the key begins with. */
function cellsOf(row: SettingRow, group: string): string[] {
  const key = group.includes(".") ? row.key.slice(group.length) : row.key;
  const fallback = row.required ? "none" : valueText(row.default);
  const meaning = `${row.meaning} (${row.range})`;
  return [key, valueText(row.value), fallback, sourceText(row.from), meaning];
}

function valueText(value: unknown): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "string" ? printable(value) : JSON.stringify(value);
}

/** Where a value came from: "default", "my.yaml:4", "--pop-size", "my.yaml:4 as population.transfer_tau". */
function sourceText({ origin, was }: SettingOrigin): string {
  const place = origin.kind === "file"
    ? `${printable(basename(origin.file))}:${origin.line}`
    : origin.kind === "flag"
    ? origin.flag
    : "default";
  return was === null ? place : `${place} as ${was}`;
}
