import * as Plot from "@observablehq/plot";
import type { ArmMetrics, ArmResult, RunResult } from "../experiments/result.ts";
import { armLabels, armMargin, armNumbers, requireArms, sortedArms } from "./arm_axis.ts";
import { armStyles } from "./arm_style.ts";
import type { Figure, Panel } from "./figure.ts";
import { signedPercent } from "./format.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { FIGURE_WIDTH, FONT_SIZE, panelOptions, QUIET } from "./theme.ts";

const ROW_HEIGHT = 21;
const TOP = 22;
const BOTTOM = 8;
const NUMBER = 68;
const GAP = 16;

/** The columns; a cost is signed as what it does to the account. Columns of a group share a scale. */
const COLUMNS = [
  { title: "Gross", group: "return", read: (metrics: ArmMetrics) => metrics.grossReturn },
  { title: "Fees", group: "cost", read: (metrics: ArmMetrics) => -metrics.fees },
  { title: "Slippage", group: "cost", read: (metrics: ArmMetrics) => -metrics.slippage },
  { title: "Funding", group: "cost", read: (metrics: ArmMetrics) => -metrics.funding },
  { title: "Net", group: "return", read: (metrics: ArmMetrics) => metrics.totalReturn },
] as const;
type Column = typeof COLUMNS[number];

/** From gross to net: what fees, slippage and funding did to every arm, as small bars with their numbers. */
export function costsFigure(result: RunResult): Figure {
  requireArms(result.arms, "costs");
  const arms = sortedArms(result.arms, (arm) => arm.metrics.totalReturn);
  const labelWidth = armMargin(arms);
  const styles = armStyles(result.arms);
  const bars = (FIGURE_WIDTH - labelWidth + GAP) / COLUMNS.length - NUMBER - GAP;
  const height = TOP + arms.length * ROW_HEIGHT + BOTTOM;
  const fair = arms.filter((arm) => arm.kind !== "oracle");
  const scales = {
    return: groupDomain("return", fair.length > 0 ? fair : arms),
    cost: groupDomain("cost", fair.length > 0 ? fair : arms),
  };
  return {
    name: "costs",
    title: "From gross to net: what trading cost",
    subtitle: runSubtitle(result),
    caption:
      "Shares of the starting equity, signed as they act on the account (funding received is positive). Gross is the " +
      "compound return with fees and slippage given back and funding paid; returns compound, so a row does not add up to the " +
      "last digit. Gross and net share one scale, the three costs another; an oracle's bar ends at the edge, its number is whole.",
    width: FIGURE_WIDTH,
    height,
    legend: [],
    panels: COLUMNS.map((column, i) => {
      const left = i === 0 ? labelWidth : 0;
      return columnPanel(column, arms, scales[column.group], {
        x: labelWidth + i * (bars + NUMBER + GAP) - left,
        width: left + bars + NUMBER,
        height,
        left,
        labelled: i === 0,
        colour: (arm) => styles.get(arm.name)!.colour,
      });
    }),
  };
}

interface Place {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly labelled: boolean;
  readonly colour: (arm: ArmResult) => string;
}

function columnPanel(
  column: Column,
  arms: readonly ArmResult[],
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
      y: { type: "band", domain: arms.map((arm) => arm.name), padding: 0.32, axis: null },
      marks: [
        Plot.barX(arms, {
          x1: 0,
          x2: (arm: ArmResult) => within(column.read(arm.metrics)),
          y: "name",
          fill: place.colour,
          fillOpacity: (arm: ArmResult) => (arm.kind === "oracle" ? 0.45 : 1),
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
        ...armNumbers(
          arms,
          (arm) => shareText(column.read(arm.metrics)),
          "y",
          NUMBER - 6,
          `${column.title} number`,
        ),
        ...(place.labelled ? armLabels(arms, "y") : []),
      ],
    },
  };
}

/** The range of a group's values over the arms, with room on both sides of 0: an oracle may lie where no other arm does. */
function groupDomain(group: Column["group"], arms: readonly ArmResult[]): [number, number] {
  const values = COLUMNS.filter((column) => column.group === group)
    .flatMap((column) => arms.map((arm) => column.read(arm.metrics)));
  const low = Math.min(0, ...values), high = Math.max(0, ...values);
  return high > low ? [Math.min(low, -high / 5), Math.max(high, -low / 5)] : [-1, 1];
}

/** A share in percent; above tenfold without decimals, so that it keeps to its column. */
function shareText(share: number): string {
  return signedPercent(share, Math.abs(share) < 10 ? 1 : 0);
}
