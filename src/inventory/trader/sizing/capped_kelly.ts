import { linear, log } from "../../../genome/gene.ts";
import { sharesOf, type SizingMethod } from "./sizing.ts";

/**
 * A fraction of the exposure mean / variance, which grows fastest where the forecast is true, under a cap: a mean is known
 * far worse than a variance, and twice the true exposure grows no more at all.
 */
export const cappedKelly: SizingMethod = {
  summary: "A fraction of the growth-optimal exposure mean / variance, under a cap",
  genes: [linear("kellyFraction", 0.05, 1), log("kellyCap", 0.1, 5)], // the cap as a multiple of equity
  start: { kellyFraction: 0.25, kellyCap: 1 },
  warmUp: 180,
  refitEvery: 1,
  needs: [],
  source: "Kelly, A New Interpretation of Information Rate, BSTJ 35 (1956); Thorp (2006)",
  run: (input, genes) =>
    sharesOf(input, (coin) => {
      const sd = input.forecast.coins[coin]!.sd[1]!, moves = input.expected[coin]!;
      return (row) =>
        Math.min(genes.kellyCap!, genes.kellyFraction! * Math.abs(moves[row]!) / (sd[row]! * sd[row]!));
    }),
};
