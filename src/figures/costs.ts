import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import type { RunResult, StrategyMetrics, StrategyResult } from "../experiments/result.ts";
import {
  requireStrategies,
  sortedStrategies,
  strategyLabels,
  strategyMargin,
  strategyNumbers,
} from "./strategy_axis.ts";
import { strategyStyles } from "./strategy_style.ts";
import type { Figure, Panel } from "./figure.ts";
import { signedPercent } from "./format.ts";
import { grossShare } from "./money_answer.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { FIGURE_WIDTH, FONT_SIZE, panelOptions, QUIET } from "./theme.ts";
import { requireResult } from "./run_parts.ts";

const ROW_HEIGHT = 21;
const TOP = 22;
const BOTTOM = 8;
const NUMBER = 68;
const GAP = 16;

/** The columns; a cost is signed as what it does to the account. Columns of a group share a scale. */
const COLUMNS = [
  { title: "Gross", group: "return", read: grossShare },
  { title: "Fees", group: "cost", read: (metrics: StrategyMetrics) => -metrics.fees },
  { title: "Slippage", group: "cost", read: (metrics: StrategyMetrics) => -metrics.slippage },
  { title: "Funding", group: "cost", read: (metrics: StrategyMetrics) => -metrics.funding },
  { title: "Net", group: "return", read: (metrics: StrategyMetrics) => metrics.totalReturn },
] as const;
/** The column before net of runs in which somebody asks a language model. */
const MODEL = {
  title: "Model",
  group: "cost",
  read: (metrics: StrategyMetrics) => -(metrics.modelCost ?? 0),
} as const;
type Column = typeof COLUMNS[number] | typeof MODEL;

function columnsOf(strategies: readonly StrategyResult[]): readonly Column[] {
  const asked = strategies.some(({ metrics }) => metrics.modelCost !== undefined);
  return asked ? [...COLUMNS.slice(0, -1), MODEL, ...COLUMNS.slice(-1)] : COLUMNS;
}

/** From gross to net: what fees, slippage and funding did to every strategy, as small bars with their numbers. */
export function costsFigure(result: RunResult): Figure {
  requireResult(result, "strategies");
  requireStrategies(result.strategies, "costs");
  const strategies = sortedStrategies(result.strategies, (strategy) => strategy.metrics.totalReturn);
  const labelWidth = strategyMargin(strategies);
  const styles = strategyStyles(result.strategies, result.headline);
  const columns = columnsOf(strategies);
  const bars = (FIGURE_WIDTH - labelWidth + GAP) / columns.length - NUMBER - GAP;
  const height = TOP + strategies.length * ROW_HEIGHT + BOTTOM;
  const fair = strategies.filter((strategy) => strategy.kind !== "oracle");
  const scales = {
    return: groupDomain("return", fair.length > 0 ? fair : strategies),
    cost: groupDomain("cost", fair.length > 0 ? fair : strategies),
  };
  return displayed({
    name: "costs",
    title: "From gross to net: what trading cost",
    subtitle: runSubtitle(result),
    caption:
      "Shares of the starting equity, signed as they act on the account (funding received is positive). Gross is what price " +
      "moves brought, so that a row adds up. Gross and net share one scale, the three costs another; an oracle's bar ends at the edge, its number is whole.",
    width: FIGURE_WIDTH,
    height,
    legend: [],
    panels: columns.map((column, i) => {
      const left = i === 0 ? labelWidth : 0;
      return columnPanel(column, strategies, scales[column.group], {
        x: labelWidth + i * (bars + NUMBER + GAP) - left,
        width: left + bars + NUMBER,
        height,
        left,
        labelled: i === 0,
        colour: (strategy) => styles.get(strategy.name)!.colour,
      });
    }),
  });
}

interface Place {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly labelled: boolean;
  readonly colour: (strategy: StrategyResult) => string;
}

function columnPanel(
  column: Column,
  strategies: readonly StrategyResult[],
  domain: readonly [number, number],
  place: Place,
): Panel {
  const within = (value: number) => Math.min(Math.max(value, domain[0]), domain[1]);
  return {
    x: place.x,
    y: 0,
    width: place.width,
    height: place.height,
    title: "",
    plot: {
      ...panelOptions(place.width, place.height),
      marginLeft: place.left,
      marginRight: NUMBER,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: { domain: [...domain], axis: null },
      y: { type: "band", domain: strategies.map((strategy) => strategy.name), padding: 0.32, axis: null },
      marks: [
        Plot.barX(strategies, {
          x1: 0,
          x2: (strategy: StrategyResult) => within(column.read(strategy.metrics)),
          y: "name",
          fill: place.colour,
          fillOpacity: (strategy: StrategyResult) => (strategy.kind === "oracle" ? 0.45 : 1),
          ariaDescription: column.title,
        }),
        Plot.ruleX([0], { stroke: QUIET }),
        Plot.text([column.title], {
          frameAnchor: "top-right",
          textAnchor: "end",
          dx: NUMBER - 6,
          dy: -18,
          fontWeight: "bold",
          fontSize: FONT_SIZE,
        }),
        ...strategyNumbers(
          strategies,
          (strategy) => shareText(column.read(strategy.metrics)),
          "y",
          NUMBER - 6,
          `${column.title} number`,
        ),
        ...(place.labelled ? strategyLabels(strategies, "y") : []),
      ],
    },
  };
}

/** The range of a group's values over the strategies, with room on both sides of 0: an oracle may lie where no other strategy does. */
function groupDomain(group: Column["group"], strategies: readonly StrategyResult[]): [number, number] {
  const values = COLUMNS.filter((column) => column.group === group)
    .flatMap((column) => strategies.map((strategy) => column.read(strategy.metrics)));
  const low = Math.min(0, ...values), high = Math.max(0, ...values);
  return high > low ? [Math.min(low, -high / 5), Math.max(high, -low / 5)] : [-1, 1];
}

/** A share in percent; above tenfold without decimals, so that it keeps to its column. */
function shareText(share: number): string {
  return signedPercent(share, Math.abs(share) < 10 ? 1 : 0);
}
