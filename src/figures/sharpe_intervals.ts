import { oracleText } from "./oracle_text.ts";
import * as Plot from "@observablehq/plot";
import type { RunResult, StrategyResult } from "../experiments/result.ts";
import {
  requireStrategies,
  sortedStrategies,
  strategyLabels,
  strategyLabelsAbove,
  strategyMargin,
  strategyNumbers,
} from "./strategy_axis.ts";
import { strategyStyles } from "./strategy_style.ts";
import type { Figure } from "./figure.ts";
import { decimal, percent } from "./format.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { FAINT, type FigureWidth, FONT_SIZE, PAPER, SOFT, widthOf } from "./theme.ts";
import { requireResult } from "./run_parts.ts";

const ROW_HEIGHT = 24;
/** Where there is no room beside a bar, its names and numbers stand above it. */
const TALL_ROW_HEIGHT = 40;
const NUMBERS = 172;
const TOP = 24;
const BOTTOM = 44;
/** Standard errors either side of an interval of 95 %. */
const WIDTH_IN_ERRORS = 1.96;

/** Annual Sharpe ratio of every strategy with its interval, from the highest to the lowest. */
export function sharpeIntervalsFigure(result: RunResult, size: FigureWidth = "page"): Figure {
  requireResult(result, "strategies");
  requireStrategies(result.strategies, "Sharpe intervals");
  const width = widthOf(size), beside = size === "page";
  const hasField = beside && result.strategies.some(({ fieldPercentile }) => fieldPercentile !== null);
  const strategies = sortedStrategies(result.strategies, (strategy) => strategy.metrics.sharpe);
  const styles = strategyStyles(result.strategies, result.headline);
  const height = TOP + BOTTOM + strategies.length * (beside ? ROW_HEIGHT : TALL_ROW_HEIGHT);
  const ticks = beside ? 7 : 5;
  const low = (strategy: StrategyResult) =>
    strategy.metrics.sharpe - WIDTH_IN_ERRORS * (strategy.metrics.sharpeError ?? 0);
  const high = (strategy: StrategyResult) =>
    strategy.metrics.sharpe + WIDTH_IN_ERRORS * (strategy.metrics.sharpeError ?? 0);
  const least = Math.min(0, ...strategies.map(low)), most = Math.max(0, ...strategies.map(high));
  const air = most > least ? (most - least) / 40 : 1;
  const colour = (strategy: StrategyResult) => styles.get(strategy.name)!.colour;
  const isPopulation = (strategy: StrategyResult) => strategy.kind === "population";
  const isOracle = (strategy: StrategyResult) => strategy.kind === "oracle";
  const drop = beside ? 0 : TALL_ROW_HEIGHT / 7;
  const lift = beside ? {} : { dy: -TALL_ROW_HEIGHT / 4.5 };
  const column = (text: (strategy: StrategyResult) => string, dx: number, head: string) => [
    ...strategyNumbers(strategies, text, "y", dx, head, lift),
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
        "with overlapping bars may still differ, and strategies that share a market are not independent: compare them in pairs." +
        (hasField ? " Field: percentile among the pipelines of all declared genomes." : "") +
        oracleText(result, "Hollow and dashed"),
    },
    height,
    {
      width,
      marginLeft: beside ? strategyMargin(strategies) : 16,
      marginRight: beside ? NUMBERS + 8 : 16,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: {
        domain: [least - air, most + air],
        ticks,
        label: "Annual Sharpe ratio, net",
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: { type: "band", domain: strategies.map((strategy) => strategy.name), axis: null },
      marks: [
        Plot.gridX({ ticks, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleX([0], { stroke: SOFT, strokeWidth: 1 }),
        ...[...styles].map(([name, style]) =>
          Plot.ruleY(strategies.filter((strategy) => strategy.name === name), {
            x1: low,
            x2: high,
            y: "name",
            dy: drop,
            stroke: style.colour,
            strokeWidth: style.width + 0.4,
            strokeDasharray: style.dash,
            ariaDescription: `interval ${name}`,
          })
        ),
        Plot.dot(strategies.filter(({ metrics }) => metrics.volatility > 0), {
          x: (strategy: StrategyResult) => strategy.metrics.sharpe,
          y: "name",
          dy: drop,
          r: (strategy: StrategyResult) => (isPopulation(strategy) ? 5.5 : 4),
          fill: (strategy: StrategyResult) => (isOracle(strategy) ? PAPER : colour(strategy)),
          stroke: colour,
          strokeWidth: 1.5,
          ariaDescription: "Sharpe ratio",
        }),
        ...(beside
          ? strategyLabels(strategies, "y")
          : strategyLabelsAbove(strategies, "y", width - 110, { dy: lift.dy! })),
        ...column(sharpeText, beside ? 108 : 0, "Sharpe ± SE"),
        ...(hasField
          ? column(
            ({ fieldPercentile, metrics }) =>
              fieldPercentile === null || metrics.volatility === 0 ? "" : percent(fieldPercentile, 0),
            NUMBERS,
            "Field",
          )
          : []),
      ],
      r: { type: "identity" },
    },
    undefined,
    width,
  );
}

function sharpeText({ metrics: { sharpe, sharpeError, volatility } }: StrategyResult): string {
  return volatility === 0 ? "–" : `${decimal(sharpe)} ± ${decimal(sharpeError)}`;
}
