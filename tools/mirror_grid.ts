/** Equity curves of a finished grid of mirrored committees, market by market. */
import { gridCells } from "../src/adapters/ledger/grid_frame.ts";
import { resultFiles } from "../src/adapters/ledger/result_files.ts";
import { storePlaces } from "../src/adapters/ledger/store_folder.ts";
import { readParquetSeries } from "../src/adapters/runs/parquet_series.ts";
import { BARS_PER_YEAR } from "../src/core/universe.ts";
import { FLIP_ROW } from "../src/market/synthetic/worlds.ts";
import { pairedTest } from "../src/stats/paired.ts";
import { annualSharpe } from "../src/stats/sharpe.ts";

/** One cell: who traded which market, and what each strategy of it earned. */
export interface MirrorCell {
  /** Name of the arm; null for a job beside the arms. */
  readonly arm: string | null;
  readonly market: string;
  readonly seed: number;
  /** First reported row of the market. */
  readonly from: number;
  /** Annual Sharpe ratio over all reported rows of every strategy. */
  readonly whole: Readonly<Record<string, number>>;
  /** Net return of each reported bar after the first by wanted strategy, a fraction. */
  readonly returns: Readonly<Record<string, Float64Array>>;
}

/** The cells of a finished grid, one after the other, with the returns of the strategies that `wanted` names: each has an account. */
export async function* mirrorCells(
  grid: string,
  store: string,
  wanted: (name: string) => boolean,
): AsyncGenerator<MirrorCell> {
  const results = resultFiles(storePlaces(store).results);
  for (const { arm, market, marketSeed, series, outcome } of gridCells(grid, { store })) {
    const { equity } = await readParquetSeries(results.path(series!, "parquet"));
    const kept = outcome.strategies.filter(({ name }) => wanted(name));
    const all = outcome.strategies.map(({ name, metrics }) => [name, metrics.sharpe] as const);
    yield {
      arm,
      market,
      seed: marketSeed!,
      from: outcome.reported.from,
      whole: Object.fromEntries(all),
      returns: Object.fromEntries(kept.map(({ name }) => [name, returnsOf(equity[name]!)])),
    };
  }
}

/** Return of each bar after the first. */
function returnsOf(equity: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: equity.length - 1 }, (_, t) => equity[t + 1]! / equity[t]! - 1);
}

/** Annual Sharpe ratio of the year from the row on at which the edge of a flip world turns round. */
export function yearAfterFlip({ from }: Pick<MirrorCell, "from">, returns: Float64Array): number {
  const at = FLIP_ROW - from - 1;
  return annualSharpe(returns.subarray(at, at + BARS_PER_YEAR));
}

/** Mean and standard error over markets, "+0.08 (0.02)". */
export function estimate(values: readonly number[]): string {
  const { mean, se } = pairedTest(values);
  return `${mean < 0 ? "-" : "+"}${Math.abs(mean).toFixed(2)} (${se.toFixed(2)})`;
}
