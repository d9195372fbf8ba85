/** Figures and tables of forecasters on the same bars: calibration and skill. */
import * as Plot from "@observablehq/plot";
import type { HorizonQuality } from "../experiments/forecast_quality.ts";
import { equalMassBins } from "../stats/calibration.ts";
import { uniformityTest } from "../stats/pit.ts";
import { displayed } from "./displayed.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { decimal, percent } from "./format.ts";
import type { Table } from "./table.ts";
import { cycle, FAINT, FIGURE_WIDTH, panelOptions, SOFT, VARIANT } from "./theme.ts";

/** Quality of each forecaster by name, one entry a horizon. */
export type QualityByForecaster = Readonly<Record<string, readonly HorizonQuality[]>>;

const COLUMNS = 3, HEIGHT = 170, WIDTH = FIGURE_WIDTH / COLUMNS, BINS = 10;

/** A panel for every forecaster and horizon, row by row. */
function panelsOf(
  quality: QualityByForecaster,
  plot: (one: HorizonQuality, colour: string) => Plot.PlotOptions,
): Panel[] {
  return Object.entries(quality).flatMap(([name, horizons], row) =>
    horizons.map((one, column): Panel => ({
      x: WIDTH * column,
      y: HEIGHT * row,
      width: WIDTH,
      height: HEIGHT,
      title: `${name}, ${one.horizon} ${one.horizon === 1 ? "bar" : "bars"}`,
      plot: { ...panelOptions(WIDTH, HEIGHT - PANEL_TITLE), ...plot(one, cycle(VARIANT, row)) },
    }))
  );
}

function figureOf(
  panels: readonly Panel[],
  head: Pick<Figure, "name" | "title" | "subtitle" | "caption">,
): Figure {
  const height = Math.max(HEIGHT, ...panels.map((panel) => panel.y + panel.height));
  return displayed({ ...head, width: FIGURE_WIDTH, height, panels, legend: [] });
}

/** Where in their distributions outcomes fell: flat where calibrated, high at the ends where too narrow. */
export function forecastPitFigure(quality: QualityByForecaster, subtitle: string): Figure {
  const panels = panelsOf(quality, ({ pit }, colour) => {
    const counts = new Array<number>(BINS).fill(0);
    for (const value of pit) counts[Math.min(BINS - 1, Math.floor(value * BINS))]! += BINS / pit.length;
    const bars = counts.map((height, i) => ({ from: i / BINS, to: (i + 1) / BINS, height }));
    return {
      marginTop: 6,
      marginLeft: 36,
      x: { domain: [0, 1], ticks: 5, label: null },
      y: { domain: [0, Math.max(2, ...counts)], ticks: 3, label: null },
      marks: [
        Plot.gridY({ ticks: 3, stroke: FAINT, strokeOpacity: 1 }),
        Plot.rectY(bars, { x1: "from", x2: "to", y: "height", fill: colour, fillOpacity: 0.6, inset: 0.5 }),
        Plot.ruleY([1], { stroke: SOFT, strokeWidth: 1 }),
      ],
    };
  });
  return figureOf(panels, {
    name: "forecast_pit",
    title: "Where outcomes fell in what was forecast",
    subtitle,
    caption:
      "Probability integral transform: outcomes by the level of the forecast distribution at which they came, " +
      "over what a calibrated forecast has (the rule). High ends: too narrow. A high middle: too wide. A slope: biased.",
  });
}

/** Stated probabilities of a rise beside how often the price rose. */
export function forecastReliabilityFigure(quality: QualityByForecaster, subtitle: string): Figure {
  const panels = panelsOf(quality, ({ pUp, rose }, colour) => {
    const bins = equalMassBins(pUp, rose, BINS);
    const ends = bins.map(({ forecast, frequency, count }) => ({
      forecast,
      frequency,
      error: 2 * Math.sqrt(frequency * (1 - frequency) / count),
    }));
    const values = [
      0.4,
      0.6,
      ...ends.flatMap(({ forecast, frequency, error }) => [
        forecast,
        frequency - error,
        frequency + error,
      ]),
    ];
    const domain = [Math.min(...values), Math.max(...values)];
    const axis = { domain, ticks: 4, tickFormat: (tick: number) => percent(tick, 0), label: null };
    return {
      marginTop: 6,
      marginLeft: 42,
      marginRight: 20,
      x: axis,
      y: axis,
      marks: [
        Plot.gridY({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
        Plot.line([[domain[0]!, domain[0]!], [domain[1]!, domain[1]!]], { stroke: SOFT, strokeWidth: 0.8 }),
        Plot.ruleX(ends, {
          x: "forecast",
          y1: ({ frequency, error }: { frequency: number; error: number }) => frequency - error,
          y2: ({ frequency, error }: { frequency: number; error: number }) => frequency + error,
          stroke: colour,
          strokeOpacity: 0.5,
        }),
        Plot.dot(ends, { x: "forecast", y: "frequency", r: 3, fill: colour }),
      ],
    };
  });
  return figureOf(panels, {
    name: "forecast_reliability",
    title: "Do stated probabilities of a rise come true?",
    subtitle,
    caption:
      "Tenths of the stated probabilities: their mean across, how often the price rose upwards, with two standard " +
      "errors of independent outcomes; coins move together, so true ones are wider. On the line they are calibrated.",
  });
}

/** Skill, coverage and uniformity of every forecaster and horizon. */
export function forecastQualityTable(quality: QualityByForecaster): Table {
  const share = (value: number) => Number.isFinite(value) ? percent(value, 1) : "–";
  return displayed({
    name: "forecast_quality",
    title: "Forecasters and horizons",
    caption:
      "Skill: 1 − CRPS over that of each coin's own past (climatology); above 0 a forecast knows more than that. " +
      "Regimes are those of each coin at the decision.",
    columns: [
      { label: "Forecaster", align: "left", hint: "researcher behind the default analyst" },
      { label: "Bars", align: "right", hint: "horizon" },
      { label: "Outcomes", align: "right", hint: "all coins; no two of a coin share a bar" },
      { label: "Skill", align: "right", hint: "CRPS skill against climatology" },
      { label: "Bull", align: "right", hint: "the same, decided in a bull market" },
      { label: "Bear", align: "right", hint: "the same, decided in a bear market" },
      { label: "Side", align: "right", hint: "the same, decided in a sideways market" },
      { label: "Inside 90 %", align: "right", hint: "share of the outcomes inside the 90 % interval" },
      { label: "Width", align: "right", hint: "mean width of that interval, of price" },
      {
        label: "PIT distance",
        align: "right",
        hint: "largest distance of the PIT from uniform (Kolmogorov-Smirnov)",
      },
    ],
    rows: Object.entries(quality).flatMap(([name, horizons]) =>
      horizons.map((one, i) => ({
        cells: [
          i === 0 ? name : "",
          String(one.horizon),
          String(one.pit.length),
          share(one.skill),
          ...one.skillByRegime.map(share),
          share(one.covered),
          share(one.width),
          one.pit.length < 5 ? "–" : decimal(uniformityTest(one.pit).distance, 3),
        ],
        strong: false,
      }))
    ),
  });
}
