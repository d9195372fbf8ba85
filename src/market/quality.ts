import { DERIVED_COLUMNS, DERIVED_NAMES, type DerivedBars, type DerivedColumn } from "./derived_columns.ts";
import { formatTime } from "../core/time.ts";
import { BAR_MS, type Coin, type Instrument, isFundingTime, termsAt } from "../core/universe.ts";
import { type CoinBars, COLUMN_NAMES, type ColumnName, type Panel } from "./panel.ts";

/** What can be odd about bars. */
export const QUALITY_ISSUES = [
  "gap", // bars are missing before the row
  "duplicate", // the row opens when the one before did
  "disorder", // the row opens before the one above
  "off grid", // the row does not open at 00, 04, .. 20 UTC
  "partial last bar", // the last bar had not closed, or looks like it
  "missing value", // NaN (in longRatio: the exchange reported 0)
  "impossible value", // a price <= 0, a negative amount, a share outside (0, 1), a high below or a low above another price
  "zero value", // no volume, turnover or open interest
  "stale value", // the same value for many rows on end
  "open off last close", // a bar does not open where the last one closed
  "premium outlier", // mark and index, or last and mark, far apart
  "funding off hours", // the rate changed at a row that is no settlement
  "funding outlier", // a rate far beyond the usual cap
  "derived mismatch", // a column of the file that follows from others disagrees with them
] as const;
export type QualityIssue = (typeof QUALITY_ISSUES)[number];

/** Error: results on these rows mean nothing. Warning: look at it. Note: known to happen in good data. */
export type Severity = "error" | "warning" | "note";

/** One kind of oddity in one column, with the first place where it occurs. */
export interface QualityFinding {
  readonly issue: QualityIssue;
  readonly severity: Severity;
  /** The coin, or null where all coins share the column. */
  readonly coin: Coin | null;
  readonly column: string;
  /** Rows affected (for stale values: runs of rows; for gaps: missing bars). */
  readonly count: number;
  readonly firstRow: number;
  /** Open of the first row affected, "2022-01-19 16:00". */
  readonly firstTime: string;
  /** The value found there. */
  readonly firstValue: number;
}

/** What the report found. Nothing is repaired; the panel stays as it was. */
export interface QualityReport {
  readonly rows: number;
  readonly from: string;
  readonly to: string;
  readonly findings: readonly QualityFinding[];
}

export interface QualitySettings {
  /** The same value on so many rows on end is stale [6: one day]. */
  readonly staleRows: number;
  /** |mark / index - 1| and |last / mark - 1| above this are outliers [0.006: 60 bp]. */
  readonly premiumLimit: number;
  /** |funding rate| above this is an outlier [0.0075: 75 bp, a common cap]. */
  readonly fundingLimit: number;
  /** Relative difference that derived columns may show [1e-6]. */
  readonly derivedTolerance: number;
  /** Now, ms UTC: a last bar that closes later is partial. Null where the time is unknown [null]. */
  readonly now: number | null;
}

export const QUALITY_DEFAULTS: QualitySettings = {
  staleRows: 6,
  premiumLimit: 0.006,
  fundingLimit: 0.0075,
  derivedTolerance: 1e-6,
  now: null,
};

/** A last bar with less turnover than all of this many before (90 days) may have been cut short. */
const QUIET_ROWS = 540;

/**
 * Looks for gaps, duplicates, impossible, missing and stale values, and whatever else the bars' conventions rule
 * out. Reports, never repairs. An empty list of findings is a clean bill.
 */
export function qualityReport(
  panel: Panel,
  derived: readonly DerivedBars[] = [],
  settings: QualitySettings = QUALITY_DEFAULTS,
): QualityReport {
  const findings: QualityFinding[] = [];
  const add = createFinder(panel.openTime, findings);
  checkTimes(panel.openTime, settings, add);
  for (const [i, bars] of panel.coins.entries()) {
    checkValues(bars, add);
    checkCandles(bars, add);
    checkStale(bars, settings.staleRows, add);
    checkPremium(bars, settings.premiumLimit, add);
    checkFunding(bars, panel.openTime, panel.instruments[i]!, settings.fundingLimit, add);
    checkLastBar(bars, add);
  }
  for (const columns of derived) {
    const bars = panel.coins.find(({ coin }) => coin === columns.coin)!;
    checkDerived(bars, columns, settings.derivedTolerance, add);
  }
  return {
    rows: panel.rows,
    from: formatTime(panel.openTime[0]!),
    to: formatTime(panel.openTime[panel.rows - 1]!),
    findings,
  };
}

/** Adds a finding if any row is affected. `weight` says how much a row counts for, 0 if it is fine. */
type Add = (
  issue: QualityIssue,
  severity: Severity,
  coin: Coin | null,
  column: string,
  values: Float64Array,
  weight: (row: number) => number | boolean,
) => void;

function createFinder(openTime: Float64Array, findings: QualityFinding[]): Add {
  return (issue, severity, coin, column, values, weight) => {
    let count = 0, firstRow = -1;
    for (let row = 0; row < openTime.length; row++) {
      const affected = Number(weight(row));
      if (affected === 0) continue;
      if (firstRow < 0) firstRow = row;
      count += affected;
    }
    if (firstRow < 0) return;
    const firstTime = formatTime(openTime[firstRow]!), firstValue = values[firstRow]!;
    findings.push({ issue, severity, coin, column, count, firstRow, firstTime, firstValue });
  };
}

