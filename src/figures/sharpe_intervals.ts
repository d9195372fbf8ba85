import * as Plot from "@observablehq/plot";
import type { ArmResult, RunResult } from "../experiments/result.ts";
import { armLabels, armMargin, armNumbers, requireArms, sortedArms } from "./arm_axis.ts";
import { armStyles } from "./arm_style.ts";
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

/** Annual Sharpe ratio of every arm with its interval, from the highest to the lowest. */
export function sharpeIntervalsFigure(result: RunResult): Figure {
  requireArms(result.arms, "Sharpe intervals");
  const arms = sortedArms(result.arms, (arm) => arm.metrics.sharpe);
  const styles = armStyles(result.arms);
  const height = TOP + BOTTOM + arms.length * ROW_HEIGHT;
  const low = (arm: ArmResult) => arm.metrics.sharpe - WIDTH_IN_ERRORS * arm.metrics.sharpeError;
  const high = (arm: ArmResult) => arm.metrics.sharpe + WIDTH_IN_ERRORS * arm.metrics.sharpeError;
  const least = Math.min(0, ...arms.map(low)), most = Math.max(0, ...arms.map(high));
  const air = most > least ? (most - least) / 40 : 1;
  const colour = (arm: ArmResult) => styles.get(arm.name)!.colour;
  const isPopulation = (arm: ArmResult) => arm.kind === "population";
  const isOracle = (arm: ArmResult) => arm.kind === "oracle";
  const column = (text: (arm: ArmResult) => string, dx: number, head: string) => [
    ...armNumbers(arms, text, "y", dx, head),
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
      title: "Sharpe ratio of every arm",
      subtitle: runSubtitle(result),
      caption:
        "Annual Sharpe ratio of simple net returns per bar; bars reach 1.96 standard errors (SE) either way. Two arms " +
        "with overlapping bars may still differ, and arms that share a market are not independent: compare them in pairs. " +
        "Field: percentile among the 625 pipelines of start genomes. Hollow and dashed: oracles, which know what nobody could know.",
    },
    height,
    {
      marginLeft: armMargin(arms),
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
      y: { type: "band", domain: arms.map((arm) => arm.name), axis: null },
      marks: [
        Plot.gridX({ ticks: 7, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleX([0], { stroke: SOFT, strokeWidth: 1 }),
        ...[...styles].map(([name, style]) =>
          Plot.ruleY(arms.filter((arm) => arm.name === name), {
            x1: low,
            x2: high,
            y: "name",
            stroke: style.colour,
            strokeWidth: style.width + 0.4,
            strokeDasharray: style.dash,
            ariaDescription: `interval ${name}`,
          })
        ),
        Plot.dot(arms, {
          x: (arm: ArmResult) => arm.metrics.sharpe,
          y: "name",
          r: (arm: ArmResult) => (isPopulation(arm) ? 5.5 : 4),
          fill: (arm: ArmResult) => (isOracle(arm) ? PAPER : colour(arm)),
          stroke: colour,
          strokeWidth: 1.5,
          ariaDescription: "Sharpe ratio",
        }),
        ...armLabels(arms, "y"),
        ...column(
          (arm) => `${decimal(arm.metrics.sharpe)} ± ${decimal(arm.metrics.sharpeError)}`,
          108,
          "Sharpe ± SE",
        ),
        ...column(
          (arm) => (arm.fieldPercentile === null ? "" : percent(arm.fieldPercentile, 0)),
          NUMBERS,
          "Field",
        ),
      ],
      r: { type: "identity" },
    },
  );
}
