/** Bars as JSON arrays (ccxt, Binance's REST), as a table without a header. */
import { printable } from "../../core/printable.ts";
import { UserError } from "../../core/user_error.ts";
import { requireLines } from "../bars/csv_lines.ts";
import type { CsvTable } from "../bars/csv_table.ts";
import { type Layout, plainLayout } from "./layout.ts";

/**
 * Reads an array of bars, each an array. Numbers stand in the table as JSON writes them.
 *
 * @throws {UserError} If the text is anything else; the first bar that is odd is named by its place, from 1.
 */
export function jsonTable(
  file: string,
  bytes: Uint8Array,
): { readonly table: CsvTable; readonly layout: Layout } {
  const refuse = (rule: string) => new UserError(`Cannot read ${printable(file)} as ${rule}`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw refuse("it must be JSON: it was cut or is something else");
  }
  if (!Array.isArray(value) || value.length === 0) throw refuse("it must be an array of bars, each an array");
  const width = Array.isArray(value[0]) ? value[0].length : 0;
  const layout = plainLayout(width);
  if (layout === null) {
    throw refuse("a bar must be an array of 6 (time, open, high, low, close, volume), or 12 (Binance)");
  }
  const isCell = (cell: unknown) =>
    typeof cell === "number" || (typeof cell === "string" && !/[,"\n\r]/.test(cell));
  const odd = value.findIndex((bar) => !Array.isArray(bar) || bar.length !== width || !bar.every(isCell));
  if (odd >= 0) {
    const shown = printable(JSON.stringify(value[odd]), 80);
    throw refuse(`bar ${odd + 1} must have ${width} numbers as the first: it is ${shown}`);
  }
  if (value.length < 2) throw refuse("it must hold two bars or more: one does not tell how long a bar is");
  const text = new TextEncoder().encode(`${value.map((bar) => (bar as unknown[]).join(",")).join("\n")}\n`);
  const { starts, ends } = requireLines(file, text);
  const headers = Array.from({ length: width }, (_, i) => i === 0 ? "time" : `cell ${i + 1}`);
  return { table: { file, headers, rows: starts.length, bytes: text, starts, ends }, layout };
}
