import { BybitCsvError, FIRST_LINE } from "./csv_error.ts";

/**
 * Throws unless every line has as many cells as the header. Polars drops surplus cells and fills missing
 * ones without a word, and quotes would let a cell span lines.
 */
export function requireRectangle(file: string, text: string): void {
  const lines = text.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  const headers = (lines[0] ?? "").trimEnd().split(",");
  const twice = headers.find((header, i) => headers.indexOf(header) !== i);
  if (twice !== undefined) {
    throw new BybitCsvError(file, 1, twice, twice, "each column must be named once", 1);
  }
  if (lines.length < FIRST_LINE) {
    throw new RangeError(
      `Cannot read ${file} as it must hold a header and bars: current value is ${lines.length} lines`,
    );
  }
  const rule = `each line must have ${headers.length} cells without quotes`;
  const broken = lines.filter((line) => cellsIn(line) !== headers.length);
  if (broken.length > 0) {
    const value = broken[0]!.trimEnd();
    const shown = value.length > 60 ? `${value.slice(0, 60)}...` : value;
    throw new BybitCsvError(file, lines.indexOf(broken[0]!) + 1, "(all)", shown, rule, broken.length);
  }
}

/** Cells of a line, or NaN if a quote makes that uncertain. */
function cellsIn(line: string): number {
  let cells = 1;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 44) cells++;
    else if (code === 34) return NaN;
  }
  return cells;
}
