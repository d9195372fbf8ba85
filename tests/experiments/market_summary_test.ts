import assert from "node:assert/strict";
import { marketSummary } from "popagent/experiments/market_summary.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { COLUMN_NAMES, createPanel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { assertClose } from "../close_to.ts";

// By hand. Closes 100, 110, 99: returns +10 % and -10 %, sd (n - 1) sqrt(.02), times sqrt(2190). Bars open at 00,
// 04 and 08 UTC, so the rates of the first and the third are settled: (1 + 4) / 2 bp; the second stands and is not.
Deno.test("marketSummary() matches the worked example", () => {
  const coins = DECLARED_COINS.map((coin) => ({
    coin,
    ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, Float64Array.of(100, 110, 99)])),
    fundingRate: Float64Array.of(1e-4, 1e-4, 4e-4),
  })) as unknown as Parameters<typeof createPanel>[0];
  const openTime = Float64Array.of(0, BAR_MS, 2 * BAR_MS);
  const source = { kind: "bybit", folder: "", unsealed: false, sealedRows: 0 } as const;
  const [btc] = marketSummary(createPanel(coins, openTime, source));
  assert.deepEqual([btc!.coin, btc!.rows, btc!.first, btc!.last], ["BTC", 3, 0, 2 * BAR_MS]);
  assert.deepEqual([btc!.firstClose, btc!.lastClose], [100, 99]);
  assertClose(btc!.volatility, Math.sqrt(.02 * 2190), 1e-12);
  assertClose(btc!.meanFunding, 2.5e-4, 1e-18);
  assert.deepEqual([btc!.trend, btc!.highVolatility], [null, null], "too few rows for a label");
});

Deno.test("marketSummary() gives shares that sum to 1", () => {
  const { panel } = syntheticMarket({ seed: 2, rows: 1200, mode: "default", ic: 0 });
  for (const { trend, highVolatility } of marketSummary(panel)) {
    assertClose(trend!.bull + trend!.bear + trend!.side, 1, 1e-12);
    assert.ok(highVolatility! > 0 && highVolatility! < 1);
  }
});
