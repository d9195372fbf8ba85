import { integer, linear } from "../../../genome/gene.ts";
import { PLAN, PLAN_WIDTH } from "../../../simulation/plan.ts";
import { market } from "./market.ts";
import type { EndedPlan, StyleInput, StyleMethod } from "./style.ts";

/** Least distance of the nearest order, a fraction: an order in the spread would be one at market. */
const NEAREST = 2e-4;

/**
 * Wants what `market` wants and enters by orders that rest: a ladder of equal limit orders below the close for a buy, above
 * it for a sale, for a few rows. Each fills at its own price and the maker's fee once the bar trades through it; what is not
 * filled expires and is placed anew from the close of then. Exits are at market.
 */
export const ladder: StyleMethod = {
  summary: "Passive: a ladder of limit orders that rest for some rows at the maker's fee; out at market",
  genes: [
    ...market.genes,
    linear("restingDistance", 0.1, 2), // of the nearest order, in sd of one bar
    integer("restingRows", 1, 12),
    integer("rungs", 1, 5),
    linear("rungStretch", 0.25, 2), // between two orders, in distances of the nearest
  ],
  start: { ...market.start, restingDistance: 0.5, restingRows: 3, rungs: 3, rungStretch: 0.5 },
  warmUp: market.warmUp,
  refitEvery: 1,
  needs: [],
  source: "house rule: fills need a trade-through of a tick (docs/INVENTORY.md)",
  run: (input, genes) => rested(market.run(input, genes), input, genes),
  resume: (before, input, genes) => rested(market.resume!(before, input, genes), input, genes),
};

function rested(
  plan: EndedPlan,
  { forecast }: StyleInput,
  genes: Readonly<Record<string, number>>,
): EndedPlan {
  const { values, coins, rows } = plan, root = Math.sqrt(forecast.horizons[1]);
  for (let coin = 0; coin < coins; coin++) {
    const sd = forecast.coins[coin]!.sd[1]!;
    for (let t = 0, at = coin * PLAN_WIDTH; t < rows; t++, at += coins * PLAN_WIDTH) {
      values[at + PLAN.limitOffset] = Math.min(
        0.5,
        Math.max(NEAREST, genes.restingDistance! * sd[t]! / root),
      );
      values[at + PLAN.limitRows] = genes.restingRows!;
    }
  }
  return { ...plan, ladder: { rungs: genes.rungs!, stretch: genes.rungStretch! } };
}
