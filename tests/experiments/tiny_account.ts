import type { AccountSeries } from "popagent/experiments/account_series.ts";

/**
 * Six bars by hand. Net returns .10, -.05, 0, .02, 0, 0 on 1000; each bar's costs are given back in its gross return:
 * (1100 + 5)/1000, (1045 + 5.5)/1100, 1, (1065.9 + 10.45)/1045, 1 and 1.
 */
export function tinyAccount(): AccountSeries {
  return {
    startingEquity: 1000,
    equity: Float64Array.of(1100, 1045, 1045, 1065.9, 1065.9, 1065.9),
    fees: Float64Array.of(4, 3.5, 0, 8, 0, 0),
    slippage: Float64Array.of(1, 2, 0, 2.45, 0, 0),
    funding: Float64Array.of(0, .5, -.2, 0, 0, 0),
    modelCost: new Float64Array(6),
    tradedNotional: Float64Array.of(2000, 1000, 0, 3000, 0, 0),
    grossExposure: Float64Array.of(2, 1, 1, 2, 0, 0),
    margin: Float64Array.of(1000, 500, 500, 1000, 0, 0),
    accounts: 1,
    ledger: null,
    passed: Float64Array.of(2, 0, 0, 1, 0, 0),
    softFails: Float64Array.of(0, 1, 0, 0, 0, 0),
    hardFails: Float64Array.of(0, 0, 3, 0, 1, 0),
    liquidations: Float64Array.of(0, 0, 0, 0, 1, 0),
    paused: Float64Array.of(0, 0, 0, 0, 1, 1),
    dailyBlocked: Float64Array.of(0, 0, 1, 0, 0, 0),
    coolingDown: Float64Array.of(0, 1, 1, 1, 0, 0),
    wanted: Float64Array.of(1, 1, 1, 1, 0, 0),
    halved: Float64Array.of(0, 1, 0, 0, 0, 0),
    drawdownFactor: Float64Array.of(1, .4, .5, .6, .3, .2),
    volatilityCap: Float64Array.of(1, 1, .5, .3, .1, .1),
    drawdownLimit: Float64Array.of(.1, .1, .1, .2, .2, .2),
  };
}
