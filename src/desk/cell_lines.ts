/** A market and a back-test in a few lines, as a cell prints them that ends in one. */
import { count, day, decimal, percent, signedPercent } from "../figures/format.ts";
import type { Backtest } from "./backtest.ts";
import type { Market } from "./market.ts";
import { marketSource } from "./market_summary.ts";

/** Which bars these are, and what must be said of them. */
export function marketLines(market: Market): string[] {
  const { coins, rows, notes } = market;
  return [
    `Market: ${coins.join(", ")}; ${count(rows)} bars of four hours`,
    marketSource(market),
    ...notes,
    "show(marketTable(market)) says more.",
  ];
}

/** What was traded when, and what it came to. */
export function backtestLines(
  { coins, openTime, trades, fills, metrics, equity, startingEquity, notes }: Backtest,
): string[] {
  if (openTime.length === 0) return [`Back-test: ${coins.join(", ")}; no rows were traded`];
  const span = `${day(openTime[0]!)} to ${day(openTime.at(-1)!)}`;
  return [
    `Back-test: ${coins.join(", ")}; ${count(openTime.length)} bars, ${span}`,
    `${count(startingEquity)} USDT became ${count(equity.at(-1)!)} (${
      signedPercent(equity.at(-1)! / startingEquity - 1)
    }); ` +
    `Sharpe ratio ${decimal(metrics.sharpe)}, max drawdown ${percent(metrics.maxDrawdown)}`,
    `${count(trades.length)} closed round trips, ${count(fills.length)} fills and payments`,
    ...notes,
    "show(backtestTable({ mine: backtest })) says more.",
  ];
}
