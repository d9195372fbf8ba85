import * as Plot from "@observablehq/plot";
import type { ArmResult } from "../experiments/result.ts";
import { armLabel } from "./arm_style.ts";
import { fitText, textWidth } from "./text.ts";
import { FONT_SIZE } from "./theme.ts";

const WIDEST = 270;
/** Bold is wider than the estimate for regular type. */
const BOLD = 1.1;

/** Arms from the highest value to the lowest; equal values keep the order of the result. */
export function sortedArms(arms: readonly ArmResult[], value: (arm: ArmResult) => number): ArmResult[] {
  return [...arms].sort((a, b) => value(b) - value(a));
}

/** Left margin in px that the arms' labels need. */
export function armMargin(arms: readonly ArmResult[]): number {
  return 16 + BOLD * Math.max(...arms.map((arm) => textWidth(fittedLabel(arm), FONT_SIZE)));
}

/** The arms' labels to the left of their rows, `gap` px from the frame. Rows are bands of `y` or facets of `fy`. */
export function armLabels(arms: readonly ArmResult[], rows: "y" | "fy", gap = 8): Plot.Markish[] {
  return armText(arms, fittedLabel, {
    [rows]: "name",
    frameAnchor: "left",
    textAnchor: "end",
    dx: -gap,
    ariaDescription: "arm",
  });
}

/** Numbers that end `dx` px right of the frame, one a row. */
export function armNumbers(
  arms: readonly ArmResult[],
  text: (arm: ArmResult) => string,
  rows: "y" | "fy",
  dx: number,
  name: string,
): Plot.Markish[] {
  return armText(arms, text, {
    [rows]: "name",
    frameAnchor: "right",
    textAnchor: "end",
    dx,
    fontVariant: "tabular-nums",
    ariaDescription: name,
  });
}

/** Throws a RangeError that names the figure if there is no arm to draw. */
export function requireArms(arms: readonly ArmResult[], figure: string): void {
  if (arms.length === 0) {
    throw new RangeError(`Cannot draw ${figure} as there must be at least one arm: current value is 0`);
  }
}

/** One text a row, bold for the population. */
function armText(
  arms: readonly ArmResult[],
  text: (arm: ArmResult) => string,
  options: Plot.TextOptions,
): Plot.Markish[] {
  const strong = (arm: ArmResult) => arm.kind === "population";
  return [
    Plot.text(arms.filter((arm) => !strong(arm)), { ...options, text, fontSize: FONT_SIZE }),
    Plot.text(arms.filter(strong), { ...options, text, fontSize: FONT_SIZE, fontWeight: "bold" }),
  ];
}

function fittedLabel(arm: ArmResult): string {
  return fitText(armLabel(arm), WIDEST, FONT_SIZE);
}
