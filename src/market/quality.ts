/** The quality report: what is odd about bars. It reports and never repairs. */
import { formatTime } from "../core/time.ts";
import type { DerivedBars } from "./derived_columns.ts";
import { COLUMN_NAMES, type ColumnName, type Panel } from "./panel.ts";
import { checkCoins } from "./quality/coins.ts";
import { checkDerived } from "./quality/derived.ts";
import { type FileForm, formOf } from "./quality/file_form.ts";
import { createFinder, type QualityFinding } from "./quality/finding.ts";
import { checkApart, checkCandles, checkPremium } from "./quality/prices.ts";
import { QUALITY_DEFAULTS, type QualitySettings } from "./quality/settings.ts";
import { checkTimes } from "./quality/times.ts";
import { checkFunding, checkInterestUnit, checkTrading } from "./quality/trading.ts";
import { checkValues } from "./quality/values.ts";

export { QUALITY_ISSUES, type QualityFinding, type QualityIssue, type Severity } from "./quality/finding.ts";
export { QUALITY_DEFAULTS, type QualitySettings } from "./quality/settings.ts";

/** What the report found. Nothing is repaired; the panel stays as it was. */
export interface QualityReport {
  /** Rows that were looked at. */
  readonly rows: number;
  /** First open, UTC. */
  readonly from: string;
  /** Last open, UTC. */
  readonly to: string;
  /** In the order in which they were looked for. */
  readonly findings: readonly QualityFinding[];
}

/**
 * Looks for gaps, duplicates, impossible, missing and stale values, prices, amounts and coins that disagree with one
 * another, and whatever else the bars' conventions rule out. An empty list of findings is a clean bill.
 *
 * @param derived Columns of the files that follow from others.
 * @param form Times of all rows of the source, sealed ones too; those of the panel unless given.
 */
export function qualityReport(
  panel: Panel,
  derived: readonly DerivedBars[] = [],
  settings: QualitySettings = QUALITY_DEFAULTS,
  form: FileForm = formOf(panel),
): QualityReport {
  const findings: QualityFinding[] = [];
  const add = createFinder(panel.openTime, findings);
  checkTimes(form, settings.now, createFinder(form.openTime, findings));
  const columns = new Set<ColumnName>(COLUMN_NAMES.filter((name) => !panel.missing.includes(name)));
  for (const [i, bars] of panel.coins.entries()) {
    checkValues(bars, columns, settings.staleRows, add);
    checkCandles(bars, columns, settings, add);
    checkApart(bars, columns, settings, add);
    checkPremium(bars, columns, settings, add);
    checkTrading(bars, columns, settings, add);
    if (columns.has("openInterest") && panel.source.kind !== "synthetic") {
      checkInterestUnit(bars, settings, add);
    }
    if (columns.has("fundingRate")) {
      checkFunding(bars, panel.openTime, panel.instruments[i]!, settings, add);
    }
  }
  checkCoins(panel, settings, add);
  for (const given of derived) {
    const bars = panel.coins.find(({ coin }) => coin === given.coin)!;
    checkDerived(bars, given, columns, settings.derivedTolerance, add);
  }
  return {
    rows: panel.rows,
    from: formatTime(panel.openTime[0]!),
    to: formatTime(panel.openTime[panel.rows - 1]!),
    findings,
  };
}
