import { integer } from "../../../genome/gene.ts";
import { PLAN, PLAN_WIDTH } from "../../../simulation/plan.ts";
import { market } from "./market.ts";
import type { EndedPlan, StyleMethod } from "./style.ts";

/**
 * Wants what `market` wants, in equal slices: its conviction is the mean of the last `slices` wishes, so that a position is
 * entered and left over as many rows, at the opens of each. An account trades a target that is 25 % of itself away, so of
 * four slices or more the last comes with the next change.
 */
export const twap: StyleMethod = {
  summary: "Time-weighted: entries and exits in equal slices over some rows, each at market",
  genes: [...market.genes, integer("slices", 2, 12)],
  start: { ...market.start, slices: 3 },
  warmUp: market.warmUp,
  refitEvery: 1,
  needs: [],
  source: "Almgren & Chriss, Optimal Execution of Portfolio Transactions (2000), without risk aversion",
  run: (input, genes) => sliced(market.run(input, genes), genes.slices!),
};

/** The plan whose convictions are the means of the last `slices` ones; those before row 0 were 0. */
function sliced(plan: EndedPlan, slices: number): EndedPlan {
  const { values, coins, rows } = plan, step = coins * PLAN_WIDTH;
  for (let coin = 0; coin < coins; coin++) {
    const first = coin * PLAN_WIDTH + PLAN.conviction;
    const wishes = Float64Array.from({ length: rows }, (_, t) => values[first + t * step]!);
    for (let t = 0; t < rows; t++) {
      let sum = 0;
      for (let back = 0; back < slices && back <= t; back++) sum += wishes[t - back]!;
      values[first + t * step] = sum / slices;
    }
  }
  return plan;
}
