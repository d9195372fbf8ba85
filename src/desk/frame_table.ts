/** The first rows of a polars frame as a table that can be read. */
import { displayed } from "../figures/displayed.ts";
import { shown as shownValue } from "../core/shown.ts";
import type { Coin } from "../core/universe.ts";
import type { CoinFrames } from "../features/frame.ts";
import { count, significant } from "../figures/format.ts";
import type { Table } from "../figures/table.ts";
import { minute } from "../figures/time_panel.ts";
import { requireKnown } from "../core/known_names.ts";

/**
 * Some rows of a frame: times to the minute, numbers to six digits.
 *
 * @param from First row that is shown; one where every column has warmed up says more than the first.
 * @param columns Which, in order; all unless given.
 * @throws {RangeError} If the frame has no such column or row.
 */
export function frameTable(
  frame: CoinFrames[Coin],
  { from = 0, rows = 5, columns = frame.columns }: {
    readonly from?: number;
    readonly rows?: number;
    readonly columns?: readonly string[];
  } = {},
): Table {
  if (!Number.isInteger(from) || from < 0 || from >= frame.height) {
    throw new RangeError(
      `Cannot show a frame as from must be one of its rows, 0 to ${frame.height - 1}: current value is ${
        shownValue(from)
      }`,
    );
  }
  for (const name of columns) requireKnown("Cannot show a frame as a column", name, frame.columns);
  const shown = frame.slice(from, rows).toRecords();
  return displayed({
    name: "frame",
    title: `${count(frame.height)} rows of ${frame.width} columns`,
    caption: columns.length < frame.width
      ? `Rows ${from} to ${from + shown.length - 1} of ${columns.length} columns.`
      : `Rows ${from} to ${from + shown.length - 1}.`,
    columns: columns.map((label, i) => ({ label, align: i === 0 ? "left" : "right", hint: label })),
    rows: shown.map((record) => ({ cells: columns.map((name) => cellText(record[name])), strong: false })),
  });
}

function cellText(value: unknown): string {
  if (value instanceof Date) return minute(value.getTime());
  return typeof value === "number" ? significant(value) : value === null ? "–" : String(value);
}
