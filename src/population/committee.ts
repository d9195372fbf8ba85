import type { Pipeline } from "../agents/agent.ts";
import { type Desk, passingMandateOf, rowsRead } from "../agents/desk.ts";
import { createLimits, LIMITS_WIDTH } from "../simulation/limits.ts";
import type { Mandate } from "../simulation/mandate.ts";
import { createPlan, PLAN, PLAN_WIDTH, planIndex } from "../simulation/plan.ts";

/** Signed notional over equity that a plan row asks for, before any limit. */
export function wantedShare(values: Float64Array, at: number): number {
  const conviction = values[at + PLAN.conviction]!;
  if (conviction === 0) return 0;
  const wanted = Math.abs(conviction) * values[at + PLAN.baseSize]! * values[at + PLAN.leverage]!;
  const stop = values[at + PLAN.stop]!;
  const most = stop > 0 ? values[at + PLAN.riskPerTrade]! / stop : Infinity;
  return Math.sign(conviction) * Math.min(wanted, most);
}

/**
 * The committee's mandate over rows first..last. Its target is the mean of the teams' wanted notionals over
 * equity, posted at their mean leverage; stops and targets are the means over the teams on the side that
 * wins. Other rows are flat, but for those before that late decisions are read of.
 */
export function committeeMandate(
  desk: Desk,
  teams: readonly Pipeline[],
  first: number,
  last: number,
): Mandate {
  const { rows, coins } = desk.market.panel, { from, to } = rowsRead(desk, { from: first, to: last });
  const committee = createCommittee(rows, coins.length, teams.length, from, to);
  for (const team of teams) committee.add(passingMandateOf(desk, team, { from: first, to: last }));
  return committee.mandate();
}

/** A committee of `teams` mandates, which are added one by one so that they need not be held at once. */
export function createCommittee(rows: number, coins: number, teams: number, from: number, to: number) {
  const limits = createLimits(rows);
  const block = (to - from + 1) * coins;
  const share = new Float64Array(block);
  const leverage = new Float64Array(block);
  // Stops, targets and their counts of the long teams, then of the short ones.
  const sides = [1, -1].map(() => ({
    stop: new Float64Array(block),
    target: new Float64Array(block),
    count: new Float64Array(block),
  }));

  function add({ plan: { values }, limits: { values: teamLimits } }: Mandate): void {
    for (let i = 0; i < block; i++) {
      const at = planIndex(coins, from, 0) + i * PLAN_WIDTH;
      const wanted = wantedShare(values, at);
      share[i]! += wanted / teams;
      leverage[i]! += values[at + PLAN.leverage]! / teams;
      if (wanted === 0) continue;
      const side = sides[wanted > 0 ? 0 : 1]!;
      side.stop[i]! += values[at + PLAN.stop]!;
      side.target[i]! += values[at + PLAN.target]!;
      side.count[i]! += 1;
    }
    for (let i = from * LIMITS_WIDTH; i < (to + 1) * LIMITS_WIDTH; i++) {
      limits.values[i]! += teamLimits[i]! / teams;
    }
  }

  function mandate(): Mandate {
    const plan = createPlan(rows, coins);
    for (let i = 0; i < block; i++) {
      const at = planIndex(coins, from, 0) + i * PLAN_WIDTH;
      plan.values[at + PLAN.conviction] = share[i]! / leverage[i]!;
      plan.values[at + PLAN.leverage] = leverage[i]!;
      plan.values[at + PLAN.baseSize] = 1;
      plan.values[at + PLAN.riskPerTrade] = Infinity;
      if (share[i] === 0) continue;
      const side = sides[share[i]! > 0 ? 0 : 1]!;
      plan.values[at + PLAN.stop] = side.stop[i]! / side.count[i]!;
      plan.values[at + PLAN.target] = side.target[i]! / side.count[i]!;
    }
    return { plan, limits };
  }

  return { add, mandate };
}
