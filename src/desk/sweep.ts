/** A grid of parameters over one strategy, every one of them counted as a trial. */
import { PROJECT_PLACES } from "../adapters/files/project.ts";
import { recordTrials } from "../adapters/ledger/trial_table.ts";
import { canonicalJson, hashJson, sha256 } from "../core/hash.ts";
import { BARS_PER_YEAR } from "../core/universe.ts";
import { deflatedSharpe, trackRecord } from "../stats/deflated_sharpe.ts";
import { standardDeviation } from "../stats/moments.ts";
import { accountSheet, type QuickMetrics } from "./account_sheet.ts";
import type { AccountOptions } from "./backtest.ts";
import { atPoint, type Grid, type GridValues, points, requireGrid, requireSignals } from "./grid_points.ts";
import { requireKeys } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { SWEEP_KEYS } from "./request_checks.ts";
import type { Signals } from "./signals.ts";
import type { BacktestLimits, Sizing } from "./sizing.ts";
import { settledTerms } from "./trading_terms.ts";

export type { Grid, GridValues };

/** What a sweep trades on, and where its trials are counted. */
export interface SweepOptions extends AccountOptions, Sizing {
  /** What the account must keep to. */
  readonly limits?: BacktestLimits;
  /** JSONL file of trials; the project's own unless given. */
  readonly ledger?: string;
}

/** One point of a grid and what it came to. */
export interface SweepRow<Parameters extends Grid> extends QuickMetrics {
  /** The point of the grid. */
  readonly values: GridValues<Parameters>;
}

/** What a sweep left. */
export interface Sweep<Parameters extends Grid> {
  /** In the order of the grid, the last parameter running fastest; points that the strategy passed over are left out. */
  readonly rows: readonly SweepRow<Parameters>[];
  /** The row with the highest Sharpe ratio. */
  readonly best: SweepRow<Parameters>;
  /** Distinct trials on these rows so far, this sweep's included. */
  readonly trials: number;
  /**
   * Probability that the best one's true Sharpe ratio exceeds what the best of as many trials without skill would be
   * expected to show; null if it never moved.
   */
  readonly deflatedSharpe: number | null;
}

/**
 * Runs a strategy over a grid. The market is made ready once; each point costs its signals and one walk through the
 * bars. Every point is a trial by the strategy's text, its values, the terms and the rows: what the text reads from
 * outside itself is not seen.
 *
 * @param strategy Signals at some values; null passes a point over (such as a fast mean that is slower).
 * @throws {RangeError} If the grid is empty or no object of lists, or signals do not fit the market: at which values.
 * @throws {Error} What the strategy throws, with its values.
 */
export function sweep<const Parameters extends Grid>(
  parameters: Parameters,
  strategy: (values: GridValues<Parameters>, market: Market) => Signals | null,
  options: SweepOptions,
): Sweep<Parameters> {
  requireKeys("Cannot sweep as the options", options, SWEEP_KEYS);
  const { market, ledger = PROJECT_PLACES.trials } = options;
  requireGrid(parameters);
  const sheet = accountSheet(options);
  const rows: SweepRow<Parameters>[] = [];
  let best: SweepRow<Parameters> | null = null, bestReturns = sheet.returns;
  for (const values of points(parameters)) {
    const metrics = atPoint(values, () => {
      const signals = strategy(values, market);
      requireSignals(signals);
      return signals && sheet.run(signals);
    });
    if (metrics === null) continue;
    const row = { values, ...metrics };
    rows.push(row);
    if (best !== null && !(row.sharpe > best.sharpe)) continue;
    best = row;
    bestReturns = sheet.returns.slice();
  }
  if (best === null) {
    throw new RangeError(
      "Cannot sweep as the grid must have at least one point that trades: the strategy passed every one over",
    );
  }
  const keys = trialKeys(rows.map(({ values }) => values), strategy.toString(), options);
  const trials = recordTrials(ledger, "sweep", market.panel.hash, keys);
  return { rows, best, trials, deflatedSharpe: deflated(rows, bestReturns, trials) };
}

/** What makes each point a trial: the strategy, its values, the terms and the rows. */
function trialKeys(
  tried: readonly unknown[],
  strategy: string,
  { market, from, to, leverage, size, risk, limits, startingEquity, ...terms }: SweepOptions,
): string[] {
  const { costs, ...settled } = settledTerms(market, terms);
  const common = hashJson({
    strategy,
    terms: { ...settled, costs: Object.entries(costs).map(String) },
    account: [from, to, leverage, size, risk, startingEquity].map(String),
    limits: limits ?? {},
    rowsHash: market.panel.hash,
  });
  // hashJson({ common, values }), its text put together by hand: a sweep makes thousands
  return tried.map((values) => sha256(`{"common":"${common}","values":${canonicalJson(values)}}`));
}

function deflated(rows: readonly QuickMetrics[], best: Float64Array, trials: number): number | null {
  if (best.every((value) => value === best[0])) return null;
  const perBar = rows.map(({ sharpe }) => sharpe / Math.sqrt(BARS_PER_YEAR));
  return deflatedSharpe(trackRecord(best), trials, perBar.length < 2 ? 0 : standardDeviation(perBar) ** 2);
}
