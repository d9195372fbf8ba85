import { OWN_RULE, plainMethod } from "../../method.ts";
import type { CheckInput, CheckMethod } from "./check.ts";

/** The limits as they stand. */
export const fixed: CheckMethod = plainMethod(
  "The limits as they stand",
  ({ plan }: CheckInput) => ({ share: new Float64Array(plan.rows).fill(1), end: [] }),
  { source: OWN_RULE },
);
