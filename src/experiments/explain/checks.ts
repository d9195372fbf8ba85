/** What the risk checks say of a team's plan at one row: the one that it keeps to, and the others of the pool. */
import type { Pipeline } from "../../agents/agent.ts";
import { type Desk, planOf } from "../../agents/desk.ts";
import { methodNamed, POOLS } from "../../inventory/pools.ts";
import { type CheckVerdict, verdictAt } from "../../inventory/risk/checks/verdict.ts";

/** One check's verdict on the plan. */
export interface CheckReading extends CheckVerdict {
  /** Its key in the pool. */
  readonly check: string;
  /** True for the check that the risk agent keeps to, with its genes; the others are asked with their start genes. */
  readonly rules: boolean;
}

/** Verdicts on the plan of a team whose risk agent is there, the ruling check first; they read rows <= `row`. */
export function checksAt(desk: Desk, pipeline: Pipeline, row: number): CheckReading[] {
  const { variant: { identity: { check: own } }, genes } = pipeline.risk!;
  const input = { plan: planOf(desk, pipeline), market: desk.market, genes };
  const others = Object.entries(POOLS["risk.checks"]).filter(([key]) => key !== own);
  return [
    { check: own, rules: true, ...verdictAt(methodNamed("risk.checks", own), input, genes, row) },
    ...others.map(([key, check]) => ({
      check: key,
      rules: false,
      ...verdictAt(check, input, check.start, row),
    })),
  ];
}
