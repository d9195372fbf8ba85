import { displayed } from "./displayed.ts";
import type { RunResult, RunSeries } from "../experiments/result.ts";
import type { AccountLine } from "./account_line.ts";
import { coinProfitFigure } from "./coin_profit.ts";
import { exposureFigure } from "./exposure.ts";
import type { Figure } from "./figure.ts";
import { monthlyReturnsFigure } from "./monthly_returns.ts";
import { relativeEquity } from "./relative_equity.ts";
import { rollingSharpeFigure } from "./rolling_sharpe.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { strategyLabel } from "./strategy_style.ts";
import type { FigureWidth } from "./theme.ts";
import { underwaterFigure } from "./underwater.ts";
import { requireResult, requireRun, requireRunSeries } from "./run_parts.ts";

/** Bars of a rolling Sharpe ratio: 90 days, or half the rows of a shorter run. */
const WINDOW = 540;
/** Bars of the running share of time in the market: 30 days. */
const MONTH = 180;
/** Strategies that the headline is drawn beside, where a run has them. */
const BESIDE = ["selectionOnly", "buyAndHold"];

/** Accounts of a run that have a series: the headline, then those it is drawn beside. Equity is a multiple of its start. */
export function accountsOf(result: RunResult, series: RunSeries): AccountLine[] {
  requireResult(result, "strategies");
  requireRunSeries(series);
  return [result.headline, ...BESIDE.filter((name) => name !== result.headline)].flatMap((name) => {
    const strategy = result.strategies.find((entry) => entry.name === name), equity = series.equity[name];
    if (!strategy || !equity) return [];
    return [{
      label: strategyLabel(strategy),
      openTime: series.openTime,
      equity: relativeEquity(strategy, equity),
      start: 1,
    }];
  });
}

/** A run as far as these figures need it. */
export interface AccountsRecord {
  /** What the run was and came to. */
  readonly result: RunResult;
  /** Its series. */
  readonly series: RunSeries;
}

/**
 * Figures of a run's headline account over time; none if its series was not kept, no rolling ratio of fewer than four
 * bars, exposure and profit by coin where the run stored them.
 */
export function accountFigures(
  run: AccountsRecord,
  width: FigureWidth = "page",
): readonly Figure[] {
  requireRun(run);
  const { result, series } = run;
  const accounts = accountsOf(result, series), head = { subtitle: runSubtitle(result), width };
  if (!series.equity[result.headline]) return displayed([]);
  const { label } = accounts[0]!, { openTime } = series;
  const window = Math.min(WINDOW, Math.floor(openTime.length / 2));
  const stored = series.accounts?.[result.headline];
  const start = result.strategies.find(({ name }) => name === result.headline)?.startingEquity ??
    result.startingEquity;
  const coins = Object.entries(stored?.coinProfit ?? {}).map(([coin, profit]) => ({ coin, profit }));
  return displayed([
    underwaterFigure(accounts.slice(0, 2), head),
    ...(window >= 2 ? [rollingSharpeFigure(accounts, window, head)] : []),
    monthlyReturnsFigure(accounts[0]!, head),
    ...(stored ? [exposureFigure({ label, openTime, gross: stored.book.grossExposure }, MONTH, head)] : []),
    ...(coins.length > 0 ? [coinProfitFigure({ label, openTime, start, coins }, head)] : []),
  ]);
}
