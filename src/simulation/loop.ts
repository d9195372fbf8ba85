import type { Account } from "./account.ts";
import type { Arena } from "./arena.ts";
import { createJudgement } from "./judge.ts";
import type { Judgement } from "./judge.ts";
import { type Limits, LIMITS_WIDTH } from "./limits.ts";
import { type Ladder, type Plan, PLAN_WIDTH } from "./plan.ts";
import type { Trace } from "./trace.ts";

/** What a coin's order does at the open. Enlarging ones come last, so that `>= INCREASE` finds them. */
export const ACTION = { none: 0, close: 1, reduce: 2, increase: 3, flip: 4 } as const;

/**
 * One account under way: every array that the functions of a row touch, gathered once per run. The decision
 * of a row is handed to the next open in `judged` and `actions`; nothing else lives between rows.
 */
export interface Loop {
  readonly coins: number;
  readonly account: Account;
  readonly bars: Float64Array;
  readonly capacity: Float64Array;
  readonly dayStartsAtClose: Uint8Array;
  readonly settles: Uint8Array;
  readonly rules: Float64Array;
  readonly riskTiersAt: Arena["riskTiersAt"];
  readonly takerFee: number;
  readonly makerFee: number;
  /** Whether the maximum drawdown scales exposure; else it pauses. */
  readonly scales: boolean;
  /** Whether targets are met before stops inside a bar. */
  readonly targetsFirst: boolean;
  readonly plan: Float64Array;
  /** How limit entries are divided. */
  readonly ladder: Ladder;
  readonly limits: Float64Array;
  readonly judged: Judgement;
  /** One ACTION per coin. */
  readonly actions: Uint8Array;
  /** Coins whose wish this decision refused: bit 2^coin each. */
  refused: number;
  /** True while a coin may be cooling down: decisions look no further where it is false. */
  cooling: boolean;
  /** Coins that may not be entered at this decision. */
  readonly barred: Uint8Array;
  /** Fill price of a flip's closing half, at which its opening half fills too. */
  readonly flipFill: Float64Array;
  readonly trace: Trace | null;
}

/** One order. */
const SINGLE: Ladder = { rungs: 1, stretch: 0 };

export function createLoop(
  account: Account,
  arena: Arena,
  plan: Plan,
  limits: Limits,
  trace: Trace | null,
): Loop {
  const { coins, delay = 0 } = arena;
  return {
    coins,
    account,
    bars: arena.bars,
    capacity: arena.capacity,
    dayStartsAtClose: arena.dayStartsAtClose,
    settles: arena.settles,
    rules: arena.rules,
    riskTiersAt: arena.riskTiersAt,
    takerFee: arena.takerFee,
    makerFee: arena.makerFee,
    scales: arena.drawdown === "scale",
    targetsFirst: arena.targetsFirst === true,
    plan: late(plan.values, delay * coins * PLAN_WIDTH).fill(0, 0, delay * coins * PLAN_WIDTH), // flat until then
    ladder: plan.ladder ?? SINGLE,
    limits: late(limits.values, delay * LIMITS_WIDTH),
    judged: createJudgement(coins),
    actions: new Uint8Array(coins),
    refused: 0,
    cooling: true, // whatever the account went through before
    barred: new Uint8Array(coins),
    flipFill: new Float64Array(coins),
    trace,
  };
}

/** A block of rows `by` values later, as it stands for none; its first rows stay. */
function late(values: Float64Array, by: number): Float64Array {
  if (by === 0) return values;
  const moved = values.slice();
  moved.set(values.subarray(0, values.length - by), by);
  return moved;
}

/** Readies a loop for another life of its account, which its caller has set back. */
export function startLoop(loop: Loop): void {
  loop.refused = 0;
  loop.cooling = true;
}
