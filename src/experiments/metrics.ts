import { BARS_PER_YEAR } from "../core/universe.ts";
import { maxDrawdown } from "../stats/drawdown.ts";
import { standardDeviation } from "../stats/moments.ts";
import { neweyWest } from "../stats/newey_west.ts";
import { hitRate, totalReturn } from "../stats/return_ratios.ts";
import { annualSharpe, sharpeError } from "../stats/sharpe.ts";
import { type AccountSeries, barReturns } from "./account_series.ts";
import { defined, meanOfDefined } from "./metrics/defined.ts";
import { scalingMetrics } from "./metrics/scaling_metrics.ts";
import type { StrategyMetrics } from "./result.ts";

/** Lag of the Newey-West test of the gross mean return. */
export const GROSS_TEST_LAG = 5;

/** By a loop: hundreds of accounts have some twenty columns each, and a call for every value costs ten times the sum. */
function sum(values: Float64Array): number {
  let total = 0;
  for (let t = 0; t < values.length; t++) total += values[t]!;
  return total;
}

/** All metrics of one strategy over its reported rows. Every Sharpe ratio is of simple returns per bar, flat bars included. */
export function strategyMetrics(series: AccountSeries): StrategyMetrics {
  const net = barReturns(series, "net");
  const gross = barReturns(series, "gross");
  const years = net.length / BARS_PER_YEAR;
  const start = series.startingEquity;
  const meanEquity = sum(series.equity) / net.length;
  const traded = sum(series.tradedNotional);
  const costs = sum(series.fees) + sum(series.slippage);
  const asked = sum(series.modelCost);
  const profit = series.equity[net.length - 1]! - start;
  const moved = net.some((r) => r !== 0);
  const pass = sum(series.passed), softFail = sum(series.softFails), orders = pass + softFail;
  const share = (count: number) => orders > 0 ? count / orders : null;
  return {
    sharpe: annualSharpe(net),
    sharpeError: defined(sharpeError(net)),
    grossSharpe: annualSharpe(gross),
    grossT: moved ? defined(neweyWest(gross, GROSS_TEST_LAG).t) : null,
    totalReturn: totalReturn(net),
    grossReturn: totalReturn(gross),
    volatility: standardDeviation(net) * Math.sqrt(BARS_PER_YEAR),
    maxDrawdown: maxDrawdown(net),
    hitRate: hitRate(net),
    turnover: meanEquity > 0 ? traded / meanEquity / years : 0,
    exposure: sum(series.grossExposure) / net.length,
    fees: sum(series.fees) / start,
    slippage: sum(series.slippage) / start,
    funding: sum(series.funding) / start,
    ...(asked > 0 ? { modelCost: asked / start } : {}),
    breakEvenCost: traded > 0 ? (profit + costs) / traded : null,
    orders,
    verdicts: { pass: share(pass), softFail: share(softFail) },
    refusals: sum(series.hardFails),
    blocked: {
      drawdown: sum(series.paused) / net.length,
      dailyLoss: sum(series.dailyBlocked) / net.length,
      coolDown: sum(series.coolingDown) / net.length,
    },
    scaling: scalingMetrics(series),
    liquidations: sum(series.liquidations),
  };
}

/**
 * Metric by metric, the mean over strategies: what a blind pick among them is expected to show. Who has no value of a
 * metric has no say in it, so who placed no order has none in shares of orders, who traded nothing none in the
 * break-even cost and the hit rate; who asked no model paid 0 for it where others asked one.
 */
export function meanMetrics(all: readonly StrategyMetrics[]): StrategyMetrics {
  const asked = all.some(({ modelCost }) => modelCost !== undefined);
  return meanTree(
    asked ? all.map((one) => ({ ...one, modelCost: one.modelCost ?? 0 })) : all,
  ) as StrategyMetrics;
}

/** Mean of every number in a tree of them. */
function meanTree(all: readonly object[]): object {
  return mapEntries(all[0]!, (first, name) => {
    const values = all.map((one) => (one as Record<string, unknown>)[name]);
    return typeof first === "object" && first !== null
      ? meanTree(values as object[])
      : meanOfDefined(values as (number | null)[]);
  });
}

function mapEntries(tree: object, change: (value: unknown, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, change(value, name)]));
}
