import assert from "node:assert/strict";
import { catalogueOf } from "popagent/adapters/config/setting_catalogue.ts";
import type { SettingType } from "popagent/adapters/config/setting_type.ts";
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
  assert.equal(config.population.committeeShare, 0.04);
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
      [{ coins: ["BTC", "BTC"] }, "coins"],
      [{ coins: ["BTC", "btc"] }, "coins"],
      [{ universe: { coins: ["BTC", "eth", "ETH"] } }, "universe.coins"],
      [{ data: { folder: "a\0b" } }, "data.folder"],
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
  assert.deepEqual(broken({ population: { mirror: { rules: ["equal", "equal"] } } }), [
    "population.mirror.rules: must name each rule once",
  ]);
  assert.deepEqual(broken({ population: { deploy: "mirrored", mirror: { rules: [] } } }), [
    "population.deploy: must not be mirrored where population.mirror.rules names none",
  ]);
  assert.deepEqual(broken({ population: { learning: "pbt" } }), [
    "population.variants: must be homogeneous where population.learning is pbt",
  ]);
  assert.deepEqual(
    broken({ population: { learning: "pbt", variants: "homogeneous", committeeShare: 1 } }),
    [],
  );
});

Deno.test("coins are read in any case", () => {
  const { coins, universe } = settingsSchema.parse({ coins: ["eth"], universe: { coins: ["btc", "Eth"] } });
  assert.deepEqual([coins, universe.coins], [["ETH"], ["BTC", "ETH"]]);
});

/** Settings that give one value to a dotted path, and a known coin's terms beside it. */
function at(path: string, value: number): unknown {
  const [first, ...rest] = path.split(".");
  if (first === "ADA") return { ADA: { tick: 1, lot: 1, [rest[0]!]: value } };
  return { [first!]: rest.length === 0 ? value : at(rest.join("."), value) };
}

Deno.test("findings J.4: every number of a configuration is finite and bounded, integers are safe", () => {
  const numbers = catalogueOf(settingsSchema).settings.filter(({ type }) => type.kind === "number");
  assert.ok(numbers.length >= 33, `${numbers.length}`);
  for (const setting of numbers) {
    const path = setting.path.replace("*", "ADA");
    const { min, max, integer } = setting.type as SettingType & { readonly kind: "number" };
    assert.ok(Number.isFinite(min) && max <= 2 ** 32, path);
    const beyond = [-1e300, -1, max * 1.001 + 1, 2 ** 53, 1e300, Infinity, -Infinity, NaN];
    for (const value of integer ? [...beyond, min + 0.5] : beyond) {
      assert.ok(broken(at(path, value)).some((line) => line.startsWith(`${path}: `)), `${path} = ${value}`);
    }
    // the bounds themselves are within; other settings may forbid them, never this one's own rule
    for (const value of [min, max]) {
      const own = broken(at(path, value)).filter((line) =>
        /Too (big|small)|expected (number|int)/.test(line)
      );
      assert.deepEqual(own, [], `${path} = ${value}`);
    }
  }
});

// u(r) = r - gamma r^2 / 2 of a bar's return r; 1e300 ended a whole run in "Infinity cannot be written".
Deno.test("findings J.4: a risk aversion of 1e300 is refused", () => {
  assert.match(broken({ population: { riskAversion: 1e300 } })[0]!, /^population\.riskAversion: .*1000/);
});
