import * as Plot from "@observablehq/plot";
import type { StrategyResult } from "../experiments/result.ts";
import { strategyLabel } from "./strategy_style.ts";
import { fitText, textWidth } from "./text.ts";
import { FONT_SIZE } from "./theme.ts";

const WIDEST = 270;
/** Bold is wider than the estimate for regular type. */
const BOLD = 1.1;

/** Strategies from the highest value to the lowest; equal values keep the order of the result. */
export function sortedStrategies(
  strategies: readonly StrategyResult[],
  value: (strategy: StrategyResult) => number,
): StrategyResult[] {
  return [...strategies].sort((a, b) => value(b) - value(a));
}

/** Left margin in px that the strategies' labels need. */
export function strategyMargin(strategies: readonly StrategyResult[]): number {
  return 16 + BOLD * Math.max(...strategies.map((strategy) => textWidth(fittedLabel(strategy), FONT_SIZE)));
}

/** The strategies' labels to the left of their rows, `gap` px from the frame. Rows are bands of `y` or facets of `fy`. */
export function strategyLabels(
  strategies: readonly StrategyResult[],
  rows: "y" | "fy",
  gap = 8,
): Plot.Markish[] {
  return strategyText(strategies, fittedLabel, {
    [rows]: "name",
    frameAnchor: "left",
    textAnchor: "end",
    dx: -gap,
    ariaDescription: "strategy",
  });
}

/** The labels from the left edge of their rows, of at most `width` px, moved as `place` says: above what is drawn. */
export function strategyLabelsAbove(
  strategies: readonly StrategyResult[],
  rows: "y" | "fy",
  width: number,
  place: Pick<Plot.TextOptions, "dx" | "dy" | "frameAnchor">,
): Plot.Markish[] {
  return strategyText(strategies, (strategy) => fitText(strategyLabel(strategy), width / BOLD, FONT_SIZE), {
    [rows]: "name",
    frameAnchor: "left",
    textAnchor: "start",
    ariaDescription: "strategy",
    ...place,
  });
}

/** Numbers that end `dx` px right of the frame, one a row. */
export function strategyNumbers(
  strategies: readonly StrategyResult[],
  text: (strategy: StrategyResult) => string,
  rows: "y" | "fy",
  dx: number,
  name: string,
  more: Pick<Plot.TextOptions, "dy" | "frameAnchor"> = {},
): Plot.Markish[] {
  return strategyText(strategies, text, {
    [rows]: "name",
    frameAnchor: "right",
    textAnchor: "end",
    dx,
    fontVariant: "tabular-nums",
    ariaDescription: name,
    ...more,
  });
}

/** Throws a RangeError that names the figure if there is no strategy to draw. */
export function requireStrategies(strategies: readonly StrategyResult[], figure: string): void {
  if (strategies.length === 0) {
    throw new RangeError(`Cannot draw ${figure} as there must be at least one strategy: current value is 0`);
  }
}

/** One text a row, bold for the population. */
function strategyText(
  strategies: readonly StrategyResult[],
  text: (strategy: StrategyResult) => string,
  options: Plot.TextOptions,
): Plot.Markish[] {
  const strong = (strategy: StrategyResult) => strategy.kind === "population";
  return [
    Plot.text(strategies.filter((strategy) => !strong(strategy)), { ...options, text, fontSize: FONT_SIZE }),
    Plot.text(strategies.filter(strong), { ...options, text, fontSize: FONT_SIZE, fontWeight: "bold" }),
  ];
}

function fittedLabel(strategy: StrategyResult): string {
  return fitText(strategyLabel(strategy), WIDEST, FONT_SIZE);
}
