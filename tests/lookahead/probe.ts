/**
 * The one proof of no look-ahead (protocol 1.7, T1 and T2): what is known at the close of row t must be the
 * same, bit for bit, whatever the rows after t hold or whether they exist. It returns what it found instead of
 * throwing, so that a planted cheat can be asserted to be caught by the very code that clears the honest runs.
 */
import { Buffer } from "node:buffer";
import {
  type CoinBars,
  COLUMN_NAMES,
  type ColumnName,
  createPanel,
  type Panel,
  truncatePanel,
} from "popagent/market/panel.ts";

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

/** A panel that equals the whole one in rows 0..t. */
export interface Trial {
  readonly name: string;
  readonly t: number;
  readonly panel: () => Panel;
  /** True if the open of row t+1 is the true one as well. */
  readonly openIsTrue: boolean;
}

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

/** T1: the panel as it was when row t had just closed. */
export function cuts(panel: Panel, rows: readonly number[]): Trial[] {
  return rows.map((t) => ({ name: "cut", t, panel: () => truncatePanel(panel, t + 1), openIsTrue: false }));
}

/** The columns that an order at the open of a row meets. */
const OPENING: readonly ColumnName[] = ["open", "markOpen", "fundingRate"];

type Replace = (panel: Panel, coin: number, name: ColumnName, t: number) => Float64Array;

/** T2: ways to replace the rows after t of a column by what never happened. */
export const FUTURES = {
  tenfold: (panel, coin, name, t) => panel.coins[coin]![name].slice(t + 1).map((value) => 10 * value),
  reversed: (panel, coin, name, t) => panel.coins[coin]![name].slice(t + 1).reverse(),
  otherCoin: (panel, coin, name, t) => panel.coins[(coin + 1) % panel.coins.length]![name].slice(t + 1),
  missing: (panel, coin, name, t) => panel.coins[coin]![name].slice(t + 1).fill(NaN),
  /** Tenfold but for the open of row t+1: whatever happens at that open must not know more. */
  afterOpen: (panel, coin, name, t) => {
    const column = panel.coins[coin]![name];
    const future = column.slice(t + 1).map((value) => 10 * value);
    if (OPENING.includes(name) && future.length > 0) future[0] = column[t + 1]!;
    return future;
  },
} as const satisfies Record<string, Replace>;
export type FutureName = keyof typeof FUTURES;

/** The panel with its rows after t replaced. */
export function withFuture(panel: Panel, t: number, future: FutureName): Panel {
  const coins = panel.coins.map((bars, coin) => {
    const columns = COLUMN_NAMES.map((name) => {
      const column = bars[name].slice();
      column.set(FUTURES[future](panel, coin, name, t), t + 1);
      return [name, column];
    });
    return { coin: bars.coin, ...Object.fromEntries(columns) } as CoinBars;
  });
  return createPanel(coins, panel.openTime, panel.source);
}

/** T2 at each of the rows: all futures, or the ones named. */
export function futures(
  panel: Panel,
  rows: readonly number[],
  names: readonly FutureName[] = Object.keys(FUTURES) as FutureName[],
): Trial[] {
  return rows.flatMap((t) =>
    names.map((name) => ({
      name,
      t,
      panel: () => withFuture(panel, t, name),
      openIsTrue: name === "afterOpen",
    }))
  );
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

/** Index of the first of `count` values that differ in their bits (all NaNs are one), or -1. */
export function firstDifference(a: RowSeries["values"], b: RowSeries["values"], count: number): number {
  if (a.length >= count && b.length >= count && a.constructor === b.constructor) {
    const bytes = count * a.BYTES_PER_ELEMENT;
    const same = Buffer.from(a.buffer, a.byteOffset, bytes).equals(
      Buffer.from(b.buffer, b.byteOffset, bytes),
    );
    if (same) return -1;
  }
  for (let i = 0; i < count; i++) if (!Object.is(a[i], b[i])) return i; // tells -0 from 0, but no NaN from another
  return -1;
}

/** The first pair of leaves that differ, or null. */
function firstLeafApart(a: unknown, b: unknown): [unknown, unknown] | null {
  if (Object.is(a, b)) return null;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return [a, b];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const apart = firstLeafApart((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]);
    if (apart) return apart;
  }
  return null;
}

function countLeaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, item) => sum + countLeaves(item), 0);
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
