import * as Plot from "@observablehq/plot";
import type { DeciderSummary, ModelComparison } from "../experiments/decisions/compare_models.ts";
import { benchmarkText } from "./decision_rows.ts";
import type { Figure } from "./figure.ts";
import { decimal } from "./format.ts";
import { singlePanelFigure } from "./single_panel.ts";
import { FAINT, PAPER, SOFT, STRONG } from "./theme.ts";

const HEIGHT = 300;

/** A model that answered: its Brier score, and what a question took. */
interface Spot {
  readonly name: string;
  readonly brier: number;
  readonly cost: number;
  readonly isFrontier: boolean;
}

/**
 * Score and cost of the real models that answered: in USD where any of them has a price, else in seconds. Filled ones are
 * on the frontier: nobody is both better and cheaper.
 */
export function decisionCostFigure(comparison: ModelComparison): Figure {
  const real = comparison.deciders.filter(({ simulated, control }) => !simulated && !control);
  const isPriced = real.some(({ strata }) => strata.some(({ cost }) => cost !== null && cost.dollars > 0));
  const spots = real.flatMap((decider) => spotOf(decider, isPriced));
  const unit = isPriced ? "USD a thousand decisions" : "Seconds a decision (median)";
  return singlePanelFigure(
    {
      name: "decision_cost",
      title: "What a better decision costs",
      subtitle: benchmarkText(comparison),
      caption:
        `Brier score of answered decisions; lower is better, the line is always saying 1/2. Filled: on the frontier. ` +
        `Simulated models have no cost of their own and are left out, as are models that answered nothing.`,
    },
    HEIGHT,
    {
      marginBottom: 44,
      marginRight: 170,
      x: { label: unit, labelAnchor: "center", labelArrow: "none", zero: true, nice: true, ticks: 6 },
      y: { label: null, nice: true, ticks: 6, tickFormat: (tick: number) => decimal(tick, 2) },
      marks: [
        Plot.gridY({ ticks: 6, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([0.25], { stroke: SOFT }),
        Plot.dot(spots, {
          x: "cost",
          y: "brier",
          r: 5,
          stroke: STRONG[0],
          fill: ({ isFrontier }: Spot) => isFrontier ? STRONG[0] : PAPER,
          strokeWidth: 1.5,
        }),
        Plot.text(spots, { x: "cost", y: "brier", text: "name", textAnchor: "start", dx: 10 }),
      ],
      r: { type: "identity" },
    },
  );
}

/** Over all strata, each by its answered decisions. */
function spotOf({ name, strata, cheapest, fastest }: DeciderSummary, isPriced: boolean): readonly Spot[] {
  const scored = strata.filter(({ quality, cost }) => quality.brier !== null && cost !== null);
  const answered = scored.reduce((sum, { quality }) => sum + quality.answered, 0);
  if (answered === 0) return [];
  const mean = (of: (one: (typeof scored)[number]) => number) =>
    scored.reduce((sum, one) => sum + one.quality.answered * of(one), 0) / answered;
  return [{
    name,
    brier: mean(({ quality }) => quality.brier!),
    cost: mean(({ cost }) => isPriced ? 1000 * cost!.dollars : (cost!.medianLatencyMs ?? 0) / 1000),
    isFrontier: isPriced ? cheapest : fastest,
  }];
}
