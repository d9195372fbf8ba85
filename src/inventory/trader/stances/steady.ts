import { OWN_RULE, plainMethod } from "../../method.ts";
import type { StanceInput, StanceMethod } from "./stance.ts";

/** The same belief and a full size whatever the market does. */
export const steady: StanceMethod = plainMethod(
  "The same belief and a full size whatever the market does",
  ({ market, direction }: StanceInput) => ({
    follow: new Float64Array(market.panel.rows).fill(direction),
    size: new Float64Array(market.panel.rows).fill(1),
  }),
  { source: OWN_RULE },
);
