import * as Plot from "@observablehq/plot";
import type { DeciderSummary, ModelComparison } from "../experiments/decisions/compare_models.ts";
import type { ReliabilityBin } from "../stats/calibration.ts";
import { benchmarkText, deciderName } from "./decision_rows.ts";
import { displayed } from "./displayed.ts";
import { type Figure, type Panel, PANEL_TITLE } from "./figure.ts";
import { percent } from "./format.ts";
import { FAINT, FIGURE_WIDTH, panelOptions, REFERENCE, SOFT, STRONG } from "./theme.ts";

const COLUMNS = 4, HEIGHT = 210, WIDTH = FIGURE_WIDTH / COLUMNS;

/**
 * Stated probabilities beside how often the price rose, a panel a decider and, where it has several, a cutoff stratum: before
 * its cutoff a model may remember, and the two must not be laid over one another. On the diagonal they are calibrated.
 */
export function decisionReliabilityFigure(comparison: ModelComparison): Figure {
  const shown = comparison.deciders.flatMap((decider) =>
    decider.strata.filter(({ quality }) => quality.bins.length > 0)
      .map((summary) => ({ decider, summary, several: decider.strata.length > 1 }))
  );
  const panels = shown.map(({ decider, summary, several }, i): Panel => ({
    x: WIDTH * (i % COLUMNS),
    y: HEIGHT * Math.floor(i / COLUMNS),
    width: WIDTH,
    height: HEIGHT,
    title: (decider.simulated ? `${decider.name.replace("scripted-", "")} SIMULATED` : deciderName(decider)) +
      (several ? `, ${summary.stratum}` : ""),
    plot: panelPlot(decider, summary.quality.bins),
  }));
  return displayed({
    name: "decision_reliability",
    title: "Do stated probabilities come true?",
    subtitle: benchmarkText(comparison),
    caption:
      "Of each tenth of stated probabilities of a rise: its mean across, how often the price rose upwards; areas are " +
      "numbers of decisions. On the line they are calibrated; flatter than it is overconfident.",
    width: FIGURE_WIDTH,
    height: HEIGHT * Math.max(1, Math.ceil(shown.length / COLUMNS)),
    panels,
    legend: [],
  });
}

function panelPlot(
  decider: Pick<DeciderSummary, "control" | "simulated">,
  bins: readonly ReliabilityBin[],
): Plot.PlotOptions {
  const height = HEIGHT - PANEL_TITLE;
  const colour = decider.control ? REFERENCE[2] : decider.simulated ? REFERENCE[1] : STRONG[0];
  const axis = { domain: [0, 1], ticks: 3, tickFormat: (tick: number) => percent(tick, 0), label: null };
  return {
    ...panelOptions(WIDTH, height),
    marginTop: 6,
    marginLeft: 42,
    marginRight: 22, // the last tick's label is centred on it
    x: axis,
    y: axis,
    r: { type: "sqrt", domain: [0, 240], range: [0, 14] },
    marks: [
      Plot.gridY({ ticks: 3, stroke: FAINT, strokeOpacity: 1 }),
      Plot.line([[0, 0], [1, 1]], { stroke: SOFT, strokeWidth: 0.8 }),
      Plot.dot(bins, {
        x: "forecast",
        y: "frequency",
        r: "count",
        fill: colour,
        fillOpacity: 0.55,
        stroke: colour,
      }),
    ],
  };
}
