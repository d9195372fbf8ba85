import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/time.ts";
import type { ArmResult, RunResult, RunSeries } from "../experiments/result.ts";
import { armLabels, armMargin, armNumbers, requireArms } from "./arm_axis.ts";
import { armStyles } from "./arm_style.ts";
import type { Figure } from "./figure.ts";
import { percent } from "./format.ts";
import { relativeEquity } from "./relative_equity.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { FAINT, SOFT } from "./theme.ts";
import { thinLine } from "./thin.ts";
import { timeAxis } from "./time_axis.ts";
import { roundStep } from "./ticks.ts";

const STRIP_HEIGHT = 44;
const NUMBERS = 64;
const TICKS = 32;
const TOP = 8;
const BOTTOM = 42;

/** Drawdown of every arm that has a series, one strip an arm, the mildest first. */
export function drawdownFigure(result: RunResult, series: RunSeries): Figure {
  const strips = result.arms.filter((arm) => series.equity[arm.name] !== undefined)
    .map((arm) => {
      const drawdown = drawdownOf(relativeEquity(arm, series.equity[arm.name]!));
      return { arm, drawdown, worst: drawdown.reduce((a, b) => Math.max(a, b), 0) };
    })
    .sort((a, b) => a.worst - b.worst);
  const arms = strips.map(({ arm }) => arm);
  requireArms(arms, "drawdown");
  const worst = new Map(strips.map((strip) => [strip.arm.name, strip.worst]));
  const styles = armStyles(result.arms);
  const closes = series.openTime.map((time) => time + BAR_MS);
  const deepest = Math.max(strips.at(-1)!.worst, 0.01);
  const height = TOP + BOTTOM + strips.length * STRIP_HEIGHT;
  const step = roundStep(deepest, 2);
  const ticks = Array.from({ length: Math.floor(deepest / step + 1e-9) + 1 }, (_, i) => i * step);
  const first = series.openTime[0]!, last = closes.at(-1)!;
  return singlePanelFigure(
    {
      name: "drawdown",
      title: "Drawdown of every arm",
      subtitle: runSubtitle(result),
      caption:
        "Loss from the highest equity so far, as a share of it, at the close of each bar; one scale for all strips, " +
        "0 at the top. The number is the maximum. Pale: oracles, which know what nobody could know.",
    },
    height,
    {
      marginLeft: armMargin(arms) + TICKS,
      marginRight: NUMBERS,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: timeAxis(first, last),
      y: { domain: [deepest, 0], axis: null },
      fy: { domain: arms.map((arm) => arm.name), axis: null, padding: 0.24 },
      marks: [
        Plot.gridY(ticks, { stroke: FAINT, strokeOpacity: 1 }),
        Plot.axisY(ticks, {
          anchor: "left",
          tickSize: 0,
          label: null,
          tickFormat: (tick: number) => percent(tick, 0),
          fill: SOFT,
          fontSize: 9,
        }),
        ...strips.flatMap(({ arm, drawdown }) =>
          stripMarks(arm, thinLine(closes, drawdown, 160), styles.get(arm.name)!.colour)
        ),
        ...armLabels(arms, "fy", TICKS + 6),
        ...armNumbers(arms, (arm) => percent(worst.get(arm.name)!), "fy", NUMBERS - 8, "maximum drawdown"),
      ],
    },
  );
}

function stripMarks(
  arm: ArmResult,
  points: readonly (readonly [number, number])[],
  colour: string,
): Plot.Markish[] {
  const place = { x: "0", y2: "1", fy: () => arm.name };
  return [
    Plot.areaY(points, {
      ...place,
      y1: 0,
      fill: colour,
      fillOpacity: arm.kind === "oracle" ? 0.3 : 0.75,
      ariaDescription: `drawdown ${arm.name}`,
    }),
    Plot.ruleY([0], { fy: () => arm.name, stroke: colour, strokeWidth: 1 }),
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
