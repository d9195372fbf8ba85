import * as Plot from "@observablehq/plot";
import type { EvidenceRecord } from "../experiments/evidence/evidence_record.ts";
import { testedPairs } from "../experiments/evidence/planned_power.ts";
import { equivalencePower, pairedPower } from "../stats/power.ts";
import { displayed } from "./displayed.ts";
import { evidenceSubtitle } from "./evidence_head.ts";
import type { Figure } from "./figure.ts";
import { decimal, percent } from "./format.ts";
import { FAINT, type FigureWidth, panelOptions, SOFT, STRONG, WIDTHS } from "./theme.ts";

const HEIGHT = 260, POINTS = 60;

/** What the grid could tell, by the size of the true effect: planned, before anything was run. */
export function powerFigure(record: EvidenceRecord, size: FigureWidth = "page"): Figure {
  const { registration } = record,
    { evidence: { spread, spreadFrom, alpha, margin, power }, tests } = registration;
  const tested = testedPairs(registration), pairs = Math.min(...tested.map((one) => one.pairs));
  const over = tested.find((one) => one.pairs === pairs)!.over;
  const width = WIDTHS[size], most = Math.max(3 * margin, 2 * spread);
  const effects = Array.from({ length: POINTS + 1 }, (_, i) => most * i / POINTS);
  const curves = [
    {
      label: `a difference, strictest of ${tests}`,
      colour: STRONG[0],
      dash: "none",
      shape: "thick" as const,
      at: (effect: number) => pairedPower(effect / spread, pairs, alpha / tests),
    },
    {
      label: "a difference, one test alone",
      colour: STRONG[0],
      dash: "5,3",
      shape: "dashed" as const,
      at: (effect: number) => pairedPower(effect / spread, pairs, alpha),
    },
    {
      label: "no effect, one test alone",
      colour: STRONG[1],
      dash: "none",
      shape: "thick" as const,
      at: (effect: number) => equivalencePower(margin / spread, pairs, alpha, effect / spread),
    },
  ];
  return displayed({
    name: "power",
    title: "What the experiment can tell",
    subtitle: evidenceSubtitle(record),
    caption:
      `Probability of a verdict with ${pairs} ${
        over === "markets" ? over : "seeds of one market"
      }, by the true difference in annual Sharpe ratio, if contrasts ` +
      `spread by ${decimal(spread)} over ${over} (${spreadFrom}). The upright line is the margin ${
        decimal(margin)
      }, the level ` +
      `one the planned power ${percent(power, 0)}.`,
    width,
    height: HEIGHT,
    legend: curves.map(({ label, colour, shape }) => ({ label, colour, shape })),
    panels: [{
      x: 0,
      y: 0,
      width,
      height: HEIGHT,
      title: "",
      plot: {
        ...panelOptions(width, HEIGHT),
        marginBottom: 42,
        x: {
          domain: [0, most],
          label: "True difference, annual Sharpe ratio",
          labelAnchor: "center",
          labelArrow: "none",
        },
        y: { domain: [0, 1], label: "Probability", labelArrow: "none", ticks: 5 },
        marks: [
          Plot.gridY({ ticks: 5, stroke: FAINT, strokeOpacity: 1 }),
          Plot.ruleX([margin], { stroke: SOFT, ariaDescription: "margin" }),
          Plot.ruleY([power], { stroke: SOFT, ariaDescription: "planned power" }),
          ...curves.map(({ label, colour, dash, at }) =>
            Plot.line(effects.map((effect) => [effect, at(effect)] as const), {
              stroke: colour,
              strokeWidth: 2,
              strokeDasharray: dash,
              ariaDescription: label,
            })
          ),
        ],
      },
    }],
  });
}
