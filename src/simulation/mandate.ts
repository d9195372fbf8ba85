import type { Limits } from "./limits.ts";
import type { Plan } from "./plan.ts";

/** What an account trades: a plan under limits. */
export interface Mandate {
  /** What is wanted. */
  readonly plan: Plan;
  /** What is allowed. */
  readonly limits: Limits;
}
