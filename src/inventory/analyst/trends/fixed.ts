import { plainMethod } from "../../method.ts";
import type { MixtureInput, TrendMethod } from "./mixture.ts";

/** Readings mixed by the genes' weights at every row. */
export const fixed: TrendMethod = plainMethod(
  "Readings mixed by the genes' weights",
  ({ market, weights }: MixtureInput) => {
    const kinds = weights.length;
    const out = new Float64Array(market.panel.rows * kinds);
    for (let at = 0; at < out.length; at += kinds) out.set(weights, at);
    return out;
  },
  { source: "J. Bates, C. Granger, Operational Research Quarterly 20 (1969) 451" },
);
