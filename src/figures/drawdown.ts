import { oracleText } from "./oracle_text.ts";
import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import type { RunResult, RunSeries, StrategyResult } from "../experiments/result.ts";
import {
  requireStrategies,
  strategyLabels,
  strategyLabelsAbove,
  strategyMargin,
  strategyNumbers,
} from "./strategy_axis.ts";
import { strategyStyles } from "./strategy_style.ts";
import type { Figure } from "./figure.ts";
import { percent } from "./format.ts";
import { relativeEquity } from "./relative_equity.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { FAINT, type FigureWidth, SOFT, widthOf } from "./theme.ts";
import { thinLine } from "./thin.ts";
import { timeAxis } from "./time_axis.ts";
import { stepDigits, ticksFromZero } from "./ticks.ts";
import { requireResult, requireRunSeries } from "./run_parts.ts";

const STRIP_HEIGHT = 44;
/** Where there is no room beside a strip, its name and number stand above it. */
const TALL_STRIP_HEIGHT = 62;
const ABOVE = { frameAnchor: "top-left", dx: -28, dy: -13 } as const;
const NUMBERS = 64;
const TICKS = 36;
const TOP = 8;
const BOTTOM = 42;

/** Drawdown of every strategy that has a series, one strip a strategy, the mildest first. */
export function drawdownFigure(result: RunResult, series: RunSeries, size: FigureWidth = "page"): Figure {
  requireResult(result, "strategies");
  requireRunSeries(series);
  const width = widthOf(size), beside = size === "page";
  const strips = result.strategies.filter((strategy) => series.equity[strategy.name] !== undefined)
    .map((strategy) => {
      const drawdown = drawdownOf(relativeEquity(strategy, series.equity[strategy.name]!));
      return { strategy, drawdown, worst: drawdown.reduce((a, b) => Math.max(a, b), 0) };
    })
    .sort((a, b) => a.worst - b.worst);
  const strategies = strips.map(({ strategy }) => strategy);
  requireStrategies(strategies, "drawdown");
  const worst = new Map(strips.map((strip) => [strip.strategy.name, strip.worst]));
  const styles = strategyStyles(result.strategies, result.headline);
  const closes = series.openTime.map((time) => time + BAR_MS);
  const deepest = Math.max(strips.at(-1)!.worst, 0.02);
  const height = (beside ? TOP : 2 * TOP) + BOTTOM +
    strips.length * (beside ? STRIP_HEIGHT : TALL_STRIP_HEIGHT);
  const { step, ticks } = ticksFromZero(deepest, beside ? 2 : 4);
  const first = series.openTime[0]!, last = closes.at(-1)!;
  return singlePanelFigure(
    {
      name: "drawdown",
      title: "Drawdown of every strategy",
      subtitle: runSubtitle(result),
      caption:
        "Loss from the highest equity so far, as a share of it, at the close of each bar; one scale for all strips, " +
        `0 at the top. The number is the maximum.${oracleText(result, "Pale")}`,
    },
    height,
    {
      width,
      marginLeft: beside ? strategyMargin(strategies) + TICKS : TICKS,
      marginRight: beside ? NUMBERS : 18,
      marginTop: beside ? TOP : 2 * TOP,
      marginBottom: BOTTOM,
      x: beside ? timeAxis(first, last) : { ...timeAxis(first, last), ticks: 4 },
      y: { domain: [deepest, 0], axis: null },
      fy: { domain: strategies.map((strategy) => strategy.name), axis: null, padding: beside ? 0.24 : 0.36 },
      marks: [
        Plot.gridY(ticks, { stroke: FAINT, strokeOpacity: 1 }),
        Plot.axisY(beside ? ticks : labelledTicks(ticks), {
          anchor: "left",
          tickSize: 0,
          label: null,
          tickFormat: (tick: number) => percent(tick, stepDigits(100 * step)),
          fill: SOFT,
          fontSize: 9,
        }),
        ...strips.flatMap(({ strategy, drawdown }) =>
          stripMarks(strategy, thinLine(closes, drawdown, 160), styles.get(strategy.name)!.colour)
        ),
        ...(beside
          ? strategyLabels(strategies, "fy", TICKS + 6)
          : strategyLabelsAbove(strategies, "fy", width - 90, ABOVE)),
        ...strategyNumbers(
          strategies,
          (strategy) => percent(worst.get(strategy.name)!),
          "fy",
          beside ? NUMBERS - 8 : 0,
          "maximum drawdown",
          beside ? {} : { frameAnchor: "top-right", dy: ABOVE.dy },
        ),
      ],
    },
    undefined,
    width,
  );
}

function stripMarks(
  strategy: StrategyResult,
  points: readonly (readonly [number, number])[],
  colour: string,
): Plot.Markish[] {
  const place = { x: "0", y2: "1", fy: () => strategy.name };
  return [
    Plot.areaY(points, {
      ...place,
      y1: 0,
      fill: colour,
      fillOpacity: strategy.kind === "oracle" ? 0.3 : 0.75,
      ariaDescription: `drawdown ${strategy.name}`,
    }),
    Plot.ruleY([0], { fy: () => strategy.name, stroke: colour, strokeWidth: 1 }),
  ];
}

/** Loss from the running peak (at first the start, 1), a fraction of it; shape [rows]. */
function drawdownOf(equity: Float64Array): Float64Array {
  let peak = 1;
  return equity.map((value) => {
    peak = Math.max(peak, value);
    return 1 - value / peak;
  });
}

/** Ticks that have room under a name: none where 0 would stand, two or three below it. */
function labelledTicks([, ...below]: readonly number[]): number[] {
  return below.length > 3 ? below.filter((_, i) => i % 2 === 1) : below;
}
