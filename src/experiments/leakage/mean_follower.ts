import type { Desk } from "../../agents/desk.ts";
import type { SyntheticTruth } from "../../market/synthetic/synthetic_market.ts";
import { createPlan, PLAN, type Plan, planIndex } from "../../simulation/plan.ts";

/** Rows over which the planted mean persists; a faded last move is gone after one, in side markets of low volatility. */
const PERSISTENCE = 18, SIDEWAYS = 2, LOW_VOLATILITY = 0;
/** Conviction is full at 1.5 ic of the predictable sd; a position ends below a quarter of what pays a round trip. */
const FULL_READING = 1.5, EXIT_SHARE = 0.25, LEVERAGE = 2;

/**
 * Goes with the planted mean of the next bar at once, coin by coin, where that mean kept up for its usual life would pay
 * a round trip. It acts on each row's mean alone, so a row too early or too late shows; the reference `plantedOracle`
 * trades a part of the way at each row, and is too smooth to tell.
 */
export function followMean(desk: Desk, truth: SyntheticTruth, ic: number): Plan {
  const rows = desk.market.panel.rows;
  const plan = createPlan(rows, truth.m.length);
  const roundTrip = 2 * desk.arena.takerFee;
  for (let coin = 0; coin < truth.m.length; coin++) {
    const mean = truth.m[coin]!, sd = truth.predictableSd[coin]!;
    let side = 0;
    for (let t = 0; t + 1 < rows; t++) {
      const next = mean[t + 1]!;
      const fleeting = truth.trend[t + 1] === SIDEWAYS && truth.vol[t + 1] === LOW_VOLATILITY;
      const hurdle = roundTrip / (fleeting ? 1 : PERSISTENCE);
      if (side !== 0 && (side * next <= 0 || Math.abs(next) < EXIT_SHARE * hurdle)) side = 0;
      if (side === 0 && Math.abs(next) > hurdle) side = Math.sign(next);
      const at = planIndex(plan.coins, t, coin);
      const strength = Math.min(Math.abs(next) / (FULL_READING * ic * sd[t + 1]!), 1);
      plan.values[at + PLAN.conviction] = side * strength;
      plan.values[at + PLAN.leverage] = LEVERAGE;
      plan.values[at + PLAN.baseSize] = 1 / plan.coins;
      plan.values[at + PLAN.riskPerTrade] = Infinity;
    }
  }
  return plan;
}
