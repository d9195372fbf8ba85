/** Back-tests side by side, in the shape that every figure and table of a run reads. */
import { displayed } from "../figures/displayed.ts";
import { strategySeries, warningsOf } from "../experiments/assemble.ts";
import { accountMetrics } from "../experiments/metrics/account_metrics.ts";
import type { RunResult, StrategyResult } from "../experiments/result.ts";
import { EVENTS_VERSION } from "../events/event.ts";
import { costsFigure } from "../figures/costs.ts";
import { drawdownFigure } from "../figures/drawdown.ts";
import { equityFigure } from "../figures/equity.ts";
import type { Figure } from "../figures/figure.ts";
import { day } from "../figures/format.ts";
import { resultTable } from "../figures/result_table.ts";
import type { RunRecord } from "../figures/run_figures.ts";
import { sourceText } from "../figures/run_subtitle.ts";
import { sharpeIntervalsFigure } from "../figures/sharpe_intervals.ts";
import type { Table } from "../figures/table.ts";
import type { Backtest } from "./backtest.ts";

/** Back-tests by the names they are shown under. */
export type NamedBacktests = Readonly<Record<string, Backtest>>;

/**
 * Puts back-tests together as a run: result, series and no events. The first is drawn thick, the others are its
 * references.
 *
 * @throws {RangeError} If there is none, or they are of different markets or rows.
 */
export function comparison(backtests: NamedBacktests): RunRecord {
  const entries = Object.entries(backtests), first = entries[0]?.[1];
  if (first === undefined) throw new RangeError("Cannot compare back-tests as there must be at least one");
  const { market, from, to, startingEquity } = first;
  const odd = entries.find(([, one]) =>
    one.market.panel.hash !== market.panel.hash || one.from !== from || one.to !== to
  );
  if (odd) {
    throw new RangeError(
      `Cannot compare back-tests as all must be of one market and the same rows, ${from} to ${to - 1}: ${
        odd[0]
      } is of ` +
        `rows ${odd[1].from} to ${odd[1].to - 1}`,
    );
  }
  const { panel } = market;
  const result: RunResult = {
    schema: 2,
    command: "multi",
    source: panel.source,
    rowsHash: panel.hash,
    config: {},
    configHash: panel.hash,
    seed: 0,
    startingEquity,
    reported: { from, to: to - 1, start: panel.openTime[from]!, end: panel.openTime[to - 1]! },
    iterations: 0,
    events: EVENTS_VERSION,
    headline: entries[0]![0],
    warnings: warningsOf(panel),
    strategies: entries.map(([name, one], i) => strategyOf(name, one, i === 0)),
    populationMean: null,
    populationMeanInSample: null,
    otherPopulationMeans: {},
    field: null,
    finalCredit: [],
    agentPerformance: [],
    researcherQuality: [],
  };
  const equity = Object.fromEntries(entries.map(([name, one]) => [name, one.equity]));
  const accounts = Object.fromEntries(
    entries.map(([name, { account, coins }]) => [name, strategySeries(account, coins)]),
  );
  return { result, series: { openTime: first.openTime, equity, accounts }, events: [] };
}

function strategyOf(
  name: string,
  { startingEquity, metrics, account, from, openTime, coins }: Backtest,
  headline: boolean,
): StrategyResult {
  const kind = headline ? "population" : "reference";
  return {
    name,
    label: name,
    kind,
    note: "A back-test.",
    startingEquity,
    accounts: 1,
    metrics,
    account: accountMetrics(account, { from, openTime, coins }),
    fieldPercentile: null,
  };
}

/** Figures of back-tests: equity, drawdown, Sharpe ratios with their intervals, what trading cost. */
export function backtestFigures(backtests: NamedBacktests): Figure[] {
  const { result, series } = comparison(backtests);
  const { start, end } = result.reported;
  const subtitle = `${sourceText(result.source)}; ${day(start)} to ${day(end)}`;
  const titles = ["Equity", "Drawdown", "Sharpe ratios", "What trading cost"];
  return displayed([
    equityFigure(result, series),
    drawdownFigure(result, series),
    sharpeIntervalsFigure(result),
    costsFigure(result),
  ].map((figure, i) => displayed({ ...figure, title: titles[i]!, subtitle })));
}

/** Returns, risk and costs of back-tests as a table. */
export function backtestTable(backtests: NamedBacktests): Table {
  const { result } = comparison(backtests);
  return displayed({
    ...resultTable(result),
    title: "Back-tests",
    caption:
      `${
        sourceText(result.source)
      }. All trade the same rows through the same event loop, each at its own costs. ` +
      "SE: standard error of the annual Sharpe ratio. The first is in bold.",
  });
}
