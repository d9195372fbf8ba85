import type { Coin } from "../../../core/universe.ts";
import { createPlan, PLAN, type Plan, planIndex } from "../../../simulation/plan.ts";
import { OWN_RULE, plainMethod } from "../../method.ts";
import { parseProposal, type Proposal } from "../proposal.ts";
import type { StyleInput, StyleMethod } from "./style.ts";

/** Trades what was proposed from outside, such as by a language model, and nothing else. */
export const proposed: StyleMethod = plainMethod(
  "What was proposed from outside, until it expires",
  ({ forecast, coins, proposals, firstRow }: StyleInput) => ({
    ...planFromProposals(forecast.rows, coins, proposals, firstRow),
    end: [],
  }),
  { needs: ["proposals"], source: OWN_RULE },
);

/**
 * The plan of sparse proposals. They are checked here and nowhere later; one out of bounds is an error, never a
 * guess.
 *
 * @param proposals In any order; at most one per row and coin.
 * @param firstRow Absolute number of the plan's row 0; what was proposed before it may still stand.
 * @throws {RangeError} If a proposal breaks a rule, or two are for one coin at one row.
 */
export function planFromProposals(
  rows: number,
  coins: readonly Coin[],
  proposals: readonly Proposal[],
  firstRow = 0,
): Plan {
  const plan = createPlan(rows, coins.length);
  const end = firstRow + rows;
  const sorted = proposals.map((said) => parseProposal(said, { from: 0, to: end }, coins))
    .sort((a, b) => a.row - b.row);
  coins.forEach((coin, index) => {
    const own = sorted.filter((proposal) => proposal.coin === coin);
    own.forEach((proposal, i) => {
      const next = own[i + 1]?.row ?? end;
      if (next === proposal.row) {
        throw new RangeError(
          `Cannot plan as ${coin} must have one proposal at row ${proposal.row}: it has two`,
        );
      }
      const sign = { long: 1, short: -1, flat: 0 }[proposal.direction];
      const last = Math.min(proposal.row + proposal.validRows, next, end);
      for (let row = Math.max(proposal.row, firstRow); row < last; row++) {
        const at = planIndex(coins.length, row - firstRow, index);
        plan.values[at + PLAN.conviction] = sign * proposal.confidence;
        plan.values[at + PLAN.leverage] = proposal.leverage;
        plan.values[at + PLAN.baseSize] = proposal.size;
        plan.values[at + PLAN.riskPerTrade] = proposal.size * proposal.leverage; // never binds: its stop is below 1
        plan.values[at + PLAN.stop] = proposal.stop;
        plan.values[at + PLAN.target] = proposal.target;
      }
    });
  });
  return plan;
}
