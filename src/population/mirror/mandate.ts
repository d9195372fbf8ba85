/** What a mirrored account trades: the exposures of all teams netted coin by coin, under the mean of their limits. */
import { packedAt } from "../../core/packed_columns.ts";
import { createLimits, LIMITS, LIMITS_WIDTH } from "../../simulation/limits.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { createPlan, PLAN, type Plan, planIndex } from "../../simulation/plan.ts";
import type { MemberStretch } from "./stretch.ts";

/** Decisions from..to of a stretch. */
export interface MirrorRows {
  readonly from: number;
  readonly to: number;
}

/**
 * Target of a coin at t = scale x sum of w_i e_i(t), posted at the leverage limit; limits = sum of w_i limits_i(t), the
 * leverage at least 1. No stop and no target: the members' own accounts have them, and what is left of a member after
 * its stop is what is mirrored. Rows outside from..to are flat.
 *
 * @param rows How many rows the plan has.
 * @param weights Over teams; sum 1.
 */
export function mirrorMandate(
  { exposures, limits, from: first }: MemberStretch,
  { from, to }: MirrorRows,
  rows: number,
  coins: number,
  weights: readonly number[],
  scale: number,
): Mandate {
  const plan = createPlan(rows, coins), granted = createLimits(rows);
  const shares = new Float64Array((to - from + 1) * coins);
  const skipped = (from - first) * coins;
  weights.forEach((weight, team) => {
    if (weight === 0) return;
    const exposed = exposures[team]!, allowed = limits[team]!;
    for (let i = 0; i < shares.length; i++) shares[i]! += weight * exposed[skipped + i]!;
    for (let row = from; row <= to; row++) {
      for (let column = 0; column < LIMITS_WIDTH; column++) {
        granted.values[row * LIMITS_WIDTH + column]! += weight * packedAt(allowed, row - first, column);
      }
    }
  });
  for (let row = from; row <= to; row++) {
    const at = row * LIMITS_WIDTH + LIMITS.maxLeverage;
    const leverage = granted.values[at] = Math.max(1, granted.values[at]!);
    for (let coin = 0; coin < coins; coin++) {
      wantShare(plan, row, coin, scale * shares[(row - from) * coins + coin]!, leverage);
    }
  }
  return { plan, limits: granted };
}

/** Asks for a signed notional over equity, at market, without a stop. */
export function wantShare(plan: Plan, row: number, coin: number, share: number, leverage: number): void {
  const at = planIndex(plan.coins, row, coin), margin = Math.abs(share) / leverage;
  plan.values[at + PLAN.conviction] = Math.sign(share) * Math.min(1, margin);
  plan.values[at + PLAN.baseSize] = Math.max(1, margin);
  plan.values[at + PLAN.leverage] = leverage;
  plan.values[at + PLAN.riskPerTrade] = Infinity;
}
