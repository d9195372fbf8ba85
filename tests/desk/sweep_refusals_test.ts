import assert from "node:assert/strict";
import { loadMarket } from "popagent/desk/market.ts";
import { type Grid, sweep, type SweepOptions } from "popagent/desk/sweep.ts";

const market = await loadMarket({ synthetic: { rows: 1000, seed: 5 } });
const targets = new Float64Array(market.rows);
const options: SweepOptions = { market, coins: ["BTC"] };

function refuses(grid: unknown, says: RegExp, strategy: () => unknown = () => ({ targets })) {
  assert.throws(() => sweep(grid as Grid, strategy as () => null, options), says);
}

Deno.test("sweep() refuses what is no grid, and ends", () => {
  refuses({ a: 1 }, /values of a must be a list: current value is 1.*a: \[value\]/);
  refuses({ a: new Float64Array(2) }, /values of a must be a list.*Array\.from/);
  refuses({}, /at least one point: it has no parameter/);
  refuses({ a: [1], b: [] }, /the list of b is empty/);
  refuses({ a: [1, NaN] }, /values of a must be finite numbers.*number 2 of 2 is NaN/);
  refuses([1], /must be an object of lists/);
});

Deno.test("sweep() says at which values a strategy failed", () => {
  const fail = () => {
    throw new TypeError("no such column");
  };
  refuses({ fast: [5], slow: ["x"] }, /Cannot sweep at fast 5, slow x: no such column/, fail);
  refuses({ fast: [5] }, /at fast 5: the strategy must return signals.*or null.*undefined/, () => undefined);
  refuses({ fast: [5] }, /at fast 5: .*a promise/, () => Promise.resolve(null));
  refuses({ fast: [5] }, /at fast 5: Cannot read targets/, () => ({ targets: [1] }));
  refuses({ fast: [5] }, /passed every one over/, () => null);
});
