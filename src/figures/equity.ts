import { displayed } from "./displayed.ts";
import { oracleText } from "./oracle_text.ts";
import * as Plot from "@observablehq/plot";
import { BAR_MS } from "../core/universe.ts";
import { betterOpponent, opponentsOf } from "../experiments/comparison.ts";
import type { RunResult, RunSeries } from "../experiments/result.ts";
import { endLabels, labelRoom, leaderEnd } from "./end_labels.ts";
import { equityHover } from "./equity_hover.ts";
import {
  equityFrame,
  type EquityLine,
  equityLines,
  equityTicks,
  FLOOR,
  multiple,
  withinFrame,
} from "./equity_lines.ts";
import type { Hover } from "./hover.ts";
import { multiplesPanels } from "./equity_multiples.ts";
import type { Figure, LegendEntry, Panel } from "./figure.ts";
import { percent } from "./format.ts";
import { relativeEquity } from "./relative_equity.ts";
import { runSubtitle } from "./run_subtitle.ts";
import { strategyLabel } from "./strategy_style.ts";
import { fitText, textWidth } from "./text.ts";
import { cycle, FAINT, type FigureWidth, FONT_SIZE, panelOptions, SOFT, widthOf } from "./theme.ts";
import { timeAxis } from "./time_axis.ts";
import { requireResult, requireRunSeries } from "./run_parts.ts";

/** So many strategies share one plot; of more, those that the question is about do, and each other has its own below. */
const MOST_TOGETHER = 6;
/** Told in the large plot beside the headline and its opponents. */
const USUAL = "buyAndHold";

const APART = ["#33383e", "#8a6a00", "#a34a7c", "#5f7d8c"] as const;

/** Closes that a pointer can tell apart in a small plot, and readings of all small plots together. */
const SMALL_READINGS = 200, ALL_SMALL_READINGS = 2000;
const HEIGHT: Readonly<Record<FigureWidth, number>> = { page: 400, column: 320, phone: 280 };
/** Px of a legend's line that its key and its air take. */
const KEY_ROOM = 56;
const MARGIN = { left: 54, top: 14, bottom: 50, right: 14 };

/**
 * Equity on a log scale: the headline with what it is to be judged by in one plot, every other strategy in a small one
 * of its own beside the headline.
 */
export function equityFigure(result: RunResult, series: RunSeries, size: FigureWidth = "page"): Figure {
  requireResult(result, "strategies");
  requireRunSeries(series);
  const width = widthOf(size);
  const lines = equityLines(result, series, size === "page" ? 300 : 150);
  const headline = lines.find(({ strategy }) => strategy.name === result.headline) ?? null;
  const told = [result.headline, ...opponentsOf(result.headline), betterOpponent(result), USUAL];
  const isTold = ({ strategy: { name, kind } }: EquityLine) =>
    lines.length <= MOST_TOGETHER || kind === "population" || told.includes(name);
  const together = markedApart(lines.filter(isTold));
  const order = (line: EquityLine) => result.strategies.indexOf(line.strategy);
  const others = lines.filter((line) => !isTold(line)).sort((a, b) => order(a) - order(b));
  const { domain, outside } = equityFrame(together, [result.headline]);
  const span = { first: series.openTime[0]!, last: series.openTime.at(-1)! + BAR_MS };
  const large = largePanel(together, domain, series, size);
  const smallReadings = Math.min(SMALL_READINGS, Math.floor(ALL_SMALL_READINGS / Math.max(1, others.length)));
  const small = multiplesPanels(others, headline, {
    ...span,
    width,
    top: HEIGHT[size] + 12,
    hover: (line) => hoverOf([line], series, smallReadings),
  });
  const closed = lines.filter(({ low }) => low <= FLOOR);
  return displayed({
    name: "equity",
    title: `Equity of the ${result.command === "population" ? "population" : "pipeline"} and its references`,
    subtitle: runSubtitle(result),
    caption:
      "Equity at the close of each bar after fees, slippage and funding, as a multiple of the equity before the first " +
      "reported row; log scale, so equal slopes are equal rates of return. The figure at a label is the total net " +
      `return.${oracleText(result, "Dashed")}${
        others.length > 0 ? " Below, each other strategy beside the headline (pale)." : ""
      }${namesText("Leaves the frame, which would squeeze the others", outside)}${
        namesText(`Drawn at ${percent(FLOOR, 0)} of the start once below it`, closed)
      }`,
    width,
    height: HEIGHT[size] + small.height,
    legend: size === "page" ? [] : [...together].reverse().map((line) => legendEntry(line, width)),
    panels: [large, ...small.panels],
  });
}

