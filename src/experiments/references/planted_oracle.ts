import { isPlanted } from "../../market/synthetic/worlds.ts";
import type { Desk } from "../../agents/desk.ts";
import type { SyntheticTruth } from "../../market/synthetic/synthetic_market.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { createPlan, PLAN, planIndex } from "../../simulation/plan.ts";
import type { AccountSeries } from "../account_series.ts";
import { syntheticTruth } from "../market.ts";
import type { StrategyDescription } from "../strategy.ts";
import { openLimits } from "./passive.ts";
import { tradeMandate } from "./trade.ts";

/** Rows over which the planted mean persists: that of momentum and funding in the generator; a faded last move is gone after one. */
const PERSISTENCE = 18;
/** Codes of the generator's hidden states: no trend, low volatility. */
const SIDEWAYS = 2;
const LOW_VOLATILITY = 0;
/** Leverage of every coin at full conviction, each with an equal share of equity as margin. */
const LEVERAGE = 2;
/** Planted mean over predictable sd, in units of the ic, at which conviction is full. */
const FULL_READING = 1.5;
const EXIT_SHARE = 0.25;

/**
 * The oracle of planted markets: it reads the generator's conditional mean of the next bar, enters where
 * that mean kept up for its usual life would pay a round trip, and leaves below a quarter of it or on a
 * change of sign. It knows the truth; nothing that learns can.
 */
export function plantedMandate(desk: Desk, truth: SyntheticTruth, ic: number): Mandate {
  const rows = desk.market.panel.rows;
  const plan = createPlan(rows, truth.m.length);
  const roundTrip = 2 * desk.arena.takerFee;
  for (let coin = 0; coin < truth.m.length; coin++) {
    const mean = truth.m[coin]!;
    const sd = truth.predictableSd[coin]!;
    let side = 0;
    for (let t = 0; t + 1 < rows; t++) {
      const next = mean[t + 1]!;
      const fleeting = truth.trend[t + 1] === SIDEWAYS && truth.vol[t + 1] === LOW_VOLATILITY;
      const hurdle = roundTrip / (fleeting ? 1 : PERSISTENCE);
      if (side !== 0 && (side * next <= 0 || Math.abs(next) < EXIT_SHARE * hurdle)) side = 0;
      if (side === 0 && Math.abs(next) > hurdle) side = Math.sign(next);
      const at = planIndex(plan.coins, t, coin);
      const strength = Math.min(Math.abs(next) / (FULL_READING * ic * sd[t + 1]!), 1);
      plan.values[at + PLAN.conviction] = desk.tradable[coin] ? side * strength : 0;
      plan.values[at + PLAN.leverage] = LEVERAGE;
      plan.values[at + PLAN.baseSize] = 1 / plan.coins;
      plan.values[at + PLAN.riskPerTrade] = Infinity;
    }
  }
  return { plan, limits: openLimits(rows) };
}

/** What a reader is told of the oracle. */
export const plantedOracle = {
  label: "Planted truth",
  kind: "oracle",
  note: "oracle (knows the truth): trades the synthetic market's own conditional mean, cost-aware.",
} as const satisfies StrategyDescription;

/** The oracle in a fresh account from row `from` to the end; null on a market without a planted edge. */
export function plantedOracleSeries(desk: Desk, from: number): AccountSeries | null {
  const { panel } = desk.market;
  if (panel.source.kind !== "synthetic" || !isPlanted(panel.source.mode)) return null;
  return tradeMandate(desk, plantedMandate(desk, syntheticTruth(panel), panel.source.ic), from);
}
