import type { RunResult, RunSeries } from "../experiments/result.ts";
import type { AccountLine } from "./account_line.ts";
import type { Figure } from "./figure.ts";
import { monthlyReturnsFigure } from "./monthly_returns.ts";
import { relativeEquity } from "./relative_equity.ts";
import { rollingSharpeFigure } from "./rolling_sharpe.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { strategyLabel } from "./strategy_style.ts";
import type { FigureWidth } from "./theme.ts";
import { underwaterFigure } from "./underwater.ts";

/** Bars of a rolling Sharpe ratio: 90 days, or half the rows of a shorter run. */
const WINDOW = 540;
/** Strategies that the headline is drawn beside, where a run has them. */
const BESIDE = ["selectionOnly", "buyAndHold"];

/** Accounts of a run that have a series: the headline, then those it is drawn beside. Equity is a multiple of its start. */
export function accountsOf(result: RunResult, series: RunSeries): AccountLine[] {
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

/** Figures of a run's headline account over time; none if its series was not kept, no rolling ratio of fewer than four bars. */
export function accountFigures(
  { result, series }: { readonly result: RunResult; readonly series: RunSeries },
  width: FigureWidth = "page",
): readonly Figure[] {
  const accounts = accountsOf(result, series), head = { subtitle: runSubtitle(result), width };
  if (!series.equity[result.headline]) return [];
  const window = Math.min(WINDOW, Math.floor(series.openTime.length / 2));
  return [
    underwaterFigure(accounts.slice(0, 2), head),
    ...(window >= 2 ? [rollingSharpeFigure(accounts, window, head)] : []),
    monthlyReturnsFigure(accounts[0]!, head),
  ];
}
