/** Differences with their intervals, a row each, around a rule at 0. */
import * as Plot from "@observablehq/plot";
import type { Figure } from "./figure.ts";
import { signed } from "./format.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { fitText, plainText, textWidth } from "./text.ts";
import { FAINT, type FigureWidth, FONT_SIZE, PAPER, SOFT, STRONG, widthOf } from "./theme.ts";

const ROW = 24, TALL_ROW = 38, TOP = 10, BOTTOM = 44, MOST_LABEL = 290;

/** One difference. */
export interface DifferenceRow {
  readonly label: string;
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  /** What is compared with cannot be had, or nothing is tested: drawn hollow and dashed. */
  readonly hollow: boolean;
}

/** An interval in words. */
export function intervalText({ lower, upper }: Pick<DifferenceRow, "lower" | "upper">): string {
  return Number.isFinite(upper - lower) ? `${signed(lower)} to ${signed(upper)}` : "not bounded";
}

/** Rows in the order in which they are given; on narrow widths labels stand above their interval. */
export function differenceRowsFigure(
  rows: readonly DifferenceRow[],
  head: Pick<Figure, "name" | "title" | "subtitle" | "caption"> & { readonly axis: string },
  size: FigureWidth,
): Figure {
  const { axis, ...said } = head, width = widthOf(size), beside = size === "page";
  const height = TOP + BOTTOM + Math.max(1, rows.length) * (beside ? ROW : TALL_ROW);
  const left = beside
    ? Math.min(
      MOST_LABEL,
      18 + Math.max(0, ...rows.map(({ label }) => textWidth(plainText(label), FONT_SIZE))),
    )
    : 16;
  const inside = width - left - (beside ? 66 : 16);
  const known = rows.flatMap(({ difference, lower, upper }) => [difference, lower, upper]).filter(
    Number.isFinite,
  );
  const least = Math.min(0, ...known), most = Math.max(0, ...known);
  const air = most > least ? (most - least) / 40 : 1;
  const dy = beside ? 0 : 7;
  const indexed = rows.map((row, i) => ({
    ...row,
    i,
    lower: Math.max(least - air, row.lower), // an end that is not known reaches the edge
    upper: Math.min(most + air, row.upper),
  }));
  const endless = rows.some(({ lower, upper }) => !Number.isFinite(upper - lower));
  const dash = ({ hollow }: DifferenceRow) => hollow ? "4,3" : "none";
  const solid = indexed.filter(({ hollow }) => !hollow), open = indexed.filter(({ hollow }) => hollow);
  const bars = (some: typeof indexed) =>
    Plot.ruleY(some, {
      x1: "lower",
      x2: "upper",
      y: "i",
      dy,
      stroke: SOFT,
      strokeWidth: 1.6,
      strokeDasharray: some[0] ? dash(some[0]) : "none",
      ariaDescription: some[0]?.hollow ? "hollow intervals" : "intervals",
    });
  return singlePanelFigure(
    endless
      ? { ...said, caption: `${said.caption} An interval from edge to edge: too few blocks to bound it.` }
      : said,
    height,
    {
      width,
      marginLeft: left,
      marginRight: beside ? 66 : 16,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: {
        domain: [least - air, most + air],
        ticks: beside ? 7 : 4,
        label: axis,
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: { type: "point", domain: indexed.map(({ i }) => i), padding: 0.5, axis: null },
      marks: [
        Plot.gridX({ ticks: beside ? 7 : 4, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleX([0], { stroke: SOFT, strokeWidth: 1 }),
        bars(solid),
        bars(open),
        Plot.dot(indexed, {
          x: "difference",
          y: "i",
          dy,
          r: 3.6,
          fill: ({ hollow }: DifferenceRow) => hollow ? PAPER : STRONG[0],
          stroke: STRONG[0],
          strokeWidth: 1.4,
          ariaDescription: "differences",
        }),
        Plot.text(indexed, {
          y: "i",
          frameAnchor: "left",
          textAnchor: beside ? "end" : "start",
          dx: beside ? -10 : 0,
          dy: beside ? 0 : -9,
          text: ({ label, difference }: DifferenceRow) =>
            beside
              ? fitText(plainText(label), left - 18, FONT_SIZE)
              : `${fitText(plainText(label), inside - 60, FONT_SIZE)}: ${signed(difference)}`,
          fontSize: FONT_SIZE,
          ariaDescription: "labels",
        }),
        ...(beside
          ? [Plot.text(indexed, {
            y: "i",
            frameAnchor: "right",
            textAnchor: "end",
            dx: 56,
            text: ({ difference }: DifferenceRow) => signed(difference),
            fontSize: FONT_SIZE,
            ariaDescription: "numbers",
          })]
          : []),
      ],
    },
    undefined,
    width,
  );
}
