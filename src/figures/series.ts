import { displayed } from "./displayed.ts";
import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import { type FigureHead, requireHead } from "./account_line.ts";
import { closesHover } from "./closes_hover.ts";
import type { Figure, Panel } from "./figure.ts";
import { decimal, significant } from "./format.ts";
import { fitText, plainText, textWidth } from "./text.ts";
import { cycle, FAINT, FONT_SIZE, SOFT, VARIANT, widthOf } from "./theme.ts";
import { thinLine } from "./thin.ts";
import { timePanelOptions } from "./time_panel.ts";

/** One series of a figure of small plots. */
export interface SeriesPlot {
  /** Its name, set in bold above it. */
  readonly label: string;
  /** What is said beside the name; "" for nothing. */
  readonly note?: string;
  /** Value known at the close of each bar, NaN where there is none; shape [n]. */
  readonly values: Float64Array;
}

/** What a figure of series is told beside them. */
export interface SeriesHead extends FigureHead {
  /** Set above it. */
  readonly title: string;
  /** How to read it. */
  readonly caption: string;
  /** True if each plot has a y scale of its own; else one serves all. */
  readonly ownScales?: boolean;
}

const HEIGHT = 118, LABELLED = 34, GAP = 16, LEFT = 54;

/**
 * Series on the same bars, a small plot each, in two columns on a page and one elsewhere; a rule stands at 0.
 *
 * @param openTime Open time of each bar, ms UTC, ascending; shape [n], n >= 1.
 * @throws {RangeError} If there is no bar or no series, or a series has another length.
 */
export function seriesFigure(
  series: readonly SeriesPlot[],
  openTime: Float64Array,
  head: SeriesHead,
): Figure {
  requireSeries(series, openTime);
  requireHead(head, ["title", "subtitle", "caption"]);
  const size = head.width ?? "page", whole = widthOf(size), columns = size === "page" ? 2 : 1;
  const width = (whole - GAP * (columns - 1)) / columns;
  const shared = domainOf(series.flatMap(({ values }) => [...extent(values)]));
  const rows = Math.ceil(series.length / columns);
  const panels = series.map((one, i): Panel => {
    const row = Math.floor(i / columns), isLowest = i + columns >= series.length;
    return seriesPanel(one, openTime, {
      x: (i % columns) * (width + GAP),
      y: row * HEIGHT,
      width,
      height: HEIGHT + (isLowest ? LABELLED : 0),
      colour: cycle(VARIANT, i),
      domain: head.ownScales ? domainOf(extent(one.values)) : shared,
      isLowest,
    });
  });
  const { title, subtitle, caption } = head;
  const height = Math.max(...panels.map((panel) => panel.y + panel.height), rows * HEIGHT);
  return displayed({ name: "series", title, subtitle, caption, width: whole, height, legend: [], panels });
}

function seriesPanel(
  { label, note = "", values }: SeriesPlot,
  openTime: Float64Array,
  { x, y, width, height, colour, domain, isLowest }: Pick<Panel, "x" | "y" | "width" | "height"> & {
    readonly colour: string;
    readonly domain: readonly [number, number];
    readonly isLowest: boolean;
  },
): Panel {
  const closes = openTime.map((time) => time + BAR_MS);
  const name = fitText(plainText(label), width / 2, FONT_SIZE);
  const indent = textWidth(name, FONT_SIZE) * 1.12 + 8; // bold letters are wider
  const head = { frameAnchor: "top-left", dy: -20, fontSize: FONT_SIZE } as const;
  const axes = timePanelOptions(openTime, width, height, isLowest);
  return {
    x,
    y,
    width,
    height,
    title: "",
    plot: {
      ...axes,
      marginLeft: LEFT,
      marginTop: 26,
      y: { domain: [...domain], ticks: 4, tickFormat: tickText(domain), tickSize: 0, label: null },
      marks: [
        Plot.gridY({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
        ...(domain[0] <= 0 && domain[1] >= 0 ? [Plot.ruleY([0], { stroke: SOFT, strokeWidth: 0.7 })] : []),
        Plot.line(thinLine(closes, values, width / 4), {
          stroke: colour,
          strokeWidth: 1.1,
          ariaDescription: `series ${plainText(label)}`,
        }),
        Plot.text([name], { ...head, dx: -LEFT + 4, fontWeight: "bold", ariaDescription: "title" }),
        Plot.text([fitText(plainText(note), width - indent - 12, FONT_SIZE)], {
          ...head,
          dx: -LEFT + 4 + indent,
          fill: SOFT,
          ariaDescription: "note",
        }),
      ],
    },
    hover: closesHover(openTime, [{ label, colour, values }], (value) => significant(value, 4)),
  };
}

/** Digits after the point that a tick has room for. */
const MOST_DIGITS = 6;

/** Ticks of a scale, with as many digits as tell them apart. */
function tickText([low, high]: readonly [number, number]) {
  const digits = Math.max(0, 1 - Math.floor(Math.log10((high - low) / 2)));
  if (digits > MOST_DIGITS) {
    return (value: number) => value === 0 ? "0" : value.toExponential(1).replaceAll("-", "−");
  }
  return (value: number) => decimal(value, high - low >= 4 ? 0 : digits);
}

/** Lowest and highest finite value; 0 and 0 if there is none. */
function extent(values: Float64Array): [number, number] {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

/** A scale that holds some values with a little room; a flat series stands in its middle. */
function domainOf(values: readonly number[]): [number, number] {
  const low = Math.min(...values), high = Math.max(...values);
  const room = high > low ? 0.04 * (high - low) : Math.abs(high) * 0.5 || 1;
  return [low - room, high + room];
}

function requireSeries(series: readonly SeriesPlot[], openTime: Float64Array): void {
  if (series.length === 0 || openTime.length === 0) {
    throw new RangeError(
      `Cannot draw series as there must be at least one and a bar: there are ${series.length} and ${openTime.length}`,
    );
  }
  const odd = series.find(({ values }) => values.length !== openTime.length);
  if (odd === undefined) return;
  throw new RangeError(
    `Cannot draw series as each must have one value a bar, ${openTime.length}: "${
      plainText(odd.label)
    }" has ` +
      `${odd.values.length}`,
  );
}
