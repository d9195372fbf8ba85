/** How a table is laid out to fit the text of a page: its size, the space between columns, which texts are broken. */
import type { Table } from "../../figures/table.ts";
import { textWidth } from "./latex_widths.ts";

/** Width of the text of a NeurIPS page: 5.5 inches, in TeX's pt; a little is left for rounding. */
export const TEXT_WIDTH = 397.4;

/** A table, or a part of its columns, as it is set. */
export interface LatexLayout {
  readonly size: "small" | "footnotesize";
  /** Space on each side of a column, pt; LaTeX's own is 6. */
  readonly separation: number;
  /** Indices of the columns of each part; a table that fits has one. */
  readonly parts: readonly (readonly number[])[];
  /** Width at which the texts of a column are broken into lines, pt; null where none is. */
  readonly breaks: readonly (number | null)[];
  /** Labels of columns in one line or two. */
  readonly heads: readonly (readonly string[])[];
}

/** What the sizes are in a document of 10 pt. */
export const POINTS = { small: 9, footnotesize: 8 } as const;

/** Sizes that are tried, from the best to read to the last. */
const ATTEMPTS = [
  { size: "small", separation: 6, least: 150 },
  { size: "footnotesize", separation: 6, least: 150 },
  { size: "footnotesize", separation: 4, least: 150 },
  { size: "footnotesize", separation: 4, least: 90 },
  { size: "footnotesize", separation: 3, least: 60 },
] as const;
type Attempt = (typeof ATTEMPTS)[number];

/** The first layout in which a table fits; one of the last kind in parts where none does. */
export function latexLayout(table: Table): LatexLayout {
  const all = table.columns.map((_, i) => i);
  for (const attempt of ATTEMPTS) {
    const fitted = fit(table, all, attempt);
    if (fitted) return { ...fitted, parts: [all] };
  }
  return inParts(table, ATTEMPTS.at(-1)!);
}

/** Columns from left to right, as many in each part as fit beside the first column, which each part repeats. */
function inParts(table: Table, attempt: Attempt): LatexLayout {
  const parts: number[][] = [];
  let part = [0];
  for (let column = 1; column < table.columns.length; column++) {
    if (part.length > 1 && !fit(table, [...part, column], attempt)) {
      parts.push(part);
      part = [0];
    }
    part.push(column);
  }
  parts.push(part);
  const breaks = parts.map((columns) => fit(table, columns, attempt)?.breaks ?? unbroken(table));
  const narrowest = table.columns.map((_, i) =>
    parts.reduce<number | null>((least, columns, p) => {
      const own = columns.includes(i) ? breaks[p]![i]! : null;
      return own === null ? least : least === null ? own : Math.min(least, own);
    }, null)
  );
  return { ...attempt, parts, breaks: narrowest, heads: headsOf(table, POINTS[attempt.size]) };
}

const unbroken = ({ columns }: Table): (number | null)[] => columns.map(() => null);

/** The columns at a size; null if they are too wide. */
function fit(
  table: Table,
  columns: readonly number[],
  attempt: Attempt,
): Pick<LatexLayout, "size" | "separation" | "breaks" | "heads"> | null {
  const { size, separation, least } = attempt, pt = POINTS[size];
  const room = TEXT_WIDTH - 2 * separation * (columns.length - 1);
  const oneLine = table.columns.map(({ label }) => [label]);
  for (const heads of [oneLine, headsOf(table, pt)]) {
    const natural = table.columns.map((_, i) => naturalWidth(table, i, heads[i]!, pt));
    const total = sum(columns.map((i) => natural[i]!));
    if (total <= room) return { size, separation, breaks: unbroken(table), heads };
    const text = columns.filter((i) => table.columns[i]!.align === "left" && natural[i]! > least);
    const narrow = text.map((i) => Math.max(least, longestWord(table, i, heads[i]!, pt)));
    const fixed = total - sum(text.map((i) => natural[i]!));
    const spare = room - fixed - sum(narrow);
    if (text.length === 0 || spare < 0) continue;
    const wishes = text.map((i, t) => Math.max(0, natural[i]! - narrow[t]!)), wished = sum(wishes);
    const breaks = unbroken(table);
    text.forEach((i, t) => {
      const width = narrow[t]! + spare * (wished > 0 ? wishes[t]! / wished : 1 / text.length);
      breaks[i] = Math.floor(Math.min(width, natural[i]!));
    });
    return { size, separation, breaks, heads };
  }
  return null;
}

const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

/** Width of a column whose texts stand in one line each. */
function naturalWidth({ rows }: Table, column: number, head: readonly string[], pt: number): number {
  return Math.max(
    ...head.map((line) => textWidth(line, pt, false)),
    ...rows.map(({ cells, strong }) => textWidth(cells[column]!, pt, strong)),
  );
}

function longestWord({ rows }: Table, column: number, head: readonly string[], pt: number): number {
  const words = (text: string, bold: boolean) => text.split(/[ \n]/).map((word) => textWidth(word, pt, bold));
  return Math.max(
    ...head.map((line) => textWidth(line, pt, false)),
    ...rows.flatMap(({ cells, strong }) => words(cells[column]!, strong)),
  );
}

/** Labels that are wider than what stands below them, in two lines where a space lets them. */
function headsOf({ columns, rows }: Table, pt: number): string[][] {
  return columns.map(({ label }, i) => {
    const below = Math.max(0, ...rows.map(({ cells, strong }) => textWidth(cells[i]!, pt, strong)));
    if (textWidth(label, pt, false) <= below) return [label];
    const words = label.split(" ");
    const cuts = words.slice(1).map((
      _,
      at,
    ) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
    const width = (lines: readonly string[]) => Math.max(...lines.map((line) => textWidth(line, pt, false)));
    return cuts.reduce((best, lines) => width(lines) < width(best) ? lines : best, [label]);
  });
}
