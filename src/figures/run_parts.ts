/** What is drawn of a run comes in parts: its result, its series, its events. Another thing in their place is told so. */
import { printable } from "../core/printable.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { RunResult, RunSeries } from "../experiments/result.ts";

/**
 * Refuses what is no result of a run, a whole run above all.
 *
 * @param part What is read of it.
 * @throws {RangeError} With what it is, and what to write.
 */
export function requireResult<Part extends keyof RunResult>(
  given: Pick<RunResult, Part>,
  part: Part,
): void {
  requirePart(given, part, "a run's result, run.result");
}

/** Refuses what is no series of a run. @throws {RangeError} With what it is, and what to write. */
export function requireRunSeries(given: Pick<RunSeries, "equity">): void {
  requirePart(given, "equity", "a run's series, run.series");
}

/** Refuses what are no events of a run. @throws {RangeError} With what it is, and what to write. */
export function requireEvents(given: readonly RecordedEvent[]): void {
  requirePart(given, "filter", "a run's events, run.events");
}

/** Refuses what is no run: what a notebook loads, or what `comparison` makes of back-tests. @throws {RangeError} As above. */
export function requireRun(given: { readonly result: unknown; readonly series: unknown }): void {
  requirePart(given, "result", "a run, as loadRun(folder) or comparison(backtests) gives");
  requirePart(given, "series", "a run, as loadRun(folder) or comparison(backtests) gives");
}

function requirePart(given: unknown, part: string, what: string): void {
  const parts = typeof given === "object" && given !== null ? given as Readonly<Record<string, unknown>> : {};
  if (parts[part] !== undefined && !("trades" in parts)) return; // a back-test has an equity of its own
  throw new RangeError(
    `Cannot read this as it must be ${what}: it is ${whatItIs(given, Object.keys(parts))}`,
  );
}

function whatItIs(given: unknown, parts: readonly string[]): string {
  if (given instanceof Promise) return "a promise; write await before it";
  if (parts.includes("result") && parts.includes("series")) {
    return "the whole run; write the part after a dot";
  }
  if (parts.includes("trades")) return "a back-test; comparison({ mine: it }) makes a run of it";
  return parts.length > 0
    ? `an object of ${printable(parts.slice(0, 6).join(", "))}`
    : printable(String(given), 60);
}