function checkTimes(openTime: Float64Array, { now }: QualitySettings, add: Add): void {
  const find = (issue: QualityIssue, weight: (row: number) => number | boolean) =>
    add(issue, "error", null, "openTime", openTime, weight);
  const step = (row: number) => row === 0 ? BAR_MS : openTime[row]! - openTime[row - 1]!;
  find("gap", (row) => step(row) > BAR_MS ? Math.ceil(step(row) / BAR_MS) - 1 : 0);
  find("duplicate", (row) => step(row) === 0);
  find("disorder", (row) => step(row) < 0);
  find("off grid", (row) => openTime[row]! % BAR_MS !== 0);
  const last = openTime.length - 1;
  find("partial last bar", (row) => row === last && now !== null && openTime[row]! + BAR_MS > now);
}

const PRICES = COLUMN_NAMES.filter((name) => /(open|high|low|close)$/i.test(name));
const AMOUNTS = ["volume", "turnover", "openInterest"] as const;
const CANDLES = [
  ["open", "high", "low", "close"],
  ["markOpen", "markHigh", "markLow", "markClose"],
  ["indexOpen", "indexHigh", "indexLow", "indexClose"],
] as const;

function checkValues(bars: CoinBars, add: Add): void {
  const find = (
    issue: QualityIssue,
    severity: Severity,
    name: ColumnName,
    affected: (value: number) => boolean,
  ) => add(issue, severity, bars.coin, name, bars[name], (row) => affected(bars[name][row]!));
  for (const name of COLUMN_NAMES) {
    find("missing value", name === "longRatio" ? "warning" : "error", name, Number.isNaN);
    find("impossible value", "error", name, (value) => Math.abs(value) === Infinity);
  }
  for (const name of PRICES) find("impossible value", "error", name, (value) => value <= 0);
  for (const name of AMOUNTS) {
    find("impossible value", "error", name, (value) => value < 0);
    find("zero value", "warning", name, (value) => value === 0);
  }
  find("impossible value", "error", "longRatio", (value) => value <= 0 || value >= 1);
}

function checkCandles(bars: CoinBars, add: Add): void {
  for (const [open, high, low, close] of CANDLES) {
    const o = bars[open], h = bars[high], l = bars[low], c = bars[close];
    add("impossible value", "error", bars.coin, high, h, (t) => h[t]! < Math.max(o[t]!, c[t]!, l[t]!));
    add("impossible value", "error", bars.coin, low, l, (t) => l[t]! > Math.min(o[t]!, c[t]!, h[t]!));
    add("open off last close", "warning", bars.coin, open, o, (t) => t > 0 && o[t] !== c[t - 1]);
  }
}

function checkStale(bars: CoinBars, least: number, add: Add): void {
  for (const name of ["close", "markClose", "indexClose", "openInterest", "longRatio"] as const) {
    const values = bars[name];
    // Affected is the first row of each run that is long enough; a run starts where the value differs from the last.
    add("stale value", "warning", bars.coin, name, values, (start) => {
      if (start > 0 && values[start] === values[start - 1]) return false;
      let end = start + 1;
      while (end < values.length && values[end] === values[start]) end++;
      return end - start >= least;
    });
  }
}

function checkPremium(bars: CoinBars, limit: number, add: Add): void {
  const over = (a: Float64Array, b: Float64Array) => a.map((value, t) => value / b[t]! - 1);
  for (
    const [column, premium] of [
      ["markClose / indexClose - 1", over(bars.markClose, bars.indexClose)],
      ["close / markClose - 1", over(bars.close, bars.markClose)],
    ] as const
  ) add("premium outlier", "note", bars.coin, column, premium, (t) => Math.abs(premium[t]!) > limit);
}

function checkFunding(
  { coin, fundingRate }: CoinBars,
  openTime: Float64Array,
  instrument: Instrument,
  limit: number,
  add: Add,
): void {
  const settles = (time: number) => isFundingTime(time, termsAt(instrument, time).fundingHours);
  add(
    "funding off hours",
    "note",
    coin,
    "fundingRate",
    fundingRate,
    (t) => t > 0 && fundingRate[t] !== fundingRate[t - 1] && !settles(openTime[t]!),
  );
  add("funding outlier", "note", coin, "fundingRate", fundingRate, (t) => Math.abs(fundingRate[t]!) > limit);
}

function checkLastBar({ coin, turnover }: CoinBars, add: Add): void {
  const last = turnover.length - 1;
  if (last < QUIET_ROWS) return;
  const least = Math.min(...turnover.subarray(last - QUIET_ROWS, last));
  add("partial last bar", "note", coin, "turnover", turnover, (t) => t === last && turnover[t]! < least);
}

function checkDerived(bars: CoinBars, given: DerivedBars, tolerance: number, add: Add): void {
  for (const name of DERIVED_NAMES) {
    const values = given[name];
    if (!values) continue;
    const { of, scale }: DerivedColumn = DERIVED_COLUMNS[name];
    add("derived mismatch", "warning", bars.coin, name, values, (t) => {
      const expected = of(bars, t);
      if (Number.isNaN(expected)) return false; // its source is missing, which is reported there
      return !(Math.abs(values[t]! - expected) <= tolerance * scale(bars, t));
    });
  }
}
