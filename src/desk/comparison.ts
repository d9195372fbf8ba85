/** Back-tests side by side, in the shape that every figure and table of a run reads. */
import { printable } from "../core/printable.ts";
import { shown } from "../core/shown.ts";
import { displayed } from "../figures/displayed.ts";
import { barsHashOf } from "../market/panel_news.ts";
import { strategySeries, warningsOf } from "../experiments/assemble.ts";
import { accountMetrics } from "../experiments/metrics/account_metrics.ts";
import { RESULT_VERSION, type RunResult, type StrategyResult } from "../experiments/result.ts";
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
  requireComparable(backtests);
  const entries = Object.entries(backtests);
  const { market, from, to, startingEquity, openTime } = entries[0]![1];
  const { panel } = market;
  const result: RunResult = {
    schema: RESULT_VERSION,
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
    riskAgents: [],
    otherPopulationMeans: {},
    changes: null,
    field: null,
    finalCredit: [],
    agentPerformance: [],
    researcherQuality: [],
  };
  const equity = Object.fromEntries(entries.map(([name, one]) => [name, one.equity]));
  const accounts = Object.fromEntries(
    entries.map(([name, { account, coins }]) => [name, strategySeries(account, coins)]),
  );
  return { result, series: { openTime, equity, accounts }, events: [] };
}

/**
 * Refuses back-tests that cannot stand side by side: paired bars of two markets would give a number all the same.
 *
 * @throws {RangeError} If there is none, one is no back-test, or they are of different markets or rows.
 */
export function requireComparable(backtests: NamedBacktests): void {
  if (typeof backtests !== "object" || backtests === null) {
    throw new RangeError(
      `Cannot compare back-tests as they must come under names, { "My rule": test }: current value is ${
        shown(backtests)
      }`,
    );
  }
  const entries = Object.entries(backtests), first = entries[0]?.[1];
  if (first === undefined) throw new RangeError("Cannot compare back-tests as there must be at least one");
  const stranger = entries.find(([, one]) => typeof one?.market?.panel?.hash !== "string");
  if (stranger) {
    throw new RangeError(
      `Cannot compare back-tests as each must be what backtest(...) gives, under a name, { "My rule": test }: ${
        printable(stranger[0])
      } is none`,
    );
  }
  const { market, from, to } = first;
  const odd = entries.find(([, one]) =>
    barsHashOf(one.market.panel) !== barsHashOf(market.panel) || one.from !== from || one.to !== to
  );
  if (odd) {
    const [name, one] = odd,
      other = barsHashOf(one.market.panel) === barsHashOf(market.panel) ? "" : " of another market";
    throw new RangeError(
      `Cannot compare back-tests as all must be of one market and the same rows, ${from} to ${to - 1}: ${
        printable(name)
      } is of rows ${one.from} to ${one.to - 1}${other}`,
    );
  }
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
