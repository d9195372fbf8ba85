/** Small plots, one a strategy, each beside the headline. */
import * as Plot from "@observablehq/plot";
import { equityFrame, type EquityLine, equityTicks, multiple, withinFrame } from "./equity_lines.ts";
import type { Panel } from "./figure.ts";
import type { Hover } from "./hover.ts";
import { fitText, textWidth } from "./text.ts";
import { FAINT, FONT_SIZE, panelOptions, QUIET, SOFT } from "./theme.ts";
import { type Point, thinLine } from "./thin.ts";
import { timeAxis } from "./time_axis.ts";

const HEIGHT = 168;
const GAP = 12;
/** A small plot is at least this wide, in px. */
const LEAST_WIDTH = 165;
const USUAL_WIDTH = 210;
const LEFT = 48;
/** Bold is wider than the estimate for regular type: in files, which are set in DejaVu Sans, a title met the next one. */
const BOLD = 1.15;

/**
 * Panels in rows from the left, all on one log scale but for those that would squeeze the others: they have their own,
 * and say so.
 *
 * @param place Px of the figure: its width, and where the first row begins; `first` and `last` in ms UTC.
 */
export function multiplesPanels(
  lines: readonly EquityLine[],
  headline: EquityLine | null,
  place: {
    readonly first: number;
    readonly last: number;
    readonly width: number;
    readonly top: number;
    /** What a pointer reads of a line. */
    readonly hover: (line: EquityLine) => Hover;
  },
): { readonly panels: readonly Panel[]; readonly height: number } {
  if (lines.length === 0) return { panels: [], height: 0 };
  const fitting = (least: number) => Math.floor((place.width + GAP) / (least + GAP));
  const columns = Math.max(fitting(USUAL_WIDTH), Math.min(2, fitting(LEAST_WIDTH)), 1);
  const width = (place.width - GAP * (columns - 1)) / columns;
  const beside = headline ? [headline] : [];
  const { domain, outside } = equityFrame([...lines, ...beside], beside.map(({ strategy }) => strategy.name));
  const panels = lines.map((line, i) => {
    const own = outside.includes(line);
    const frame = own ? equityFrame([line, ...beside], [line.strategy.name]).domain : domain;
    return panelOf(
      line,
      headline,
      frame,
      [line.label.mark, own ? "own scale" : ""].filter((note) => note !== ""),
      {
        x: (i % columns) * (width + GAP),
        y: place.top + Math.floor(i / columns) * HEIGHT,
        width,
        first: place.first,
        last: place.last,
        hover: place.hover(line),
      },
    );
  });
  return { panels, height: 12 + Math.ceil(lines.length / columns) * HEIGHT };
}

function panelOf(
  line: EquityLine,
  headline: EquityLine | null,
  domain: readonly [number, number],
  notes: readonly string[],
  { x, y, width, first, last, hover }: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly first: number;
    readonly last: number;
    readonly hover: Hover;
  },
): Panel {
  const ticks = equityTicks(domain, 3);
  return {
    x,
    y,
    width,
    height: HEIGHT,
    title: "",
    hover,
    plot: {
      ...panelOptions(width, HEIGHT),
      marginLeft: LEFT,
      marginTop: 34,
      marginBottom: 36,
      marginRight: 18,
      x: { ...timeAxis(first, last), ticks: 3, label: null },
      y: { type: "log", domain: [...domain], ticks, tickFormat: multiple, tickSize: 0, label: null },
      marks: [
        Plot.gridY({ ticks, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([1], { stroke: SOFT, strokeWidth: 0.7 }),
        ...(headline
          ? [
            Plot.line(withinFrame(smallLine(headline, width), domain), {
              stroke: QUIET,
              strokeWidth: 1.4,
              ariaDescription: "headline",
            }),
          ]
          : []),
        Plot.line(withinFrame(smallLine(line, width), domain), {
          stroke: line.style.colour,
          strokeWidth: 1.5,
          strokeDasharray: line.style.dash,
          ariaDescription: `equity ${line.strategy.name}`,
        }),
        Plot.text([fitText(line.label.text, width / BOLD, FONT_SIZE)], {
          frameAnchor: "top-left",
          dx: -LEFT,
          dy: -30,
          fontWeight: "bold",
          fontSize: FONT_SIZE,
          ariaDescription: "title",
        }),
        Plot.text([
          fitText(notes.join(", "), width - textWidth(line.label.figure, FONT_SIZE) - 20, FONT_SIZE),
        ], {
          frameAnchor: "top-left",
          dx: -LEFT,
          dy: -15,
          fill: SOFT,
          fontSize: FONT_SIZE,
          ariaDescription: "note",
        }),
        Plot.text([line.label.figure], {
          frameAnchor: "top-right",
          dy: -15,
          fill: line.style.colour,
          fontSize: FONT_SIZE,
          ariaDescription: "return",
        }),
      ],
    },
  };
}

/** A line with the points that so narrow a plot can show, its troughs and peaks among them. */
function smallLine({ points }: EquityLine, width: number): readonly Point[] {
  return thinLine(points.map(([x]) => x), points.map(([, y]) => y), Math.ceil(width / 3));
}
