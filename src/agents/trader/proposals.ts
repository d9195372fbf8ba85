import type { Coin } from "../../core/universe.ts";
import { createPlan, PLAN, type Plan, planIndex } from "../../simulation/plan.ts";
import type { Proposal } from "../contracts.ts";

/**
 * The plan of a trader whose decisions come as sparse proposals, such as a language model's: each stands
 * from its row until the next one for its coin or until it expires, then the coin is flat. Proposals are
 * checked here and nowhere later; one out of bounds is an error, never a guess.
 *
 * @param proposals In any order; at most one per row and coin.
 * @throws {RangeError} If a proposal's row, size, leverage, distances, confidence or validity is out of range.
 */
export function planFromProposals(
  rows: number,
  coins: readonly Coin[],
  proposals: readonly Proposal[],
): Plan {
  const plan = createPlan(rows, coins.length);
  const sorted = [...proposals].sort((a, b) => a.row - b.row);
  coins.forEach((coin, index) => {
    const own = sorted.filter((proposal) => proposal.coin === coin);
    own.forEach((proposal, i) => {
      requireValid(proposal, rows);
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
        plan.values[at + PLAN.riskPerTrade] = Infinity;
        plan.values[at + PLAN.stop] = proposal.stop;
        plan.values[at + PLAN.target] = proposal.target;
      }
    });
  });
  return plan;
}

function requireValid(proposal: Proposal, rows: number): void {
  const rules: readonly (readonly [keyof Proposal, boolean, string])[] = [
    [
      "row",
      Number.isInteger(proposal.row) && proposal.row >= 0 && proposal.row < rows,
      `an integer in 0..${rows - 1}`,
    ],
    ["size", proposal.size >= 0 && proposal.size <= 1, "in 0..1"],
    ["leverage", proposal.leverage >= 1 && proposal.leverage <= 100, "in 1..100"],
    ["target", proposal.target >= 0 && Number.isFinite(proposal.target), "a fraction >= 0"],
    ["stop", proposal.stop >= 0 && proposal.stop < 1, "a fraction in 0..1"],
    ["confidence", proposal.confidence >= 0 && proposal.confidence <= 1, "in 0..1"],
    ["validRows", Number.isInteger(proposal.validRows) && proposal.validRows >= 1, "an integer >= 1"],
  ];
  for (const [field, holds, rule] of rules) {
    if (!holds) {
      throw new RangeError(
        `Cannot plan as a proposal's ${field} must be ${rule}: current value is ${
          proposal[field]
        } (${proposal.coin}, row ${proposal.row})`,
      );
    }
  }
}
