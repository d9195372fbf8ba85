/** How often rules do what a champion does, on rows that were not shown, beside the best that one action always does. */
import type { Fidelity } from "../../events/distillation.ts";
import { neweyWestError } from "../../stats/newey_west.ts";
import { type Act, actionShares, mostFrequent } from "./champion_actions.ts";
import type { FeatureReader } from "./distilled_features.ts";
import { type Distilled, ruleAction } from "./distilled_rules.ts";

/** Lags over which decisions are taken to be alike: a week. */
const LAGS = 42;

/** What fidelity is worked out from. */
export interface FidelityInput {
  readonly rules: Pick<Distilled, "rules" | "otherwise">;
  /** What rules look at. */
  readonly read: FeatureReader;
  /** First row of `actions`. */
  readonly from: number;
  /** What the champion wished, by row and place in `coins`. */
  readonly actions: readonly (readonly Act[])[];
  /** The coins, by index. */
  readonly coins: readonly number[];
}

/**
 * Agreement of rules with a champion, less that of the champion's most frequent action on the same rows: no constant
 * does better, and rules that say one thing gain nothing, whatever the market does after them. All coins of a row count
 * as one observation, as they move together, and rows as alike over a week. Null where there are fewer than two rows.
 */
export function fidelityOf({ rules, read, from, actions, coins }: FidelityInput): Fidelity | null {
  if (actions.length < 2 || coins.length === 0) return null;
  const always = mostFrequent(actionShares(actions));
  const decisions = actions.length * coins.length;
  const gains = new Float64Array(actions.length);
  let agreed = 0, alike = 0; // counted whole, so that a share of 1 is 1
  actions.forEach((acts, i) => {
    const right = acts.filter((act, at) =>
      ruleAction(rules, (feature) => read(feature, from + i, coins[at]!)) === act
    ).length;
    const constant = acts.filter((act) => act === always).length;
    agreed += right;
    alike += constant;
    gains[i] = (right - constant) / coins.length;
  });
  return {
    from,
    to: from + actions.length - 1,
    decisions,
    agreement: agreed / decisions,
    baseline: alike / decisions,
    baselineAction: always,
    gain: (agreed - alike) / decisions,
    gainError: neweyWestError(gains, Math.min(LAGS, gains.length - 1)),
  };
}
