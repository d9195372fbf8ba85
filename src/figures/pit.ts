import * as Plot from "@observablehq/plot";
import { uniformityTest } from "../stats/pit.ts";
import { type FigureHead, requireHead } from "./account_line.ts";
import { displayed } from "./displayed.ts";
import { type Figure, PANEL_TITLE } from "./figure.ts";
import { count, pText } from "./format.ts";
import { smallPanels } from "./small_panels.ts";
import { fitText, plainText } from "./text.ts";
import { FAINT, FONT_SIZE, panelOptions, SOFT, STRONG } from "./theme.ts";

const BINS = 10, HEIGHT = 190;
/** Of a normal distribution: how far a share strays in 19 of 20 draws. */
const Z = 1.96;
/** Fewer values than this are drawn without a test. */
const LEAST_TESTED = 5;

/** Where the outcomes of one forecaster fell in its forecasts. */
export interface PitValues {
  /** Whose forecasts. */
  readonly label: string;
  /** Probability that the forecast gave to what was below the outcome, in [0, 1]; shape [n], n >= 1. */
  readonly values: Float64Array;
}

/**
 * Histograms of probability integral transforms, a panel a forecaster: flat if the forecasts are calibrated, a hump if
 * they are too wide, a bowl if they are too narrow, a slope if they lean to one side.
 *
 * @throws {RangeError} If there is no forecaster, one has no value, or a value is outside [0, 1].
 * @see F. X. Diebold, T. A. Gunther, A. S. Tay, International Economic Review 39 (1998) 863.
 */
export function pitFigure(forecasters: readonly PitValues[], head: FigureHead): Figure {
  requireHead(head);
  requireValues(forecasters);
  const size = head.width ?? "page";
  const shapes = forecasters.map(({ values }) => histogram(values));
  const highest = Math.max(2, ...shapes.flatMap(({ bars, band }) => [...bars.map(({ y }) => y), 1 + band]));
  const { across, placeOf, whole } = smallPanels(forecasters.length, HEIGHT, size);
  return displayed({
    name: "pit",
    title: "Where outcomes fell in their forecasts",
    subtitle: head.subtitle,
    caption:
      "Probability integral transforms in tenths; 1 is as many as calibrated forecasts have, and they stay in the band in " +
      "19 of 20 tenths if outcomes are independent. A hump: too wide; a bowl: too narrow; a slope: leaning to one side. n: " +
      "outcomes; p: Kolmogorov-Smirnov, of values as uneven as these.",
    width: placeOf(0).width * across,
    height: whole,
    legend: [],
    panels: forecasters.map(({ label, values }, i) => {
      const place = placeOf(i), { bars, band } = shapes[i]!;
      const p = values.length >= LEAST_TESTED ? `, p ${pText(uniformityTest(values).p)}` : "";
      return {
        ...place,
        title: fitText(
          `${plainText(label)}: n ${count(values.length)}${p}`,
          place.width - 16,
          FONT_SIZE * 1.1,
        ),
        plot: {
          ...panelOptions(place.width, HEIGHT - PANEL_TITLE),
          marginTop: 8,
          marginLeft: 44,
          marginRight: 16,
          x: { domain: [0, 1], ticks: 5, label: null },
          y: { domain: [0, highest], ticks: 4, label: null },
          marks: [
            Plot.gridY({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
            Plot.rect(bars, {
              x1: "x1",
              x2: "x2",
              y1: 0,
              y2: "y",
              insetLeft: 1,
              insetRight: 1,
              fill: STRONG[0],
              fillOpacity: 0.75,
              ariaDescription: `pit ${plainText(label)}`,
            }),
            Plot.rect([band], {
              x1: 0,
              x2: 1,
              y1: Math.max(0, 1 - band),
              y2: 1 + band,
              fill: SOFT,
              fillOpacity: 0.22,
              ariaDescription: "band",
            }),
            Plot.ruleY([1], { stroke: SOFT, strokeWidth: 1 }),
          ],
        },
      };
    }),
  });
}

/** Shares of each tenth over the share that it should have, and how far they stray by chance. */
function histogram(values: Float64Array) {
  const counts = new Float64Array(BINS);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor(value * BINS))]! += 1;
  const expected = values.length / BINS;
  return {
    bars: Array.from(counts, (own, i) => ({ x1: i / BINS, x2: (i + 1) / BINS, y: own / expected })),
    band: Z * Math.sqrt((1 - 1 / BINS) / expected),
  };
}

function requireValues(forecasters: readonly PitValues[]): void {
  const odd = forecasters.find(({ values }) =>
    values.length === 0 || !values.every((value) => value >= 0 && value <= 1)
  );
  if (forecasters.length > 0 && odd === undefined) return;
  throw new RangeError(
    odd === undefined
      ? "Cannot draw transforms as there must be a forecaster: there is none"
      : `Cannot draw the transforms of "${
        plainText(odd.label)
      }" as there must be values, all in [0, 1]: there are ${odd.values.length}`,
  );
}
