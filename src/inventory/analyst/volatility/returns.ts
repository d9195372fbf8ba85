import { volatilityOf } from "../../../features/market_view.ts";
import { plainMethod } from "../../method.ts";
import type { BarSdInput, VolatilityMethod } from "./bar_sd.ts";

/** Exponentially weighted volatility of returns with the memory of the middle lookback. */
export const returns: VolatilityMethod = plainMethod(
  "EWMA volatility of returns over the middle lookback",
  ({ market, coin, lookbacks: [, middle] }: BarSdInput) => volatilityOf(market, coin, 1 - 2 / (middle + 3)),
  { source: "J. P. Morgan, RiskMetrics Technical Document (1996)" },
);
