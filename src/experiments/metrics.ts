import { BARS_PER_YEAR } from "../core/universe.ts";
import { maxDrawdown } from "../stats/drawdown.ts";
import { standardDeviation } from "../stats/moments.ts";
import { neweyWest } from "../stats/newey_west.ts";
import { hitRate, totalReturn } from "../stats/return_ratios.ts";
import { annualSharpe, sharpeError } from "../stats/sharpe.ts";
import { type AccountSeries, barReturns } from "./account_series.ts";
import type { StrategyMetrics } from "./result.ts";

/** Lag of the Newey-West test of the gross mean return. */
export const GROSS_TEST_LAG = 5;

const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0);

/** All metrics of one strategy over its reported rows. Every Sharpe ratio is of simple returns per bar, flat bars included. */
export function strategyMetrics(series: AccountSeries): StrategyMetrics {
  const net = barReturns(series, "net");
  const gross = barReturns(series, "gross");
  const years = net.length / BARS_PER_YEAR;
  const start = series.startingEquity;
  const meanEquity = sum(series.equity) / net.length;
  const traded = sum(series.tradedNotional);
  const costs = sum(series.fees) + sum(series.slippage);
  const profit = series.equity[net.length - 1]! - start;
  const moved = net.some((r) => r !== 0);
  const pass = sum(series.passed), softFail = sum(series.softFails), orders = pass + softFail;
  const share = (count: number) => orders > 0 ? count / orders : 0;
  return {
    sharpe: annualSharpe(net),
    sharpeError: sharpeError(net) ?? 0,
    grossSharpe: annualSharpe(gross),
    grossT: moved ? neweyWest(gross, GROSS_TEST_LAG).t : 0,
    totalReturn: totalReturn(net),
    grossReturn: totalReturn(gross),
    volatility: standardDeviation(net) * Math.sqrt(BARS_PER_YEAR),
    maxDrawdown: maxDrawdown(net),
    hitRate: hitRate(net) ?? 0,
    turnover: meanEquity > 0 ? traded / meanEquity / years : 0,
    exposure: sum(series.grossExposure) / net.length,
    fees: sum(series.fees) / start,
    slippage: sum(series.slippage) / start,
    funding: sum(series.funding) / start,
    breakEvenCost: traded > 0 ? (profit + costs) / traded : null,
    orders,
    verdicts: { pass: share(pass), softFail: share(softFail) },
    refusals: sum(series.hardFails),
    blocked: {
      drawdown: sum(series.paused) / net.length,
      dailyLoss: sum(series.dailyBlocked) / net.length,
      coolDown: sum(series.coolingDown) / net.length,
    },
    liquidations: sum(series.liquidations),
  };
}

/**
 * Metric by metric, the mean over strategies: what a blind pick among them is expected to show. Who placed no order has
 * no say in shares of orders, who traded nothing none in the break-even cost.
 */
export function meanMetrics(all: readonly StrategyMetrics[]): StrategyMetrics {
  const mean = (read: (metrics: StrategyMetrics) => number) =>
    all.reduce((total, m) => total + read(m), 0) / all.length;
  const traded = all.filter((m) => m.breakEvenCost !== null), ordered = all.filter((m) => m.orders > 0);
  const shareOfOrders = (read: (metrics: StrategyMetrics) => number) =>
    ordered.length > 0 ? ordered.reduce((total, m) => total + read(m), 0) / ordered.length : 0;
  return {
    sharpe: mean((m) => m.sharpe),
    sharpeError: mean((m) => m.sharpeError),
    grossSharpe: mean((m) => m.grossSharpe),
    grossT: mean((m) => m.grossT),
    totalReturn: mean((m) => m.totalReturn),
    grossReturn: mean((m) => m.grossReturn),
    volatility: mean((m) => m.volatility),
    maxDrawdown: mean((m) => m.maxDrawdown),
    hitRate: mean((m) => m.hitRate),
    turnover: mean((m) => m.turnover),
    exposure: mean((m) => m.exposure),
    fees: mean((m) => m.fees),
    slippage: mean((m) => m.slippage),
    funding: mean((m) => m.funding),
    breakEvenCost: traded.length > 0
      ? traded.reduce((total, m) => total + m.breakEvenCost!, 0) / traded.length
      : null,
    orders: mean((m) => m.orders),
    verdicts: {
      pass: shareOfOrders((m) => m.verdicts.pass),
      softFail: shareOfOrders((m) => m.verdicts.softFail),
    },
    refusals: mean((m) => m.refusals),
    blocked: {
      drawdown: mean((m) => m.blocked.drawdown),
      dailyLoss: mean((m) => m.blocked.dailyLoss),
      coolDown: mean((m) => m.blocked.coolDown),
    },
    liquidations: mean((m) => m.liquidations),
  };
}
