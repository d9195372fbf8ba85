import { BAR_MS } from "../../core/universe.ts";
import type { FileForm } from "./file_form.ts";
import type { Add, QualityIssue } from "./finding.ts";

/** Checks the times of all rows, and whether the last bar had closed. */
export function checkTimes({ openTime, quietLastBar }: FileForm, now: number | null, add: Add): void {
  const find = (issue: QualityIssue, weight: (row: number) => number | boolean) =>
    add(issue, "error", null, "openTime", openTime, weight);
  const step = (row: number) => row === 0 ? BAR_MS : openTime[row]! - openTime[row - 1]!;
  find("gap", (row) => step(row) > BAR_MS ? Math.ceil(step(row) / BAR_MS) - 1 : 0);
  find("duplicate", (row) => step(row) === 0);
  find("disorder", (row) => step(row) < 0);
  find("off grid", (row) => openTime[row]! % BAR_MS !== 0);
  const last = openTime.length - 1;
  find("partial last bar", (row) => row === last && now !== null && openTime[row]! + BAR_MS > now);
  for (const coin of quietLastBar) {
    add("partial last bar", "note", coin, "turnover", NO_VALUES, (row) => row === last);
  }
}

/** The last bar may be sealed: that it is quiet is said, how quiet is not. */
const NO_VALUES = new Float64Array(0);
