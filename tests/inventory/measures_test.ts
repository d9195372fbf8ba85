import assert from "node:assert/strict";
import { viewMarket } from "popagent/features/market_view.ts";
import { measures } from "popagent/inventory/analyst/volatility/measures.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";

const { panel } = syntheticMarket({ mode: "default", ic: 0, seed: 1, rows: 400 });
const market = viewMarket(panel);
const sdAt = (weights: readonly number[]) =>
  measures.run({ market, coin: 0, lookbacks: [14, 21, 50], weights }, {});

Deno.test("four measures are mixed by four weights, by any other number evenly, never into NaN", () => {
  const even = sdAt([.25, .25, .25, .25]);
  for (const weights of [[1], [.5, .5], [.4, .3, .3], [.2, .2, .2, .2, .2]]) {
    assert.deepEqual(sdAt(weights), even, `${weights.length} readings`);
  }
  assert.notDeepEqual(sdAt([.7, .1, .1, .1]), even);
  assert.ok(even.every((sd) => sd > 0 && sd < 1));
});
