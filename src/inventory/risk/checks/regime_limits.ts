import { ewma } from "../../../core/series.ts";
import { columnOf, volatilityOf } from "../../../features/market_view.ts";
import { linear } from "../../../genome/gene.ts";
import { referenceIndex } from "../../../market/panel.ts";
import { measuredCheck, NEVER_HARD } from "./measured_check.ts";

/** Rows of the move that tells trends from ranges, sd of it from which a trend stands, memory of the usual volatility. */
const MOVE_ROWS = 90, TREND_SD = 1, USUAL_MEMORY = 720;
/** Volatility over the usual one at which a storm begins, and at which it is whole. */
const FRESH = 1, STORM = 1.75;

/** Limits by the regime of the reference coin: whole in calm trends, less in ranges, least in storms. */
export const regimeLimits = measuredCheck({
  summary: "Limits by regime: whole in calm trends, less in ranges, least in storms",
  genes: [linear("rangeShare", 0.2, 1), linear("stormShare", 0.05, 0.8)],
  start: { rangeShare: 0.6, stormShare: 0.35 },
  warmUp: 250,
  source: "Ang & Bekaert, How Regimes Affect Asset Allocation, Financial Analysts Journal 60 (2004)",
  what: "The regime's risk, of which a calm trend has one,",
  limit: "the most for whole limits",
  unit: "times",
  hardAt: NEVER_HARD,
  measure: ({ plan, market }, genes) => {
    const reference = referenceIndex(market.panel), sd = volatilityOf(market, reference);
    const usual = ewma(sd, 1 / USUAL_MEMORY), move = columnOf(market, reference, "momentum", [MOVE_ROWS]);
    const measured = sd.map((value, t) => {
      const storm = Math.max(0, Math.min(1, (value / usual[t]! - FRESH) / (STORM - FRESH)));
      const calm = Math.abs(move[t]!) >= TREND_SD ? 1 : 1 / genes.rangeShare!; // warming up counts as a range
      return calm + storm * (Math.max(calm, 1 / genes.stormShare!) - calm);
    });
    return { measured, allowed: new Float64Array(plan.rows).fill(1) };
  },
});
