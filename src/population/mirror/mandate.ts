/** What a mirrored account trades: the exposures of all teams netted coin by coin, under the mean of their limits. */
import { createLimits, LIMITS, LIMITS_WIDTH } from "../../simulation/limits.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { createPlan, PLAN, type Plan, planIndex } from "../../simulation/plan.ts";
import type { MemberStretch } from "./stretch.ts";

/** Decisions from..to of a stretch. */
export interface MirrorRows {
  readonly from: number;
  readonly to: number;
}

/** A mandate and the rows at which it may say anything. */
export interface WrittenMandate extends Mandate, MirrorRows {}

/**
 * Target of a coin at t = scale x sum of w_i e_i(t), posted at the leverage limit; limits = sum of w_i limits_i(t), the
 * leverage at least 1. No stop and no target: the members' own accounts have them, and what is left of a member after
 * its stop is what is mirrored. Rows outside from..to are flat.
 *
 * @param rows How many rows the plan has.
 * @param weights Over teams; sum 1.
 * @param into A mandate of as many rows and coins that nobody reads any more: its memory is taken.
 */
export function mirrorMandate(
  { exposures, limits, from: first }: MemberStretch,
  { from, to }: MirrorRows,
  rows: number,
  coins: number,
  weights: readonly number[],
  scale: number,
  into?: WrittenMandate,
): WrittenMandate {
  const { plan, limits: granted } = into === undefined ? emptyMandate(rows, coins) : flattened(into, coins);
  const shares = new Float64Array((to - from + 1) * coins);
  const skipped = (from - first) * coins;
  const moving = Array.from({ length: LIMITS_WIDTH }, (_, column) => column)
    .filter((column) => limits.some((allowed) => typeof allowed[column] !== "number"));
  weights.forEach((weight, team) => {
    if (weight === 0) return;
    const exposed = exposures[team]!, allowed = limits[team]!;
    for (let i = 0; i < shares.length; i++) shares[i]! += weight * exposed[skipped + i]!;
    for (const column of moving) {
      addLimit(granted.values, column, { from, to }, weight, allowed[column]!, first);
    }
  });
  for (let column = 0; column < LIMITS_WIDTH; column++) {
    if (!moving.includes(column)) writeLimit(granted.values, column, { from, to }, weights, limits);
  }
  for (let row = from; row <= to; row++) {
    const at = row * LIMITS_WIDTH + LIMITS.maxLeverage;
    const leverage = granted.values[at] = Math.max(1, granted.values[at]!);
    for (let coin = 0; coin < coins; coin++) {
      wantShare(plan, row, coin, scale * shares[(row - from) * coins + coin]!, leverage);
    }
  }
  return { plan, limits: granted, from, to };
}

/** Adds a team's part of one limit, which of most risk agents is the same at every row. */
function addLimit(
  granted: Float64Array,
  column: number,
  { from, to }: MirrorRows,
  weight: number,
  allowed: number | Float64Array,
  first: number,
): void {
  const end = (to + 1) * LIMITS_WIDTH;
  let at = from * LIMITS_WIDTH + column;
  if (typeof allowed === "number") {
    const part = weight * allowed;
    for (; at < end; at += LIMITS_WIDTH) granted[at]! += part;
  } else {
    for (let row = from - first; at < end; at += LIMITS_WIDTH, row++) granted[at]! += weight * allowed[row]!;
  }
}

/** Writes a limit that stands still for every team: one sum for all rows, to the bits of a sum a row. */
function writeLimit(
  granted: Float64Array,
  column: number,
  { from, to }: MirrorRows,
  weights: readonly number[],
  limits: MemberStretch["limits"],
): void {
  let sum = 0;
  weights.forEach((weight, team) => {
    if (weight !== 0) sum += weight * (limits[team]![column] as number);
  });
  const end = (to + 1) * LIMITS_WIDTH;
  for (let at = from * LIMITS_WIDTH + column; at < end; at += LIMITS_WIDTH) granted[at] = sum;
}

function emptyMandate(rows: number, coins: number): Mandate {
  return { plan: createPlan(rows, coins), limits: createLimits(rows) };
}

/** The memory of a mandate, flat again: megabytes that a window of a few rows would else be given anew. */
function flattened({ plan, limits, from, to }: WrittenMandate, coins: number): Mandate {
  plan.values.fill(0, planIndex(coins, from, 0), planIndex(coins, to + 1, 0));
  limits.values.fill(0, from * LIMITS_WIDTH, (to + 1) * LIMITS_WIDTH);
  return { plan, limits };
}

/** Asks for a signed notional over equity, at market, without a stop. */
export function wantShare(plan: Plan, row: number, coin: number, share: number, leverage: number): void {
  const at = planIndex(plan.coins, row, coin), margin = Math.abs(share) / leverage;
  plan.values[at + PLAN.conviction] = Math.sign(share) * Math.min(1, margin);
  plan.values[at + PLAN.baseSize] = Math.max(1, margin);
  plan.values[at + PLAN.leverage] = leverage;
  plan.values[at + PLAN.riskPerTrade] = Infinity;
}
