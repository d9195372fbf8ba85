import { volatilityOf } from "../../../features/market_view.ts";
import { plainMethod } from "../../method.ts";
import type { BarSdInput, VolatilityMethod } from "./bar_sd.ts";

/** Exponentially weighted volatility with the decay .97, whatever the lookbacks are. */
export const ewma: VolatilityMethod = plainMethod(
  "EWMA volatility of returns with decay .97",
  ({ market, coin }: BarSdInput) => volatilityOf(market, coin),
  { source: "J. P. Morgan, RiskMetrics Technical Document (1996)" },
);
