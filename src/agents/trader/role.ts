import { WORTH } from "../../core/memo.ts";
import { packedBytes, type PackedPlan, packPlan, unpackPlan } from "../../simulation/packed_plan.ts";
import { PLAN, type Plan, PLAN_WIDTH, planIndex } from "../../simulation/plan.ts";
import { collectOutputs, type Outputs } from "../outputs.ts";
import type { RoleRecord } from "../role_record.ts";
import { defaultPlan } from "./default.ts";
import { learnedByTrader, trade } from "./trade.ts";

/** The trader: from a forecast to what it wants of every coin; coins that may not be traded are flat. */
export const traderRole: RoleRecord<"trader"> = {
  run: (agent, inputs, before) => {
    const plan = agent ? trade(agent, inputs, before) : defaultPlan(inputs.upstream());
    restrict(plan, inputs.tradable);
    return plan;
  },
  learned: learnedByTrader,
  defaultReadsUpstream: true,
  shared: (plan) => plan,
  worth: WORTH.plan,
  packed: {
    pack: (plan) => ({ ...packPlan(plan), end: "end" in plan ? plan.end : null }),
    unpack: (_agent, packed, into, only) => {
      const { end, ...plan } = packed as PackedPlan & { readonly end: unknown };
      return end === null ? unpackPlan(plan, into, only) : { ...unpackPlan(plan, into, only), end };
    },
    bytes: (packed) => packedBytes(packed as PackedPlan),
  },
  bytes: ({ values }) => values.byteLength,
  slice: (plan, from, to) => {
    const width = plan.coins * PLAN_WIDTH;
    const { coins, ladder } = plan, values = plan.values.subarray(from * width, to * width);
    return { rows: to - from, coins, values, ...(ladder ? { ladder } : {}) };
  },
  outputs: planOutputs,
  decision: (values, at) => { // long, flat or short
    const conviction = values[at]!;
    return [Math.max(conviction, 0), 1 - Math.abs(conviction), Math.max(-conviction, 0)];
  },
};

function restrict(plan: Plan, tradable: readonly boolean[] | null): void {
  tradable?.forEach((allowed, coin) => {
    if (allowed) return;
    for (let t = 0; t < plan.rows; t++) plan.values[planIndex(plan.coins, t, coin) + PLAN.conviction] = 0;
  });
}

/** Plan columns that every trader fills, in this order. */
const CHANNELS = [
  PLAN.conviction,
  PLAN.leverage,
  PLAN.baseSize,
  PLAN.riskPerTrade,
  PLAN.stop,
  PLAN.target,
];

/** Per state: conviction, leverage, base size, risk per trade, stop and target. */
function planOutputs(plan: Plan, from: number, rows: number): Outputs {
  return collectOutputs(plan.coins, rows, CHANNELS.length, (row, coin, put) => {
    const at = planIndex(plan.coins, from + row, coin);
    CHANNELS.forEach((offset, i) => put(i, plan.values[at + offset]!));
  });
}
