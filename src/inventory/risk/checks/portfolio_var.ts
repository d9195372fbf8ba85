import { returnsOf } from "../../../features/market_view.ts";
import { linear, log } from "../../../genome/gene.ts";
import { PLAN, planIndex } from "../../../simulation/plan.ts";
import { DAY_ROWS } from "./liquidation_safety.ts";
import { measuredCheck } from "./measured_check.ts";

/** Normal quantile at 5 %. */
const Z = 1.6448536269514722;

/**
 * Breach of the portfolio's value at risk: normal, from the exponentially weighted covariance of the coins and the exposures
 * that are wanted now, brought to the leverage limit. It knows a plan's hedges, and its newest turn, before history does.
 */
export const portfolioVar = measuredCheck({
  summary: "Value at risk of the wanted exposures under the coins' covariance; a far breach grants nothing",
  genes: [log("covarianceRows", 20, 500), linear("varTolerance", 0.5, 3)], // memory of the covariance
  start: { covarianceRows: 60, varTolerance: 1 },
  warmUp: 180,
  source: "J.P. Morgan/Reuters, RiskMetrics Technical Document (1996)",
  what: "The portfolio's value at risk of one day (5 %) at the leverage limit",
  limit: "the tolerance",
  hardAt: 20,
  measure: ({ plan, market, genes: common }, genes) => {
    const { rows, coins, values } = plan, keep = 1 - 1 / genes.covarianceRows!;
    const returns = market.panel.coins.map((_, coin) => returnsOf(market, coin));
    const covariance = new Float64Array(coins * coins), weights = new Float64Array(coins);
    const measured = new Float64Array(rows);
    for (let t = 0; t < rows; t++) {
      const step = Math.max(1 - keep, 1 / (t + 1)); // a plain mean while warming up
      let gross = 0;
      for (let i = 0; i < coins; i++) {
        for (let j = 0; j < coins; j++) {
          const at = i * coins + j;
          covariance[at]! += (returns[i]![t]! * returns[j]![t]! - covariance[at]!) * step;
        }
        const at = planIndex(coins, t, i);
        const size = values[at + PLAN.conviction]! * values[at + PLAN.baseSize]! *
          values[at + PLAN.leverage]!;
        weights[i] = size === size ? size : 0;
        gross += Math.abs(weights[i]!);
      }
      if (gross === 0) continue;
      let variance = 0;
      for (let i = 0; i < coins; i++) {
        for (let j = 0; j < coins; j++) variance += weights[i]! * weights[j]! * covariance[i * coins + j]!;
      }
      measured[t] = common.maxLeverage! / gross * Z * Math.sqrt(Math.max(variance, 0) * DAY_ROWS);
    }
    return { measured, allowed: new Float64Array(rows).fill(genes.varTolerance! * common.dailyLoss!) };
  },
});
