import { ewma } from "../../core/series.ts";
import { createSortedWindow } from "../../core/sorted_window.ts";
import { PLAN, type Plan, planIndex } from "../../simulation/plan.ts";
import type { GeneValues } from "../genome.ts";
import { type MarketView, returnsOf, signalOf, volatilityOf } from "../market_view.ts";

/**
 * A risk method: the share in (0, 1] of its leverage limit that a risk agent grants at each row, given the plan it guards. Shape [rows]; value t reads rows <= t and no account.
 */
export type RiskMethod = (plan: Plan, market: MarketView, genes: GeneValues) => Float64Array;

/** The limits as they stand. */
const fixed: RiskMethod = (plan) => new Float64Array(plan.rows).fill(1);

/** Rows over which the usual volatility is taken. */
const USUAL_MEMORY = 720;

/** Inverse to market volatility over its usual level, and less where the coins move as one. Never above 1. */
const dynamic: RiskMethod = (plan, market, genes) => {
  const rows = plan.rows;
  const coins = plan.coins;
  const level = new Float64Array(rows);
  for (let coin = 0; coin < coins; coin++) {
    const sd = volatilityOf(market, coin);
    for (let t = 0; t < rows; t++) level[t]! += sd[t]! / coins;
  }
  const usual = ewma(level, 1 / USUAL_MEMORY);
  const correlation = signalOf(market, "cross_correlation");
  const out = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    const calm = (usual[t]! / level[t]!) ** genes.volatilityResponse!;
    const together = 1 / (1 + genes.correlationResponse! * Math.max(correlation[t]!, 0));
    out[t] = Math.max(0.1, Math.min(1, calm * together));
  }
  return out;
};

/** Rows of history behind a value at risk, and the horizon (rows, one day) it is scaled to. */
const VAR_WINDOW = 250;
const VAR_HORIZON = 6;

/**
 * The leverage at which the plan's historical one-day value at risk equals `confidence` times the daily loss
 * limit, as a share of the leverage limit. The plan's profile is its convictions scaled to unit gross.
 */
const valueAtRisk: RiskMethod = (plan, market, genes) => {
  const profile = profileReturns(plan, market);
  const out = new Float64Array(plan.rows).fill(1);
  const rank = Math.max(0, Math.ceil(genes.varLevel! * VAR_WINDOW) - 1);
  const window = createSortedWindow(VAR_WINDOW);
  for (let t = 0; t < plan.rows; t++) {
    if (t >= VAR_WINDOW) window.remove(profile[t - VAR_WINDOW]!);
    window.insert(profile[t]!);
    if (window.size < VAR_WINDOW) continue;
    const loss = Math.max(-window.values[rank]!, 1e-4) * Math.sqrt(VAR_HORIZON);
    out[t] = Math.min(1, genes.confidence! * genes.dailyLoss! / loss / genes.maxLeverage!);
  }
  return out;
};

/** Gross exposure (multiples of equity) the paper account of the drawdown method takes. */
const PAPER_GROSS = 1;

/** Full limits until the plan's paper account has lost `onset` of the drawdown limit, then down to `floor` at all of it. */
const drawdown: RiskMethod = (plan, market, genes) => {
  const profile = profileReturns(plan, market);
  const out = new Float64Array(plan.rows);
  let equity = 1, peak = 1;
  for (let t = 0; t < plan.rows; t++) {
    equity *= 1 + PAPER_GROSS * profile[t]!;
    // The peak fades towards the present (half-life 720 rows), or an old high would bind for ever.
    peak = Math.max(equity, equity + (peak - equity) * 2 ** (-1 / 720));
    const lost = (1 - equity / peak) / genes.maxDrawdown!;
    const beyond = Math.max(0, Math.min(1, (lost - genes.onset!) / Math.max(1 - genes.onset!, 1e-9)));
    out[t] = 1 - beyond * (1 - genes.floor!);
  }
  return out;
};

/** Return over row t of the plan's convictions at t-1 scaled to unit gross (less if they are weak): no costs, no account. */
function profileReturns(plan: Plan, market: MarketView): Float64Array {
  const { coins } = plan;
  const out = new Float64Array(plan.rows);
  const returns = market.panel.coins.map((_, coin) => returnsOf(market, coin));
  for (let t = 1; t < plan.rows; t++) {
    let gross = 0, gain = 0;
    for (let coin = 0; coin < coins; coin++) {
      const conviction = plan.values[planIndex(coins, t - 1, coin) + PLAN.conviction]!;
      gross += Math.abs(conviction);
      gain += conviction * returns[coin]![t]!;
    }
    out[t] = gain / Math.max(gross, 1);
  }
  return out;
}

/** Every method a risk variant may name. */
export const RISK_METHODS = { fixed, dynamic, valueAtRisk, drawdown } as const satisfies Record<
  string,
  RiskMethod
>;
export type RiskMethodName = keyof typeof RISK_METHODS;
