/**
 * Recursive start-up (protocol 1.7, T5): a column that is computed from the last K rows must come to what it is with all rows before it, or
 * it depends on where somebody happened to begin.
 */
import { CATALOGUE, type CatalogueEntry, columnBars } from "../../features/catalogue.ts";
import { type Panel, slicePanel } from "../../market/panel.ts";
import { methodSeries, pooledMethods } from "./method_outputs.ts";
import type { RowSeries } from "./probe.ts";

/** Rows before the one that is looked at (the defaults of freqtrade's recursive analysis). */
export const START_UPS = [199, 399, 499, 999, 1999] as const;
/** Largest relative difference that counts as none. */
const TOLERANCE = 1e-6;
/** Values below it are compared with it: a relative difference of nothing means nothing. */
const FLOOR = 1e-6;

/** What is looked at: whole series of a panel. */
export type Columns = (panel: Panel) => readonly RowSeries[];

/** How much of its past a column remembers. */
export interface Memory {
  readonly name: string;
  /** Fewest rows of START_UPS after which it is what it is with all rows; null where none of them is enough. */
  readonly rows: number | null;
  /** Largest relative difference after the most rows. */
  readonly worst: number;
}

/** How much of its past each column remembers, at rows `at` of the panel; the first needs the most start-up rows before it. */
export function memories(panel: Panel, at: readonly number[], columns: Columns): Memory[] {
  const whole = new Map(columns(panel).map((series) => [series.name, series]));
  const worst = START_UPS.map((rows) => {
    const differences = new Map<string, number>();
    for (const t of at) {
      for (const { name, values, width = 1 } of columns(slicePanel(panel, t - rows, t + 1))) {
        const all = whole.get(name)!.values;
        for (let i = 1; i <= width; i++) {
          const apart = difference(values[values.length - i]!, all[(t + 1) * width - i]!);
          differences.set(name, Math.max(differences.get(name) ?? 0, apart));
        }
      }
    }
    return differences;
  });
  return [...whole.keys()].map((name) => {
    const byRows = worst.map((differences) => differences.get(name)!);
    const enough = byRows.findIndex((_, i) => byRows.slice(i).every((value) => value < TOLERANCE));
    return { name, rows: START_UPS[enough] ?? null, worst: byRows.at(-1)! };
  });
}

function difference(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const apart = Math.abs(a - b) / Math.max(Math.abs(b), FLOOR);
  return Number.isNaN(apart) ? Infinity : apart; // one of them is missing
}

/** Readings that weigh filters by how likely each was over all rows so far: they remember their past by design, as whatever is fitted on it does. */
const REMEMBERS: readonly string[] = ["kalmanLevel", "kalmanTrend"];

/** Every column of the catalogue but news, of one coin, and every analyst's reading that fits nothing: none may remember its start. */
export function forgetfulColumns(panel: Panel): RowSeries[] {
  const bars = columnBars(panel, 0);
  const columns = Object.entries(CATALOGUE as Readonly<Record<string, CatalogueEntry>>)
    .filter(([, { ofNews }]) => !ofNews)
    .map(([name, { compute, defaults }]) => ({ name, values: compute(bars, defaults) }));
  const readings = pooledMethods().filter(({ pool, key, method }) =>
    pool === "analyst.features" && method.refitEvery === 1 && !REMEMBERS.includes(key)
  );
  return [...columns, ...readings.flatMap((method) => methodSeries(method, panel))];
}
