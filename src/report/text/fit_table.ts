/** Tables that fit a terminal: texts are wrapped first, then columns go into a table of their own. */
import TextTable from "cli-table3";
import type { Table } from "../../figures/table.ts";
import { wrap } from "../../core/wrap.ts";

const NO_FRAME = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"].concat(
    ["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ).map((name) => [name, ""]),
);
const GAP = "  ";
/** A column of texts is wrapped to no fewer signs, and a word (an id, which somebody copies) is broken from so many on. */
const LEAST_TEXT = 12, LONG_WORD = 24;
/** Before the first cell: the star of a strong row, or as much room. */
const MARKS = { strong: "* ", plain: "  " } as const;

/**
 * A table as text of at most `width` signs a line, columns two spaces apart; a strong row is marked by a star.
 * Texts, and the labels of numbers, are wrapped between words until it fits; where numbers alone are too wide, the
 * columns that are left follow as a table of their own, each beside the columns by which rows are told apart.
 */
export function fittedTable(table: Table, width: number): string {
  const blocks: string[] = [], keys = keyColumns(table);
  let rest = table.columns.map((_, i) => i).slice(1);
  do {
    const beside = keysThatFit(table, keys, rest, width), taken = columnsThatFit(table, beside, rest, width);
    blocks.push(drawn(table, [...beside, ...taken], width));
    rest = rest.slice(taken.length);
  } while (rest.length > 0);
  return blocks.join("\n\n");
}

/** How many columns from the left tell rows apart: no fewer than one, and no numbers beside the first. */
function keyColumns({ columns, rows }: Table): number {
  const numbers = columns.findIndex(({ align }, i) => i > 0 && align !== "left");
  const texts = numbers < 0 ? columns.length : numbers;
  const told = (count: number) =>
    new Set(rows.map(({ cells }) => JSON.stringify(cells.slice(0, count)))).size;
  for (let count = 1; count < texts; count++) if (told(count) === told(texts)) return count;
  return Math.max(1, texts);
}

/** The keys that stood in a table before and leave room for the next column; the first one in any case. */
function keysThatFit(
  table: Table,
  keys: number,
  [next = 1]: readonly number[],
  width: number,
): readonly number[] {
  const beside = table.columns.map((_, i) => i).slice(0, Math.min(keys, next));
  while (beside.length > 1 && leastTotal(table, [...beside, next]) > width) beside.pop();
  return beside;
}

/** As many of the columns, from the left, as fit beside the keys; at least one where there is any. */
function columnsThatFit(
  table: Table,
  keys: readonly number[],
  columns: readonly number[],
  width: number,
): readonly number[] {
  for (let taken = columns.length; taken > 1; taken--) {
    const chosen = columns.slice(0, taken);
    if (leastTotal(table, [...keys, ...chosen]) <= width) return chosen;
  }
  return columns.slice(0, 1);
}

function drawn(table: Table, chosen: readonly number[], width: number): string {
  const widths = chosen.map((i) => leastWidth(table, i));
  chosen.forEach((i, place) => { // from the left, each takes what it lacks and what is left
    widths[place]! += Math.max(0, Math.min(width - total(widths), naturalWidth(table, i) - widths[place]!));
  });
  const line = (cells: readonly string[], mark: string) =>
    chosen.map((i, place) => {
      const before = place === 0 ? mark : "", indent = " ".repeat(before.length);
      const lines = wrap(cells[i] ?? "", widths[place]! - before.length);
      return lines.map((text, at) => (at === 0 ? before : indent) + text).join("\n");
    });
  const text = new TextTable({
    head: line(table.columns.map(({ label }) => label), MARKS.plain),
    colAligns: chosen.map((i) => table.columns[i]!.align),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    chars: { ...NO_FRAME, middle: GAP },
  });
  for (const { cells, strong } of table.rows) text.push(line(cells, strong ? MARKS.strong : MARKS.plain));
  return text.toString().split("\n").map((one) => one.trimEnd()).join("\n");
}

/** Numbers keep to one line, but their label may be wrapped; so may texts. */
function leastWidth(table: Table, i: number): number {
  const { align, label } = table.columns[i]!;
  if (align === "left") {
    const word = widest(cellsOf(table, i).flatMap((text) => text.split(" ")));
    return Math.min(naturalWidth(table, i), Math.max(LEAST_TEXT, Math.min(word, LONG_WORD) + markWidth(i)));
  }
  return Math.max(widest(cellsOf(table, i)), widest(label.split(" "))) + markWidth(i);
}

function naturalWidth(table: Table, i: number): number {
  return widest([table.columns[i]!.label, ...cellsOf(table, i)]) + markWidth(i);
}

const cellsOf = ({ rows }: Table, i: number) => rows.map(({ cells }) => cells[i] ?? "");
const widest = (texts: readonly string[]) => texts.reduce((most, { length }) => Math.max(most, length), 1); // no column is drawn narrower
const markWidth = (i: number) => i === 0 ? MARKS.plain.length : 0;
const leastTotal = (table: Table, columns: readonly number[]) =>
  total(columns.map((i) => leastWidth(table, i)));
const total = (widths: readonly number[]) =>
  widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1);
