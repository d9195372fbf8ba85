import type { Limits } from "./limits.ts";
import type { Plan } from "./plan.ts";

/** What an account trades: a plan under limits. */
export interface Mandate {
  /** What is wanted. */
  readonly plan: Plan;
  /** What is allowed. */
  readonly limits: Limits;
}

/** Rows whose decisions are read: from .. to, both included. */
export interface DecisionRows {
  readonly from: number;
  readonly to: number;
}
