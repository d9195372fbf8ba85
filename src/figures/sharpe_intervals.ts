import * as Plot from "@observablehq/plot";
import type { RunResult, StrategyResult } from "../experiments/result.ts";
import {
  requireStrategies,
  sortedStrategies,
  strategyLabels,
  strategyMargin,
  strategyNumbers,
} from "./strategy_axis.ts";
import { strategyStyles } from "./strategy_style.ts";
import type { Figure } from "./figure.ts";
import { decimal, percent } from "./format.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { FAINT, FONT_SIZE, PAPER, SOFT } from "./theme.ts";

const ROW_HEIGHT = 24;
const NUMBERS = 172;
const TOP = 24;
const BOTTOM = 44;
/** Standard errors either side of an interval of 95 %. */
const WIDTH_IN_ERRORS = 1.96;

/** Annual Sharpe ratio of every strategy with its interval, from the highest to the lowest. */
export function sharpeIntervalsFigure(result: RunResult): Figure {
  requireStrategies(result.strategies, "Sharpe intervals");
  const strategies = sortedStrategies(result.strategies, (strategy) => strategy.metrics.sharpe);
  const styles = strategyStyles(result.strategies);
  const height = TOP + BOTTOM + strategies.length * ROW_HEIGHT;
  const low = (strategy: StrategyResult) =>
    strategy.metrics.sharpe - WIDTH_IN_ERRORS * (strategy.metrics.sharpeError ?? 0);
  const high = (strategy: StrategyResult) =>
    strategy.metrics.sharpe + WIDTH_IN_ERRORS * (strategy.metrics.sharpeError ?? 0);
  const least = Math.min(0, ...strategies.map(low)), most = Math.max(0, ...strategies.map(high));
  const air = most > least ? (most - least) / 40 : 1;
  const colour = (strategy: StrategyResult) => styles.get(strategy.name)!.colour;
  const isPopulation = (strategy: StrategyResult) => strategy.kind === "population";
  const isOracle = (strategy: StrategyResult) => strategy.kind === "oracle";
  const column = (text: (strategy: StrategyResult) => string, dx: number, head: string) => [
    ...strategyNumbers(strategies, text, "y", dx, head),
    Plot.text([head], {
      frameAnchor: "top-right",
      textAnchor: "end",
      dx,
      dy: -18,
      fontSize: FONT_SIZE,
      fill: SOFT,
    }),
  ];
  return singlePanelFigure(
    {
      name: "sharpe_intervals",
      title: "Sharpe ratio of every strategy",
      subtitle: runSubtitle(result),
      caption:
        "Annual Sharpe ratio of simple net returns per bar; bars reach 1.96 standard errors (SE) either way. Two strategies " +
        "with overlapping bars may still differ, and strategies that share a market are not independent: compare them in pairs. " +
        "Field: percentile among the pipelines of all declared genomes. Hollow and dashed: oracles, which know what nobody could know.",
    },
    height,
    {
      marginLeft: strategyMargin(strategies),
      marginRight: NUMBERS + 8,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: {
        domain: [least - air, most + air],
        ticks: 7,
        label: "Annual Sharpe ratio, net",
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: { type: "band", domain: strategies.map((strategy) => strategy.name), axis: null },
      marks: [
        Plot.gridX({ ticks: 7, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleX([0], { stroke: SOFT, strokeWidth: 1 }),
        ...[...styles].map(([name, style]) =>
          Plot.ruleY(strategies.filter((strategy) => strategy.name === name), {
            x1: low,
            x2: high,
            y: "name",
            stroke: style.colour,
            strokeWidth: style.width + 0.4,
            strokeDasharray: style.dash,
            ariaDescription: `interval ${name}`,
          })
        ),
        Plot.dot(strategies, {
          x: (strategy: StrategyResult) => strategy.metrics.sharpe,
          y: "name",
          r: (strategy: StrategyResult) => (isPopulation(strategy) ? 5.5 : 4),
          fill: (strategy: StrategyResult) => (isOracle(strategy) ? PAPER : colour(strategy)),
          stroke: colour,
          strokeWidth: 1.5,
          ariaDescription: "Sharpe ratio",
        }),
        ...strategyLabels(strategies, "y"),
        ...column(
          (strategy) => `${decimal(strategy.metrics.sharpe)} ± ${decimal(strategy.metrics.sharpeError)}`,
          108,
          "Sharpe ± SE",
        ),
        ...column(
          (strategy) => (strategy.fieldPercentile === null ? "" : percent(strategy.fieldPercentile, 0)),
          NUMBERS,
          "Field",
        ),
      ],
      r: { type: "identity" },
    },
  );
}
