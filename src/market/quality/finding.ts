import { formatTime } from "../../core/time.ts";
import type { Coin } from "../../core/universe.ts";

/** What can be odd about bars. */
export const QUALITY_ISSUES = [
  "gap", // bars are missing before the row
  "duplicate", // the row opens when the one before did
  "disorder", // the row opens before the one above
  "off grid", // the row does not open at 00, 04, .. 20 UTC
  "partial last bar", // the last bar had not closed, or looks like it
  "missing value", // NaN (in openInterest and longRatio: the exchange reported 0)
  "impossible value", // a price <= 0, a negative amount, a share outside (0, 1), a high below or a low above another price
  "zero value", // no volume, turnover or open interest
  "stale value", // the same value for many rows on end
  "open off last close", // a bar does not open where the last one closed
  "wild move", // from one close to the next, or from low to high, further than a bar goes
  "prices apart", // of last, mark and index one is far from the others
  "premium outlier", // mark and index, or last and mark, apart at the close
  "trades off range", // turnover over volume, the mean price paid, lies outside low..high
  "interest jump", // open interest rose or fell further than a bar's trading lets it
  "odd unit", // a whole column is of a size that its unit rules out
  "no funding", // a rate of 0 for a week or longer
  "funding off hours", // the rate changed at a row that is no settlement
  "funding outlier", // a rate far beyond the usual cap
  "copied bars", // two coins share close and volume of a row
  "twin coins", // two coins move as one
  "wrong coin", // at a date whose prices are known the coin is far from its own
  "derived mismatch", // a column of the file that follows from others disagrees with them
] as const;
/** What may be odd. */
export type QualityIssue = (typeof QUALITY_ISSUES)[number];

/** Error: results on these rows mean nothing. Warning: look at it. Note: known to happen in good data. */
export type Severity = "error" | "warning" | "note";

/** One kind of oddity in one column, with the first place where it occurs. */
export interface QualityFinding {
  /** What is odd. */
  readonly issue: QualityIssue;
  /** How bad that is. */
  readonly severity: Severity;
  /** The coin, or null where all coins share the column. */
  readonly coin: Coin | null;
  /** Where. */
  readonly column: string;
  /** Rows affected (for stale values and no funding: runs of rows; for gaps: missing bars). */
  readonly count: number;
  /** Row of the panel, or of the file where the row is sealed. */
  readonly firstRow: number;
  /** Open of the first row affected, "2022-01-19 16:00". */
  readonly firstTime: string;
  /** The value found there; NaN where it is sealed. */
  readonly firstValue: number;
}

/** Adds a finding if any row is affected. `weight` says how much a row counts for, 0 if it is fine. */
export type Add = (
  issue: QualityIssue,
  severity: Severity,
  coin: Coin | null,
  column: string,
  values: Float64Array,
  weight: (row: number) => number | boolean,
) => void;

/** What adds to a list of findings on rows of these open times. */
export function createFinder(openTime: Float64Array, findings: QualityFinding[]): Add {
  return (issue, severity, coin, column, values, weight) => {
    let count = 0, firstRow = -1;
    for (let row = 0; row < openTime.length; row++) {
      const affected = Number(weight(row));
      if (affected === 0) continue;
      if (firstRow < 0) firstRow = row;
      count += affected;
    }
    if (firstRow < 0) return;
    const firstTime = formatTime(openTime[firstRow]!), firstValue = values[firstRow] ?? NaN;
    findings.push({ issue, severity, coin, column, count, firstRow, firstTime, firstValue });
  };
}

/**
 * Adds rows whose value goes beyond a limit: a warning beyond the first, an error, which then takes the row, beyond
 * the second. `size` is NaN where there is nothing to compare.
 */
export function addBeyond(
  add: Add,
  issue: QualityIssue,
  coin: Coin,
  column: string,
  values: Float64Array,
  size: (row: number) => number,
  { warning, error }: Limits,
): void {
  add(issue, "error", coin, column, values, (row) => size(row) > error);
  add(issue, "warning", coin, column, values, (row) => size(row) > warning && !(size(row) > error));
}

/** Sizes beyond which a row is worth a look, and beyond which nothing made from it means anything. */
export interface Limits {
  /** Worth a look beyond it. */
  readonly warning: number;
  /** Beyond it nothing made from the row means anything. */
  readonly error: number;
}
