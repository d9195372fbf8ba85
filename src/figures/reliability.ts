import * as Plot from "@observablehq/plot";
import { ece, equalMassBins, type ReliabilityBin } from "../stats/calibration.ts";
import { wilsonShare } from "../stats/wilson.ts";
import { type FigureHead, requireHead } from "./account_line.ts";
import { displayed } from "./displayed.ts";
import { type Figure, PANEL_TITLE } from "./figure.ts";
import { count, decimal, percent } from "./format.ts";
import { smallPanels } from "./small_panels.ts";
import { fitText, plainText } from "./text.ts";
import { FAINT, FONT_SIZE, panelOptions, SOFT, STRONG } from "./theme.ts";

const BINS = 10, HEIGHT = 230;

/** Stated probabilities of one forecaster and what came of them. */
export interface StatedProbabilities {
  /** Whose forecasts. */
  readonly label: string;
  /** Stated probability that the event comes, in [0, 1]; shape [n], n >= 1. */
  readonly probabilities: Float64Array;
  /** 1 where it came, else 0; shape [n]. */
  readonly outcomes: ArrayLike<number>;
}

/**
 * Stated probabilities beside frequencies, a panel a forecaster: ten groups of equal number, each with the 95 % interval
 * (Wilson) of its frequency. On the diagonal they are calibrated.
 *
 * @throws {RangeError} If there is no forecaster, or one has no forecast, another number of outcomes, or a probability
 *   outside [0, 1].
 */
export function reliabilityFigure(forecasters: readonly StatedProbabilities[], head: FigureHead): Figure {
  requireHead(head);
  if (forecasters.length === 0) {
    throw new RangeError("Cannot draw reliability as there must be a forecaster: there is none");
  }
  const size = head.width ?? "page";
  const { across, placeOf, whole } = smallPanels(forecasters.length, HEIGHT, size);
  const groups = forecasters.map(({ probabilities, outcomes }) =>
    equalMassBins(probabilities, outcomes, BINS)
  );
  const [low, high] = rangeOf(groups.flat());
  return displayed({
    name: "reliability",
    title: "Do stated probabilities come true?",
    subtitle: head.subtitle,
    caption:
      "Stated probability of a rise across, how often it came upwards; up to ten groups of equal number with 95% intervals, " +
      "as if outcomes were independent. On the line they are calibrated; flatter than it is overconfident. ECE: mean " +
      "distance from the line over these groups, above 0 by chance alone.",
    width: placeOf(0).width * across,
    height: whole,
    legend: [],
    panels: forecasters.map(({ label, probabilities }, i) => {
      const place = placeOf(i), bins = groups[i]!;
      const said = `${plainText(label)}: n ${count(probabilities.length)}, ECE ${decimal(ece(bins), 3)}`;
      return {
        ...place,
        title: fitText(said, place.width - 16, FONT_SIZE * 1.1),
        plot: panelPlot(bins, place.width, [low, high], plainText(label)),
      };
    }),
  });
}

function panelPlot(
  bins: readonly ReliabilityBin[],
  width: number,
  domain: [number, number],
  label: string,
): Plot.PlotOptions {
  const axis = { domain, ticks: 4, tickFormat: (tick: number) => percent(tick, 0), label: null };
  const intervals = bins.map(({ count, forecast, frequency }) => {
    const { lower, upper } = wilsonShare(Math.round(count * frequency), count);
    return { forecast, lower: Math.max(domain[0], lower), upper: Math.min(domain[1], upper) };
  });
  return {
    ...panelOptions(width, HEIGHT - PANEL_TITLE),
    marginTop: 8,
    marginLeft: 46,
    marginRight: 22, // the last tick's label is centred on it
    x: axis,
    y: axis,
    marks: [
      Plot.gridY({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
      Plot.line([[domain[0], domain[0]], [domain[1], domain[1]]], { stroke: SOFT, strokeWidth: 1 }),
      Plot.ruleX(intervals, { x: "forecast", y1: "lower", y2: "upper", stroke: SOFT, strokeWidth: 1.2 }),
      Plot.dot(bins, {
        x: "forecast",
        y: "frequency",
        r: 3.4,
        fill: STRONG[0],
        ariaDescription: `reliability ${label}`,
      }),
    ],
  };
}

/** The range of forecasts and frequencies in tenths, .5 in it: forecasts of returns hug one half. */
function rangeOf(bins: readonly ReliabilityBin[]): [number, number] {
  const all = [0.4, 0.6, ...bins.flatMap(({ forecast, frequency }) => [forecast, frequency])];
  return [
    Math.max(0, Math.floor(Math.min(...all) * 10) / 10),
    Math.min(1, Math.ceil(Math.max(...all) * 10) / 10),
  ];
}
