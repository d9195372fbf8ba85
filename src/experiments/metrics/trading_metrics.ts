import { timeInMarket } from "../../stats/time_in_market.ts";
import type { AccountSeries } from "../account_series.ts";

/** How much of the time and with how much an account was in the market, and which coin its profit came from. */
export function tradingMetrics(series: AccountSeries, coins: readonly string[]) {
  const { grossExposure, ledger } = series;
  return {
    timeInMarket: timeInMarket(grossExposure),
    maxExposure: grossExposure.reduce((most, exposure) => Math.max(most, exposure), 0),
    tradedPerBar: tradedPerBar(series),
    coinProfit: ledger && Object.fromEntries(
      ledger.coinProfit.map((
        profit,
        coin,
      ) => [coins[coin]!, sum(profit) / series.startingEquity]),
    ),
  };
}

/** Mean over bars of the notional traded over the equity before the bar; a bar without equity before it counts as 0. */
function tradedPerBar({ startingEquity, equity, tradedNotional }: AccountSeries): number {
  let total = 0, before = startingEquity;
  for (let t = 0; t < equity.length; t++) {
    if (before > 0) total += tradedNotional[t]! / before;
    before = equity[t]!;
  }
  return total / equity.length;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
