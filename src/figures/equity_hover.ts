import { BAR_MS } from "../core/universe.ts";
import type { RunResult, RunSeries } from "../experiments/result.ts";
import { decimal } from "./format.ts";
import { type LinesHover, readRows } from "./hover.ts";
import { relativeEquity } from "./relative_equity.ts";
import { strategyLabel, type StrategyStyle } from "./strategy_style.ts";
import { minute } from "./time_panel.ts";

/** What a pointer reads in the equity figure: every strategy's multiple of its start at the nearest close, the highest last value first. */
export function equityHover(
  result: RunResult,
  series: RunSeries,
  styles: ReadonlyMap<string, StrategyStyle>,
): LinesHover {
  const rows = readRows(series.openTime.length);
  const closes = rows.map((row) => series.openTime[row]! + BAR_MS);
  const lines = result.strategies.filter(({ name }) => series.equity[name] !== undefined)
    .map((strategy) => ({ strategy, equity: relativeEquity(strategy, series.equity[strategy.name]!) }))
    .sort((a, b) => b.equity.at(-1)! - a.equity.at(-1)!);
  return {
    kind: "lines",
    x: closes,
    heads: closes.map(minute),
    lines: lines.map(({ strategy, equity }) => ({
      label: strategyLabel(strategy),
      colour: styles.get(strategy.name)!.colour,
      y: rows.map((row) => (equity[row]! > 0 ? equity[row]! : NaN)), // a log axis has no place for nothing
      texts: rows.map((row) => `${decimal(equity[row]!, 3)}×`),
    })),
  };
}
