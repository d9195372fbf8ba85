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
  readonly loss: number;
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
        `Brier score, an abstention saying 1/2; lower is better, the line is always saying 1/2. Filled: on the frontier. ` +
        `Simulated models have no cost of their own and are left out, as are models that answered nothing.`,
    },
    HEIGHT,
    {
      marginBottom: 44,
      marginRight: 170,
      x: { label: unit, labelAnchor: "center", labelArrow: "none", zero: true, nice: true, ticks: 6 },
      y: { label: null, domain: domainOf(spots), ticks: 5, tickFormat: (tick: number) => decimal(tick, 3) },
      marks: [
        Plot.gridY({ ticks: 5, stroke: FAINT, strokeOpacity: 1 }),
        Plot.ruleY([0.25], { stroke: SOFT }),
        Plot.dot(spots, {
          x: "cost",
          y: "loss",
          r: 5,
          stroke: STRONG[0],
          fill: ({ isFrontier }: Spot) => isFrontier ? STRONG[0] : PAPER,
          strokeWidth: 1.5,
        }),
        Plot.text(spots, { x: "cost", y: "loss", text: "name", textAnchor: "start", dx: 10 }),
      ],
      r: { type: "identity" },
    },
  );
}

/** The median time is that of the stratum with most questions. */
function spotOf(
  { name, loss, strata, cheapest, fastest }: DeciderSummary,
  isPriced: boolean,
): readonly Spot[] {
  const costs = strata.flatMap(({ cost }) => cost ? [cost] : []);
  if (loss === null || costs.length === 0) return [];
  const most = costs.reduce((a, b) => b.questions > a.questions ? b : a);
  const questions = costs.reduce((sum, one) => sum + one.questions, 0);
  const dollars = costs.reduce((sum, one) => sum + one.questions * one.dollars, 0) / questions;
  return [{
    name,
    loss,
    cost: isPriced ? 1000 * dollars : (most.medianLatencyMs ?? 0) / 1000,
    isFrontier: isPriced ? cheapest : fastest,
  }];
}

/** All losses and that of saying 1/2, with air. */
function domainOf(spots: readonly Spot[]): readonly [number, number] {
  const losses = [0.25, ...spots.map(({ loss }) => loss)];
  const low = Math.min(...losses), high = Math.max(...losses), air = Math.max(0.005, (high - low) / 6);
  return [low - air, high + air];
}
