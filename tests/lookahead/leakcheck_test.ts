import assert from "node:assert/strict";
import { declareColumn, withdrawColumn } from "popagent/features/catalogue.ts";
import { alarms, freshMarketsSchema } from "popagent/experiments/leakage/fresh_markets.ts";
import { leakChecks } from "popagent/experiments/leakage/leakcheck.ts";
import { pooledMethods } from "popagent/experiments/leakage/method_outputs.ts";
import { type PoolName, POOLS } from "popagent/inventory/pools.ts";

const named = (part: string) => leakChecks(3).find(({ name }) => name.includes(part))!;

Deno.test("leakcheck plants fifteen cheats and more, and probes every layer of the product", () => {
  const checks = leakChecks(3);
  assert.ok(checks.filter(({ planted }) => planted).length >= 15);
  const layers = (planted: boolean) =>
    [...new Set(checks.filter((one) => one.planted === planted).map(({ layer }) => layer))].sort();
  const all = ["agents", "data", "features", "lag", "learner state", "methods", "start-up", "whole run"];
  assert.deepEqual(layers(false), all);
  assert.deepEqual(layers(true), all.filter((layer) => layer !== "whole run")); // caught where it is made
});

for (const cheat of ["nextClose", "dayOfTheBar", "pooledNextMove", "anchoredAtItsStart"]) {
  Deno.test(`leakcheck catches a cheat that it plants: ${cheat}`, async () => {
    const { holds, flagged } = await named(cheat).run();
    assert.equal(holds, true);
    assert.ok(flagged.length > 0);
  });
}

Deno.test("who puts a method into a pool adds it to leakcheck", () => {
  const keys = pooledMethods().map(({ pool, key }) => `${pool} ${key}`);
  const pools = (Object.keys(POOLS) as PoolName[]).filter((pool) => pool !== "researcher.uncertainty");
  assert.deepEqual(keys, pools.flatMap((pool) => Object.keys(POOLS[pool]).map((key) => `${pool} ${key}`)));
});

Deno.test("leakcheck finds a column that was declared and reads the next close, and says which", async () => {
  declareColumn("nextClose", {
    summary: "the next close",
    params: [],
    defaults: [],
    warmUp: () => 0,
    compute: ({ close }) => close.map((_, t) => close[t + 1] ?? NaN),
  });
  const { holds, flagged, told } = await named("column of").run().finally(() => withdrawColumn("nextClose"));
  assert.equal(holds, false);
  assert.deepEqual(flagged, ["BTC", "DOGE", "ETH", "SOL", "XRP"].map((coin) => `${coin} nextClose`));
  assert.match(told, /know the future/);
});

Deno.test("fresh markets: no layer raised an alarm on any of those that are stored", async () => {
  const stored = freshMarketsSchema.parse(
    JSON.parse(await Deno.readTextFile("results/validation/leakcheck.json")),
  );
  assert.ok(new Set(stored.markets.map(({ seed }) => seed)).size >= 20);
  assert.deepEqual(alarms(stored), []);
  const layers = (checks: readonly { readonly layer: string }[]) => checks.map(({ layer }) => layer);
  const today = leakChecks(3).filter(({ planted }) => !planted).map(({ layer }) => layer);
  for (const { checks } of stored.markets) {
    assert.deepEqual(layers(checks), today);
    assert.ok(checks.every(({ compared }) => compared > 0));
  }
});
