import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import type { RunResult, RunSeries, StrategyResult } from "../experiments/result.ts";
import { oracleMark, strategyLabel, type StrategyStyle, strategyStyles } from "./strategy_style.ts";
import { endLabels, labelHeight, labelRoom, leaderEnd } from "./end_labels.ts";
import { equityHover } from "./equity_hover.ts";
import type { Figure } from "./figure.ts";
import { percent, signedPercent } from "./format.ts";
import { relativeEquity } from "./relative_equity.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { FAINT, FIGURE_WIDTH, SOFT } from "./theme.ts";
import { type Point, thinLine } from "./thin.ts";
import { timeAxis } from "./time_axis.ts";
import { logTicks } from "./ticks.ts";

/** Accounts below 1 % of their start are closed; the axis does not reach lower. */
const FLOOR = 0.01;

const MARGIN = { left: 62, top: 26, bottom: 46 };

/** Equity of every strategy that has a series, on a log scale, labelled at the lines' ends. */
export function equityFigure(result: RunResult, series: RunSeries): Figure {
  const styles = strategyStyles(result.strategies);
  const strategies = result.strategies.filter((strategy) => series.equity[strategy.name] !== undefined)
    .map((strategy) => strategyLine(strategy, styles.get(strategy.name)!, series))
    .sort((a, b) => a.style.layer - b.style.layer);
  const closed = strategies.filter((strategy) => strategy.lowest <= FLOOR).map((strategy) =>
    strategyLabel(strategy.strategy)
  );

  const height = Math.max(470, labelHeight(strategies.length) + MARGIN.top + MARGIN.bottom + 20);
  const marginRight = labelRoom(strategies.map((strategy) => strategy.label));
  const first = series.openTime[0]!, last = series.openTime.at(-1)! + BAR_MS;
  const labelX = leaderEnd(first, last, FIGURE_WIDTH - MARGIN.left - marginRight);
  const domain = equityDomain(strategies.flatMap((strategy) => strategy.points.map(([, equity]) => equity)));

  return singlePanelFigure(
    {
      name: "equity",
      title: "Equity of the population and its references",
      subtitle: runSubtitle(result),
      caption:
        "Equity at the close of each bar after fees, slippage and funding, as a multiple of the equity before the " +
        "first reported row; log scale, so equal slopes are equal rates of return. The figure at a label is the total net " +
        "return. Thick: the population's deployed accounts. Thin: learners and references under the same costs. Dashed: " +
        "oracles, which know what nobody could know." +
        (closed.length > 0
          ? ` Drawn at ${percent(FLOOR, 0)} of the start once below it: ${closed.join(", ")}.`
          : ""),
    },
    height,
    {
      marginLeft: MARGIN.left,
      marginTop: MARGIN.top,
      marginBottom: MARGIN.bottom,
      marginRight,
      x: timeAxis(first, labelX),
      y: {
        type: "log",
        domain,
        ticks: logTicks(...domain),
        tickFormat: (tick: number) => `${String(Number(tick.toFixed(3)))}×`,
        label: "Equity (multiple of its start, log scale)",
      },
      marks: [
        Plot.gridY({ ticks: logTicks(...domain), stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([1], { stroke: SOFT, strokeWidth: 0.8, ariaDescription: "start" }),
        ...strategies.map(({ points, style, strategy }) =>
          Plot.line(points, {
            stroke: style.colour,
            strokeWidth: style.width,
            strokeDasharray: style.dash,
            ariaDescription: `equity ${strategy.name}`,
          })
        ),
        ...endLabels(
          strategies.map((strategy) => ({
            ...strategy.label,
            value: strategy.points.at(-1)![1],
            colour: strategy.style.colour,
            bold: strategy.strategy.kind === "population",
          })),
          { type: "log", domain, bottom: height - MARGIN.bottom, top: MARGIN.top, lastX: last, labelX },
        ),
      ],
    },
    equityHover(
      series.openTime,
      [...strategies].reverse().map(({ strategy, style }) => ({
        label: strategyLabel(strategy),
        colour: style.colour,
        values: relativeEquity(strategy, series.equity[strategy.name]!),
      })),
    ),
  );
}

function strategyLine(strategy: StrategyResult, style: StrategyStyle, series: RunSeries) {
  const equity = relativeEquity(strategy, series.equity[strategy.name]!);
  const closes = series.openTime.map((time) => time + BAR_MS);
  const points: Point[] = [
    [series.openTime[0]!, 1],
    ...thinLine(closes, equity.map((value) => Math.max(value, FLOOR))),
  ];
  return {
    strategy,
    style,
    points,
    lowest: equity.reduce((least, value) => Math.min(least, value), 1),
    label: {
      text: strategy.label,
      figure: `${oracleMark(strategy)} ${signedPercent(strategy.metrics.totalReturn, 0)}`.trim(),
    },
  };
}

/** The range of the values with a little air, at least 2 % wide either way. */
function equityDomain(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), 1 / 1.02);
  const high = values.reduce((a, b) => Math.max(a, b), 1.02);
  const air = (high / low) ** 0.03;
  return [low / air, high * air];
}
