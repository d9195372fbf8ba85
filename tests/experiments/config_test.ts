import assert from "node:assert/strict";
import { settingsSchema } from "popagent/experiments/config.ts";

/** The rules a configuration breaks, as "path: message". */
function broken(settings: unknown): string[] {
  const parsed = settingsSchema.safeParse(settings);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

// Values: the design, typed by hand; fees are Bybit's taker and maker fee of a plain account.
Deno.test("the defaults of a run stand in its schema", () => {
  const config = settingsSchema.parse({});
  assert.deepEqual(config.market, { mode: "default", ic: 0, seed: 1, rows: 4380 });
  assert.deepEqual(config.universe, { coins: ["BTC", "ETH", "SOL", "DOGE", "XRP"], instruments: {} });
  assert.equal(config.coins, null);
  assert.equal(config.startingEquity, 10_000);
  assert.deepEqual([config.costs.takerFee, config.costs.makerFee, config.costs.participation], [
    .00055,
    .0002,
    .01,
  ]);
  assert.deepEqual([config.iterations, config.seed, config.references], [null, 1, true]);
  assert.equal(config.clock.warmUpRows, 360);
  assert.equal(config.population.committeeSize, 25);
});

Deno.test("a misspelt key is an error, however deep", () => {
  assert.match(broken({ popluation: {} })[0]!, /popluation/);
  assert.match(broken({ population: { transferTua: .2 } })[0]!, /^population: .*transferTua/);
});

Deno.test("settings out of their range or of the wrong type are named by their path", () => {
  for (
    const [settings, path] of [
      [{ population: { transferTau: 1.1 } }, "population.transferTau"],
      [{ population: { transferTau: "0.1" } }, "population.transferTau"],
      [{ population: { size: 4 } }, "population.size"],
      [{ population: { transfer: "osmosis" } }, "population.transfer"],
      [{ clock: { stepRows: 0 } }, "clock.stepRows"],
      [{ clock: { stepRows: 1.5 } }, "clock.stepRows"],
      [{ coins: [] }, "coins"],
      [{ coins: ["BTC", "PEPE"] }, "coins.1"],
      [{ universe: { coins: ["ETH", "SOL"] } }, "universe.coins"],
      [{ universe: { coins: ["BTC", "ETH", "BTC"] } }, "universe.coins"],
      [{ universe: { instruments: { ADA: { tick: 0, lot: 1 } } } }, "universe.instruments.ADA.tick"],
      [{ iterations: 0 }, "iterations"],
      [{ startingEquity: NaN }, "startingEquity"],
    ] as const
  ) {
    const found = broken(settings);
    assert.equal(found.length, 1);
    assert.ok(found[0]!.startsWith(`${path}: `), found[0]);
  }
});

// The longest declared warm-up is the researchers', 360 rows.
Deno.test("settings that contradict one another are errors", () => {
  assert.deepEqual(broken({ clock: { warmUpRows: 359 } }), [
    "clock.warmUpRows: must be at least 360, the longest warm-up a variant declares",
  ]);
  assert.deepEqual(broken({ clock: { warmUpRows: 800 } }), [
    "clock.firstDecision: must be at least clock.warmUpRows, 800",
  ]);
  assert.deepEqual(broken({ population: { size: 3, committeeSize: 82 } }), [
    "population.committeeSize: must be at most population.size ** 4, 81",
  ]);
  assert.deepEqual(broken({ population: { learning: "pbt" } }), [
    "population.variants: must be homogeneous where population.learning is pbt",
  ]);
  assert.deepEqual(
    broken({ population: { learning: "pbt", variants: "homogeneous", committeeSize: 625 } }),
    [],
  );
});