/** References, which are grey elsewhere, in colours that tell them apart where they share a plot. */
function markedApart(lines: readonly EquityLine[]): EquityLine[] {
  let seen = 0;
  return lines.map((line) =>
    line.strategy.kind === "reference" && line.style.width < 2
      ? { ...line, style: { ...line.style, colour: cycle(APART, seen++) } }
      : line
  );
}

/** What a pointer reads of lines, the last drawn first. */
function hoverOf(lines: readonly EquityLine[], series: RunSeries, readings?: number): Hover {
  return equityHover(
    series.openTime,
    [...lines].reverse().map(({ strategy, style }) => ({
      label: strategyLabel(strategy),
      colour: style.colour,
      values: relativeEquity(strategy, series.equity[strategy.name]!),
    })),
    readings,
  );
}

function largePanel(
  lines: readonly EquityLine[],
  domain: readonly [number, number],
  series: RunSeries,
  size: FigureWidth,
): Panel {
  const first = series.openTime[0]!, last = series.openTime.at(-1)! + BAR_MS;
  const width = widthOf(size), height = HEIGHT[size];
  const labelled = size === "page"; // elsewhere there is a legend
  const marginRight = labelled ? labelRoom(lines.map(endLabelOf)) : MARGIN.right;
  const labelX = labelled ? leaderEnd(first, last, width - MARGIN.left - marginRight) : last;
  const ticks = equityTicks(domain, 7);
  const labels = lines.map((line) => ({
    ...endLabelOf(line),
    value: line.points.at(-1)![1],
    colour: line.style.colour,
    bold: isStrong(line),
  }));
  return {
    x: 0,
    y: 0,
    width,
    height,
    title: "",
    plot: {
      ...panelOptions(width, height),
      marginLeft: MARGIN.left,
      marginTop: MARGIN.top,
      marginBottom: MARGIN.bottom,
      marginRight,
      x: { ...timeAxis(first, labelX), ticks: labelled ? 8 : 4, labelOffset: 46 },
      y: { type: "log", domain: [...domain], ticks, tickFormat: multiple, label: null },
      marks: [
        Plot.gridY({ ticks, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([1], { stroke: SOFT, strokeWidth: 0.8, ariaDescription: "start" }),
        ...lines.map(({ points, style, strategy }) =>
          Plot.line(withinFrame(points, domain), {
            stroke: style.colour,
            strokeWidth: style.width,
            strokeDasharray: style.dash,
            ariaDescription: `equity ${strategy.name}`,
          })
        ),
        ...(labelled
          ? endLabels(labels, {
            type: "log",
            domain,
            bottom: height - MARGIN.bottom,
            top: MARGIN.top,
            lastX: last,
            labelX,
          })
          : []),
      ],
    },
    hover: hoverOf(lines, series),
  };
}

const isStrong = ({ style }: EquityLine) => style.width > 2;

function endLabelOf({ label: { text, mark, figure } }: EquityLine) {
  return { text, figure: `${mark} ${figure}`.trim() };
}

/** A key with the line's name, cut where the figure ends, and its return. */
function legendEntry(line: EquityLine, width: number): LegendEntry {
  const { text, figure } = endLabelOf(line);
  const room = width - KEY_ROOM - textWidth(` ${figure}`, FONT_SIZE);
  return {
    label: `${fitText(text, room, FONT_SIZE)} ${figure}`,
    colour: line.style.colour,
    shape: line.style.dash !== "none" ? "dashed" : isStrong(line) ? "thick" : "line",
  };
}

function namesText(what: string, lines: readonly EquityLine[]): string {
  return lines.length === 0 ? "" : ` ${what}: ${lines.map(({ label }) => label.text).join(", ")}.`;
}
