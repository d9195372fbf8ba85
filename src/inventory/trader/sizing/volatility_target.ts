import { BARS_PER_YEAR } from "../../../core/universe.ts";
import { log } from "../../../genome/gene.ts";
import { sharesOf, type SizingMethod } from "./sizing.ts";

/** Every position is as large as makes its own annual volatility the target: small in storms, large in calm. */
export const volatilityTarget: SizingMethod = {
  summary: "As large as brings the position's annual volatility to a target",
  genes: [log("targetVolatility", 0.02, 1)], // a year's standard deviation as a fraction of equity
  start: { targetVolatility: 0.2 },
  warmUp: 180,
  refitEvery: 1,
  needs: [],
  source: "Moreira & Muir, Volatility-Managed Portfolios, Journal of Finance 72 (2017)",
  run: (input, genes) => {
    const perYear = Math.sqrt(BARS_PER_YEAR / input.forecast.horizons[1]);
    return sharesOf(input, (coin) => {
      const sd = input.forecast.coins[coin]!.sd[1]!;
      return (row) => genes.targetVolatility! / (sd[row]! * perYear);
    });
  },
};
