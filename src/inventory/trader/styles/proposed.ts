import type { Coin } from "../../../core/universe.ts";
import { createPlan, PLAN, type Plan, planIndex } from "../../../simulation/plan.ts";
import { plainMethod } from "../../method.ts";
import { parseProposal, type Proposal } from "../proposal.ts";
import type { StyleInput, StyleMethod } from "./style.ts";

/** Trades what was proposed from outside, such as by a language model, and nothing else. */
export const proposed: StyleMethod = plainMethod(
  "What was proposed from outside, until it expires",
  ({ forecast, coins, proposals }: StyleInput) => ({
    ...planFromProposals(forecast.rows, coins, proposals),
    end: [],
  }),
  { needs: ["proposals"] },
);

/**
 * The plan of sparse proposals. They are checked here and nowhere later; one out of bounds is an error, never a
 * guess.
 *
 * @param proposals In any order; at most one per row and coin.
 * @throws {RangeError} If a proposal breaks a rule, or two are for one coin at one row.
 */
export function planFromProposals(
  rows: number,
  coins: readonly Coin[],
  proposals: readonly Proposal[],
): Plan {
  const plan = createPlan(rows, coins.length);
  const sorted = proposals.map((said) => parseProposal(said, rows, coins)).sort((a, b) => a.row - b.row);
  coins.forEach((coin, index) => {
    const own = sorted.filter((proposal) => proposal.coin === coin);
    own.forEach((proposal, i) => {
      const next = own[i + 1]?.row ?? rows;
      if (next === proposal.row) {
        throw new RangeError(
          `Cannot plan as ${coin} must have one proposal at row ${proposal.row}: it has two`,
        );
      }
      const sign = { long: 1, short: -1, flat: 0 }[proposal.direction];
      const end = Math.min(proposal.row + proposal.validRows, next, rows);
      for (let t = proposal.row; t < end; t++) {
        const at = planIndex(coins.length, t, index);
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
