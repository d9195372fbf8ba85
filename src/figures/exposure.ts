import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import { BAR_MS, BARS_PER_DAY } from "../core/universe.ts";
import { timeInMarket } from "../stats/time_in_market.ts";
import { type FigureHead, requireHead } from "./account_line.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { count, decimal, percent } from "./format.ts";
import { closesHover } from "./closes_hover.ts";
import { plainText } from "./text.ts";
import { FAINT, SOFT, STRONG, VARIANT, widthOf } from "./theme.ts";
import { stepDigits, ticksFromZero } from "./ticks.ts";
import { thinLine } from "./thin.ts";
import { timePanelOptions } from "./time_panel.ts";

/** What an account held, bar by bar. */
export interface ExposureLine {
  /** The account's name. */
  readonly label: string;
  /** Open time of each bar, ms UTC, ascending; shape [n], n >= 1. */
  readonly openTime: Float64Array;
  /** Sum of absolute position values over equity at each close, >= 0; shape [n]. */
  readonly gross: Float64Array;
}

const UPPER = 180;
const LOWER = 172;

/**
 * Gross exposure of each bar, and below it the share of the last `window` bars on which anything was held.
 *
 * @param window Bars of the running share, an integer >= 1; 180 are 30 days.
 * @throws {RangeError} If there is no bar, lengths differ, or an exposure is not finite and >= 0.
 */
export function exposureFigure(line: ExposureLine, window: number, head: FigureHead): Figure {
  requireExposure(line, window);
  requireHead(head);
  const width = widthOf(head.width ?? "page");
  const { openTime, gross } = line;
  const closes = openTime.map((time) => time + BAR_MS);
  const held = runningShare(gross, window);
  const mean = gross.reduce((sum, value) => sum + value, 0) / gross.length;
  const highest = Math.max(0.1, gross.reduce((a, b) => Math.max(a, b), 0));
  const panel = (
    values: Float64Array,
    look: Pick<Panel, "y" | "height" | "title"> & {
      readonly top: number;
      readonly colour: string;
      readonly name: string;
      readonly text: (value: number) => string;
      readonly tick: (value: number, digits: number) => string;
    },
    { step, ticks } = ticksFromZero(look.top, 4),
  ): Panel => ({
    x: 0,
    y: look.y,
    width,
    height: look.height,
    title: look.title,
    plot: {
      ...timePanelOptions(openTime, width, look.height - PANEL_TITLE, look.y > 0),
      y: {
        domain: [0, look.top],
        ticks,
        tickFormat: (value: number) => look.tick(value, stepDigits(step)),
        tickSize: 0,
        label: null,
      },
      marks: [
        Plot.gridY(ticks, { stroke: FAINT, strokeOpacity: 1 }),
        Plot.areaY(thinLine(closes, values, width / 3), {
          x: "0",
          y1: 0,
          y2: "1",
          fill: look.colour,
          fillOpacity: 0.55,
          ariaDescription: look.name,
        }),
        Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.8 }),
      ],
    },
    hover: closesHover(openTime, [{ label: look.name, colour: look.colour, values }], look.text),
  });
  return displayed({
    name: "exposure",
    title: `Exposure and time in the market: ${plainText(line.label)}`,
    subtitle: head.subtitle,
    caption:
      "Gross exposure: position values over equity at each close, long and short added. Below: share of the last " +
      `${count(window)} bars (fewer at the start) on which any position was held.`,
    width,
    height: UPPER + LOWER,
    legend: [],
    panels: [
      panel(gross, {
        y: 0,
        height: UPPER,
        title: `Gross exposure (mean ${decimal(mean)}×)`,
        top: highest * 1.05,
        colour: STRONG[0],
        name: "gross exposure",
        text: (value) => `${decimal(value)}×`,
        tick: (value, digits) => `${decimal(value, digits)}×`,
      }),
      panel(held, {
        y: UPPER,
        height: LOWER,
        title: `Time in the market, last ${count(window / BARS_PER_DAY)} days (${
          percent(timeInMarket(gross), 0)
        } of all bars)`,
        top: 1,
        colour: VARIANT[2],
        name: "time in the market",
        text: (value) => percent(value, 0),
        tick: (value) => percent(value, 0),
      }),
    ],
  });
}

/** Share of the last `window` values that are not 0; shape [n]. */
function runningShare(values: Float64Array, window: number): Float64Array {
  let held = 0;
  return values.map((value, i) => {
    if (value !== 0) held++;
    if (i >= window && values[i - window] !== 0) held--;
    return held / Math.min(window, i + 1);
  });
}

function requireExposure({ label, openTime, gross }: ExposureLine, window: number): void {
  const fault = gross.length === 0 || gross.length !== openTime.length
    ? `it must have one value for each of at least one bar: there are ${gross.length} and ${openTime.length}`
    : !gross.every((value) => Number.isFinite(value) && value >= 0)
    ? `every value must be finite and >= 0: row ${
      gross.findIndex((value) => !(Number.isFinite(value) && value >= 0))
    } is not`
    : Number.isInteger(window) && window >= 1
    ? null
    : `its window must be an integer >= 1: current value is ${window}`;
  if (fault) throw new RangeError(`Cannot draw the exposure of "${plainText(label)}" as ${fault}`);
}
