/**
 * The one proof of no look-ahead (protocol 1.7, T1 and T2): what is known at the close of row t must be the
 * same, bit for bit, whatever the rows after t hold or whether they exist. It returns what it found instead of
 * throwing, so that a planted cheat can be asserted to be caught by the very code that clears the honest runs.
 */
import type { Panel } from "../../market/panel.ts";
import { countLeaves, firstDifference, firstLeafApart } from "./differences.ts";
import type { Trial } from "./trials.ts";

/** Numbers by row. Row `from + i` holds values[i * width .. (i + 1) * width - 1]. */
export interface RowSeries {
  readonly name: string;
  readonly values: Float64Array | Int8Array;
  /** Values per row [1]. */
  readonly width?: number;
  /** Row of the first value [0]. */
  readonly from?: number;
  /** When a row's values are known [close]: what is done at the open of a row may not know how its bar goes on. */
  readonly known?: "open" | "close";
}

/** A plain JSON value (NaN and infinities included) known at the close of a row, such as an iteration's event. */
export interface RowRecord {
  readonly name: string;
  readonly row: number;
  readonly value: unknown;
}

/** All that a computation leaves. */
export interface Outputs {
  readonly series: readonly RowSeries[];
  readonly records?: readonly RowRecord[];
}

/**
 * What is probed. `t` is the last row whose outputs will be looked at; a long computation may stop there.
 */
export type Computation = (panel: Panel, t: number) => Outputs | Promise<Outputs>;

/** Where an output at or before row t differed. */
export interface Violation {
  readonly trial: string;
  readonly t: number;
  readonly output: string;
  readonly row: number;
  readonly whole: string;
  readonly changed: string;
}

/** What a probe found, and over how much: a verdict over nothing clears nothing. */
export interface Verdict {
  readonly violations: readonly Violation[];
  readonly trials: number;
  /** Values compared, over all trials. */
  readonly compared: number;
}

/**
 * Runs a computation on the whole panel and then on every trial, and compares what was known by row t. The
 * whole panel comes first, so that what a shared cache keeps of it shows in a world that is not its own: a
 * series with rows that the panel lacks, or (T2) one in which nothing after row t has changed either. Such a
 * computation is not looking at its panel, and clearing it would clear nothing. (An output of single bars
 * that no scale enters would be called deaf under a tenfold future; probe it together with another.)
 */
export async function probe(
  panel: Panel,
  trials: readonly Trial[],
  compute: Computation,
): Promise<Verdict> {
  const whole = await compute(panel, panel.rows - 1);
  const violations: Violation[] = [];
  let compared = 0;
  for (const trial of trials) {
    const world = trial.panel();
    const outputs = await compute(world, trial.t);
    const found: Found = (output, row, before, after) =>
      violations.push({
        trial: trial.name,
        t: trial.t,
        output,
        row,
        whole: text(before),
        changed: text(after),
      });
    compared += compareSeries(whole.series, outputs.series, trial, world.rows, found);
    compared += compareRecords(knownBy(trial.t, whole.records), knownBy(trial.t, outputs.records), found);
    if (world.rows === panel.rows && isDeaf(whole.series, outputs.series, trial.t)) {
      found("all series", trial.t + 1, "another future", "the same series");
    }
  }
  return { violations, trials: trials.length, compared };
}

type Found = (output: string, row: number, before: unknown, after: unknown) => void;

/** Compares what was known; returns over how many values. `rows` are those of the changed panel. */
function compareSeries(
  whole: readonly RowSeries[],
  changed: readonly RowSeries[],
  trial: Trial,
  rows: number,
  found: Found,
): number {
  const others = new Map(changed.map((series) => [series.name, series.values]));
  let compared = 0;
  for (const { name, values, width = 1, from = 0, known = "close" } of whole) {
    const other = others.get(name);
    if (!other) {
      found(name, trial.t, "a series", "none");
      continue;
    }
    if (other.length > Math.max(0, rows - from) * width) {
      found(name, rows, "no row", "a row that the panel lacks");
    }
    const last = known === "open" && trial.openIsTrue ? trial.t + 1 : trial.t;
    const rowsKnown = Math.max(0, last - from + 1);
    const count = Math.min(rowsKnown * width, Math.max(values.length, other.length));
    const at = firstDifference(values, other, count);
    if (at >= 0) found(name, from + Math.floor(at / width), values[at], other[at]);
    compared += count;
  }
  return compared;
}

/** Records by name and row, up to row t. */
function knownBy(t: number, records: readonly RowRecord[] = []): Map<string, RowRecord> {
  return new Map(
    records.filter(({ row }) => row <= t).map((record) => [`${record.name} @${record.row}`, record]),
  );
}

function compareRecords(
  whole: ReadonlyMap<string, RowRecord>,
  changed: ReadonlyMap<string, RowRecord>,
  found: Found,
): number {
  let compared = 0;
  for (const key of new Set([...whole.keys(), ...changed.keys()])) {
    const before = whole.get(key), after = changed.get(key);
    const apart = firstLeafApart(before?.value, after?.value);
    if (apart) found(key, (before ?? after)!.row, apart[0], apart[1]);
    compared += countLeaves(before?.value);
  }
  return compared;
}

/** True if there are rows after t in both, and none of them differs. */
function isDeaf(whole: readonly RowSeries[], changed: readonly RowSeries[], t: number): boolean {
  const others = new Map(changed.map((series) => [series.name, series.values]));
  let after = 0;
  for (const { name, values, width = 1, from = 0 } of whole) {
    const other = others.get(name);
    if (!other) continue;
    const start = Math.max(0, t + 1 - from) * width;
    const count = Math.min(values.length, other.length) - start;
    if (count <= 0) continue;
    if (firstDifference(values.subarray(start), other.subarray(start), count) >= 0) return false;
    after += count;
  }
  return after > 0;
}

function text(value: unknown): string {
  return (typeof value === "object" ? JSON.stringify(value) : String(value)).slice(0, 80);
}

/** The violations as lines, for a test's message. */
export function report({ violations }: Verdict): string {
  const lines = violations.slice(0, 12).map(({ trial, t, output, row, whole, changed }) =>
    `${output} at row ${row}: ${whole} became ${changed} when rows after ${t} were ${trial}`
  );
  return [`${violations.length} values at or before t know the future`, ...lines].join("\n");
}

/** The names of the outputs that a verdict found fault with. */
export function flagged({ violations }: Verdict): string[] {
  return [...new Set(violations.map(({ output }) => output))].sort();
}
