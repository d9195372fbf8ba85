/** What every method of every pool gives, as outputs by row: who adds a method adds it to the proof. */
import type { Method } from "../../inventory/method.ts";
import { type PoolName, POOLS } from "../../inventory/pools.ts";
import { type Panel, truncatePanel } from "../../market/panel.ts";
import type { ResidualSampler } from "../../inventory/researcher/uncertainty/sampler.ts";
import { PROBES, type RowSeries } from "./method_inputs.ts";
import type { Outputs } from "./probe.ts";

/** A method of any pool. */
export interface PooledMethod {
  readonly pool: PoolName;
  readonly key: string;
  readonly method: Method<unknown, unknown>;
}

/**
 * Pools whose methods have no output by row: a sampler draws of the residuals that it is given, and the residuals' last row is named in the
 * call. What comes of it stands in the forecasts of the methods that draw.
 */
const WITHOUT_ROWS: readonly PoolName[] = ["researcher.uncertainty"];

/** Rows that a method which can go on is asked for after its first call. */
const GONE_ON = 36;

/** All methods of all pools as they are now, but for those without rows. */
export function pooledMethods(): PooledMethod[] {
  return (Object.keys(POOLS) as PoolName[]).filter((pool) => !WITHOUT_ROWS.includes(pool)).flatMap((pool) =>
    Object.entries(POOLS[pool]).map(([key, method]) => ({
      pool,
      key,
      method: method as Method<unknown, unknown>,
    }))
  );
}

/** What a method is asked on a panel. */
function inputOf({ pool, key }: PooledMethod, panel: Panel): unknown {
  return (PROBES[pool].input as (panel: Panel, key: string) => unknown)(panel, key);
}

/** The series of a method's output; what is said of stretches of rows ends with the panel. */
function seriesOf({ pool, key }: PooledMethod, output: unknown, rows: number, how: string): RowSeries[] {
  const series = (PROBES[pool].series as (output: unknown) => readonly RowSeries[])(output);
  return series.map(({ name, values, width }, i) => ({
    name: `${pool} ${key}${how} ${name} ${i}`,
    values: values.subarray(0, rows * width),
    width,
  }));
}

/** The series of one method on a panel. */
export function methodSeries(method: PooledMethod, panel: Panel): RowSeries[] {
  return seriesOf(method, method.method.run(inputOf(method, panel), method.method.start), panel.rows, "");
}

/** The same where it goes on from what it gave for all but the last rows: what it carries may not know them. */
function resumedSeries(pooled: PooledMethod, panel: Panel): RowSeries[] {
  const { method } = pooled, first = panel.rows - GONE_ON;
  if (method.resume === undefined || first < 2) return [];
  const before = method.run(inputOf(pooled, truncatePanel(panel, first)), method.start);
  return seriesOf(
    pooled,
    method.resume(before, inputOf(pooled, panel), method.start),
    panel.rows,
    " gone on",
  );
}

/** Rows behind a draw of a sampler, and bars that it sums. */
const WINDOW = 50, HORIZON = 3;

/** What a sampler draws at each row of a panel, of residuals that go on to the panel's end: least, middle and largest. */
export function samplerSeries(pooled: PooledMethod, panel: Panel): RowSeries[] {
  const { draws, sums } = pooled.method.run(inputOf(pooled, panel), pooled.method.start) as ResidualSampler;
  const residuals = panel.coins.map(({ close }) =>
    close.map((price, t) => t === 0 ? 0 : price / close[t - 1]! - 1)
  );
  const out = new Float64Array(draws), values = new Float64Array(3 * panel.rows);
  for (let t = WINDOW + 1; t < panel.rows; t++) {
    sums(residuals, t, WINDOW, HORIZON, out);
    values.set([out[0]!, out[draws >> 1]!, out[draws - 1]!], 3 * t);
  }
  return [{ name: `${pooled.pool} ${pooled.key} draws`, values, width: 3 }];
}

/** What some methods give on a panel. */
export function methodsOutputs(methods: readonly PooledMethod[], panel: Panel): Outputs {
  return {
    series: methods.flatMap((method) => [...methodSeries(method, panel), ...resumedSeries(method, panel)]),
  };
}

/** What all methods give on a panel. */
export const methodOutputs = (panel: Panel): Outputs => methodsOutputs(pooledMethods(), panel);
