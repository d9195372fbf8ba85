import assert from "node:assert/strict";
import { BAR_MS, BARS_PER_YEAR } from "popagent/core/universe.ts";
import { piecesOf } from "popagent/experiments/evidence/pieces.ts";
import { assertClose } from "../../close_to.ts";

/** An account of 400 bars that gains 1 and loses .5 of 100 by turns in its first half, and the reverse in the second. */
function account() {
  const rows = 400, equity = new Float64Array(rows), zeros = new Float64Array(rows);
  let value = 100;
  for (let t = 0; t < rows; t++) {
    const good = t % 2 === 0 ? 0.01 : -0.005;
    value *= 1 + (t < rows / 2 ? good : -good);
    equity[t] = value;
  }
  return {
    account: { equity, fees: zeros, slippage: zeros, tradedNotional: zeros, startingEquity: 100 },
    coinProfit: { BTC: zeros.map((_, t) => t === 3 ? 20 : 0), ETH: zeros.map((_, t) => t === 5 ? -5 : 0) },
    openTime: zeros.map((_, t) => Date.UTC(2024, 1, 1) + t * BAR_MS), // 2024Q1 has 360 of them
    trend: Int8Array.from({ length: rows }, (_, t) => t < rows / 2 ? 0 : 1),
    volatility: new Int8Array(rows).fill(-1),
  };
}

// By hand: mean .0025 a bar with a sample sd of .0075 x sqrt(n / (n - 1)), up to the sign.
const half = (n: number) => 0.0025 / (0.0075 * Math.sqrt(n / (n - 1))) * Math.sqrt(BARS_PER_YEAR);

Deno.test("a grid's results are told by fold, quarter, regime and coin", () => {
  const { fold, quarter, trend, volatility, coin } = piecesOf(account());
  assert.deepEqual(Object.keys(fold!), ["1", "2", "3", "4"]);
  assertClose(fold!["1"]!, half(100), 1e-6);
  assertClose(fold!["4"]!, -half(100), 1e-6);
  assert.deepEqual(Object.keys(quarter!), ["2024Q1", "2024Q2"]);
  assert.equal(quarter!["2024Q2"], null, "40 bars say nothing of a Sharpe ratio");
  assertClose(trend!.bull!, half(200), 1e-6);
  assertClose(trend!.bear!, -half(200), 1e-6);
  assert.equal(trend!.side, null);
  assert.deepEqual(volatility, { low: null, high: null });
  assert.deepEqual(coin, { BTC: 0.2, ETH: -0.05 });
});
