import { WORTH } from "../../core/memo.ts";
import type { Grant } from "../../inventory/risk/checks/check.ts";
import { type Limits, LIMITS_WIDTH } from "../../simulation/limits.ts";
import { collectOutputs, type Outputs } from "../outputs.ts";
import type { RoleRecord } from "../role_record.ts";
import { defaultLimits } from "./default.ts";
import { grantOf, learnedByRisk, limit, limitsOf } from "./limit.ts";

/** The risk agent: from a plan to what an account may do with it. */
export const riskRole: RoleRecord<"risk"> = {
  run: (agent, { market, upstream }, before) =>
    agent ? limit(agent, upstream(), market, before) : defaultLimits(upstream().rows),
  learned: learnedByRisk,
  defaultReadsUpstream: true,
  shared: (limits) => limits,
  worth: WORTH.plan,
  packed: {
    pack: (limits) => grantOf(limits),
    unpack: (agent, grant, into, only) => limitsOf(agent, grant as Grant, into, only),
    bytes: (grant) => (grant as Grant).share.byteLength,
  },
  bytes: ({ values }) => values.byteLength,
  slice: (limits, from, to) => ({
    rows: to - from,
    values: limits.values.subarray(from * LIMITS_WIDTH, to * LIMITS_WIDTH),
  }),
  outputs: limitsOutputs,
  decision: (values, at) => [values[at + 1]!, 1 - values[at + 1]!], // how much of the equity one position may take
};

/** Per row: every limit. */
function limitsOutputs({ values }: Limits, from: number, rows: number): Outputs {
  return collectOutputs(1, rows, LIMITS_WIDTH, (row, _, put) => {
    for (let i = 0; i < LIMITS_WIDTH; i++) put(i, values[(from + row) * LIMITS_WIDTH + i]!);
  });
}
