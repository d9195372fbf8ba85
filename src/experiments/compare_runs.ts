/** Two runs side by side: which settings differ, and by how much each strategy's result does on the bars of both. */
import { type Rng, rng } from "../core/rng.ts";
import { shown } from "../core/shown.ts";
import { isConstant } from "../stats/constant.ts";
import { annualSharpe } from "../stats/sharpe.ts";
import type { RunResult, RunSeries } from "./result.ts";
import { LEAST_ROWS, sharpeEstimate } from "./sharpe_estimate.ts";

/** What is compared of a run. */
export interface ComparedRun {
  /** What it was and what it came to. */
  readonly result: RunResult;
  /** Its series. */
  readonly series: RunSeries;
}

/** A setting by its path and its value in each run; undefined where a run does not read it. */
export interface SettingDifference {
  /** Its keys, joined by dots. */
  readonly path: string;
  /** In the first run. */
  readonly a: unknown;
  /** In the second run. */
  readonly b: unknown;
}

/** The difference of one strategy's results, first run minus second, over the bars of both. */
export interface StrategyDifference {
  /** Its name in both runs. */
  readonly name: string;
  /** Its name for readers. */
  readonly label: string;
  /** Annual Sharpe ratio of simple net returns over the common bars, of the first run. */
  readonly a: number;
  /** Of the second run. */
  readonly b: number;
  /** First minus second. */
  readonly difference: number;
  /**
   * Standard error of the difference (HAC), its 95 % interval and the two-sided p-value of "equal", by Ledoit and Wolf's
   * studentised bootstrap (2008), as a run's headline has them; null where there is none: fewer than 20 bars, or an
   * account that never moved.
   */
  readonly test:
    | { readonly se: number; readonly low: number; readonly high: number; readonly p: number }
    | null;
}

/** Two runs compared. */
export interface RunComparison {
  /** Settings that differ. */
  readonly settings: readonly SettingDifference[];
  /** True if both ran on the same bars; if not, bars of one time are paired whatever they hold. */
  readonly sameRows: boolean;
  /** Bars on which both have returns. */
  readonly bars: number;
  /** The first and the last of these bars, ms UTC; null if there are none. */
  readonly span: { readonly start: number; readonly end: number } | null;
  /** Strategies that both have. */
  readonly strategies: readonly StrategyDifference[];
  /** Strategies that only one of the two has. */
  readonly alone: { readonly a: readonly string[]; readonly b: readonly string[] };
}

/** Compares what is stored of two runs. @throws {RangeError} If one is none. */
export function compareRuns(a: ComparedRun, b: ComparedRun): RunComparison {
  for (const run of [a, b]) {
    if (run?.result && run.series) continue;
    throw new RangeError(
      `Cannot compare runs as each must be what loadRun(folder), readRun or runPopulation gives, compareRuns(a, b): ` +
        `current value is ${shown(run)}`,
    );
  }
  const names = (run: ComparedRun) => run.result.strategies.filter(({ name }) => run.series.equity[name]);
  const common = names(a).filter(({ name }) => b.series.equity[name]);
  const alone = (one: ComparedRun, other: ComparedRun) =>
    names(one).filter(({ name }) => !other.series.equity[name]).map(({ label }) => label);
  const rows = commonRows(a.series.openTime, b.series.openTime);
  const first = rows.at(0), last = rows.at(-1);
  return {
    settings: settingDifferences(a.result.config, b.result.config),
    sameRows: a.result.rowsHash === b.result.rowsHash,
    bars: rows.length,
    span: first && last ? { start: a.series.openTime[first[0]]!, end: a.series.openTime[last[0]]! } : null,
    strategies: rows.length < 2 ? [] : common.map(({ name, label }) => ({
      name,
      label,
      ...differenceOf(
        returnsOf(a, name, rows.map(([row]) => row)),
        returnsOf(b, name, rows.map(([, row]) => row)),
        () => rng("sharpe comparison of runs", a.result.seed, b.result.seed, name),
      ),
    })),
    alone: { a: alone(a, b), b: alone(b, a) },
  };
}

/** Settings that two configurations have different values of, by path; lists count as one value. */
export function settingDifferences(a: unknown, b: unknown, path = ""): SettingDifference[] {
  const isTree = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (isTree(a) && isTree(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => settingDifferences(a[key], b[key], path === "" ? key : `${path}.${key}`));
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ path, a, b }];
}

/** Rows of both runs that open at one time; [row of a, row of b]. */
function commonRows(a: Float64Array, b: Float64Array): [a: number, b: number][] {
  const rowOf = new Map(Array.from(b, (time, row) => [time, row]));
  return Array.from(a).flatMap((time, row) => {
    const other = rowOf.get(time);
    return other === undefined ? [] : [[row, other] as [number, number]];
  });
}

/** Simple returns of a strategy over some of its rows. A mean over accounts starts where all accounts do. */
function returnsOf({ result, series }: ComparedRun, name: string, rows: readonly number[]): Float64Array {
  const equity = series.equity[name]!;
  const stated = result.strategies.find((one) => one.name === name)?.startingEquity;
  const start = stated ?? result.startingEquity;
  return Float64Array.from(rows, (row) => {
    const before = row === 0 ? start : equity[row - 1]!;
    return before > 0 ? equity[row]! / before - 1 : 0;
  });
}

function differenceOf(
  x: Float64Array,
  y: Float64Array,
  random: () => Rng,
): Omit<StrategyDifference, "name" | "label"> {
  const a = annualSharpe(x), b = annualSharpe(y);
  if (x.length < LEAST_ROWS || isConstant(x) || isConstant(y)) {
    return { a, b, difference: a - b, test: null };
  }
  const { difference, error, lower, upper, p } = sharpeEstimate(x, y, random());
  return { a, b, difference, test: { se: error, low: lower, high: upper, p } };
}
