import { UserError } from "../core/user_error.ts";
import type { RunResult } from "../experiments/result.ts";
import { metricsText } from "../report/text/metrics_text.ts";

/** How `--metrics` is described. */
export const METRICS_FLAG = ["--metrics <which>", "tables to print: usual or all", "usual"] as const;

/** What `--metrics` adds to the usual tables, in blocks; none without it. @throws {UserError} If it is neither usual nor all. */
export function furtherMetrics(which: string): (result: RunResult) => readonly string[] {
  if (which !== "usual" && which !== "all") {
    throw new UserError(`Cannot read --metrics as it must be usual or all: current value is ${which}`);
  }
  return (result) => which === "all" ? [metricsText(result)] : [];
}
