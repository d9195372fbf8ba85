import { type CoinBars, COLUMN_NAMES, type ColumnName } from "../panel.ts";
import type { Add, QualityIssue, Severity } from "./finding.ts";

const PRICES = COLUMN_NAMES.filter((name) => /(open|high|low|close)$/i.test(name));
const AMOUNTS = ["volume", "turnover", "openInterest"] as const;
/** Columns of which the exchange does not always know the value. */
const SOMETIMES_UNKNOWN: readonly ColumnName[] = ["openInterest", "longRatio"];

/** Checks each value by itself, and for runs of the same one. */
export function checkValues(
  bars: CoinBars,
  columns: ReadonlySet<ColumnName>,
  staleRows: number,
  add: Add,
): void {
  const find = (
    issue: QualityIssue,
    severity: Severity,
    name: ColumnName,
    affected: (value: number) => boolean,
  ) =>
    columns.has(name) &&
    add(issue, severity, bars.coin, name, bars[name], (row) => affected(bars[name][row]!));
  for (const name of COLUMN_NAMES) {
    find("missing value", SOMETIMES_UNKNOWN.includes(name) ? "warning" : "error", name, Number.isNaN);
    find("impossible value", "error", name, (value) => Math.abs(value) === Infinity);
  }
  for (const name of PRICES) find("impossible value", "error", name, (value) => value <= 0);
  for (const name of AMOUNTS) {
    find("impossible value", "error", name, (value) => value < 0);
    find("zero value", "warning", name, (value) => value === 0);
  }
  find("impossible value", "error", "longRatio", (value) => value <= 0 || value >= 1);
  for (const name of ["close", "markClose", "indexClose", "openInterest", "longRatio"] as const) {
    if (!columns.has(name)) continue;
    const run = runStart(bars[name], staleRows);
    add("stale value", "warning", bars.coin, name, bars[name], run);
  }
}

/** True at the first row of each run of equal values that is long enough; a run starts where the value differs from the last. */
export function runStart(values: Float64Array, least: number): (row: number) => boolean {
  return (start) => {
    if (start > 0 && values[start] === values[start - 1]) return false;
    let end = start + 1;
    while (end < values.length && values[end] === values[start]) end++;
    return end - start >= least;
  };
}
