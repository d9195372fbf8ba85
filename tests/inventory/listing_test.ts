import assert from "node:assert/strict";
import {
  costAnswer,
  declareVariant,
  inventory,
  type InventoryEntry,
  inventoryTable,
  loadMarket,
  VARIANTS,
  verdictsTable,
} from "popagent/mod.ts";
import { variantNamed } from "popagent/agents/catalogue.ts";
import { MEASURED_COSTS } from "popagent/inventory/measured_costs.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { OWN_RULE } from "popagent/inventory/method.ts";
import { BESIDE, requireBeside } from "popagent/inventory/researcher/forecasting/beside.ts";
import { declareMethod, POOLS, withdrawMethod } from "popagent/inventory/pools.ts";

Deno.test("inventory() lists every method of every pool once, in the order of the pools", () => {
  const listed = inventory().map(({ pool, key }) => `${pool} ${key}`);
  const there = Object.entries(POOLS).flatMap(([pool, methods]) =>
    Object.keys(methods).map((key) => `${pool} ${key}`)
  );
  assert.deepEqual(listed, there);
});

Deno.test("every declared method was measured, and nothing that is gone stands among the costs", () => {
  const keys = inventory().map(({ pool, key }) => `${pool} ${key}`);
  assert.deepEqual(keys.filter((key) => MEASURED_COSTS[key] === undefined), [], "deno task inventory-costs");
  assert.deepEqual(Object.keys(MEASURED_COSTS).filter((key) => !keys.includes(key)), []);
  for (const [key, cost] of Object.entries(MEASURED_COSTS)) assert.ok(cost > 0 && cost < 1e7, key);
});

Deno.test("a method of one's own is listed without a cost, and its needs are told once", () => {
  const method = { ...POOLS["risk.checks"].fixed!, needs: ["funding", "funding"] as const, source: "own" };
  declareMethod("risk.checks", "mine", method);
  try {
    const { cost, needs, source } = inventory("risk.checks").at(-1)!;
    assert.deepEqual({ cost, needs, source }, { cost: null, needs: ["funding"], source: "own" });
    assert.equal(inventoryTable(inventory("risk.checks")).rows.at(-1)!.cells[6], "–");
  } finally {
    withdrawMethod("risk.checks", "mine");
  }
});

Deno.test("inventory() refuses a pool that there is not, and names the nearest", () => {
  assert.throws(() => inventory("risk.check" as "risk.checks"), /must be one of .*risk\.checks/);
});

Deno.test("the inventory says which method beside it a forecaster reads; a variant without a needed one is refused by name", () => {
  for (const [key, { run, start }] of Object.entries(POOLS["researcher.forecasting"])) {
    const read: string[] = [], seen = (name: string) => (read.push(name), null);
    const input = {
      task: undefined as never, // nothing is forecast: what it reads is seen first
      get calibrate() {
        return seen("calibration");
      },
      get sample() {
        return seen("uncertainty");
      },
    };
    assert.throws(() => run(input, start), ({ message }: Error) => {
      const needed = /needs a method of (\w+) beside it/.exec(message)?.[1] ?? null;
      assert.equal(needed, BESIDE[key]?.needed ? BESIDE[key].reads : null, key);
      return true;
    });
    const { needs } = inventory("researcher.forecasting").find((entry) => entry.key === key)!;
    assert.deepEqual(needs.filter((need) => need === "calibration" || need === "uncertainty"), read, key);
  }
  const base = variantNamed("researcher", "statistical");
  for (const forecasting of ["arimax", "arimaxLive"]) {
    const mine = { ...base, name: "mine", identity: { ...base.identity, forecasting, uncertainty: null } };
    assert.throws(() => declareVariant(mine), {
      name: "RangeError",
      message: new RegExp(`researcher mine as ${forecasting} needs a method of uncertainty beside it`),
    });
  }
});

Deno.test("a variant that names a method which its forecaster would ignore is refused by name; every forecaster says what it reads", () => {
  const base = variantNamed("researcher", "statistical");
  assert.deepEqual(Object.keys(BESIDE).sort(), Object.keys(POOLS["researcher.forecasting"]).sort());
  for (const [forecasting, { reads }] of Object.entries(BESIDE)) {
    const both = { forecasting, uncertainty: "pastSums", calibration: "splitConformal" } as const;
    const ignored = reads === "uncertainty" ? "calibration" : "uncertainty";
    assert.throws(() => declareVariant({ ...base, name: "mine", identity: { ...base.identity, ...both } }), {
      name: "RangeError",
      message:
        `Cannot declare the researcher mine as ${forecasting} must be given no method of ${ignored}, which it would ` +
        `ignore: identity.${ignored} is ${both[ignored]}. Set it to null; ${forecasting} reads ` +
        `${reads === null ? "neither of the two" : `identity.${reads} alone`}.`,
    });
  }
  for (const { name, identity } of VARIANTS.researcher) requireBeside(name, identity); // no declared one is
});

Deno.test("every method of the house says where it comes from", () => {
  assert.deepEqual(inventory().filter(({ source }) => source.trim() === "").map(({ key }) => key), []);
  const [, rules] = Deno.readTextFileSync(`${PROJECT}/docs/INVENTORY.md`).split("## Rules of our own\n");
  const stated = [...rules!.split("\n## ")[0]!.matchAll(/^\| `(\w+)` +\| (.+) \|$/gm)].map(([, key]) => key);
  const own = inventory().filter(({ source }) => source.startsWith(OWN_RULE)).map(({ key }) => key);
  assert.deepEqual(own, stated, "each rule that is cited as stated in the docs stands there");
});

Deno.test("what is said of costs is computed from what was measured, and leaves out what was not", () => {
  const entry = (
    pool: string,
    key: string,
    cost: number | null,
  ) => ({ ...inventory()[0]!, pool, key, cost } as InventoryEntry);
  const { markdown } = costAnswer([
    entry("risk.checks", "dear", 4000),
    entry("trader.views", "cheap", 2),
    entry("trader.views", "free", null),
    entry("trader.views", "dearer", 20),
    entry("trader.views", "dearest", 30),
  ]);
  assert.equal(
    markdown,
    "In steps of an exponential mean a bar costs, of `trader.views` from 2.0 (`cheap`) to 30 (`dearest`), half of them " +
      "at most 20 (`dearer`); of `risk.checks` 4,000 (`dear`). Between `cheap` and `dear` lie 3.3 orders of magnitude.",
  ); // log10(4000 / 2) = 3.30
  assert.equal(
    costAnswer([entry("risk.checks", "free", null)]).markdown,
    "None of these methods was measured.",
  );
  const dearest = Math.max(...Object.values(MEASURED_COSTS));
  assert.match(costAnswer(inventory()).markdown, new RegExp(dearest.toLocaleString("en")));
});

Deno.test("what shows the inventory refuses the name of a pool, and verdicts a row that there is not", async () => {
  for (const show of [inventoryTable, costAnswer]) {
    assert.throws(() => show("risk.checks" as never), {
      name: "RangeError",
      message:
        'Cannot show the inventory as its entries must be a list, such as inventory("risk.checks") gives: current value is risk.checks',
    });
  }
  const market = await loadMarket({ synthetic: { rows: 1000, seed: 2 }, coins: ["BTC"] });
  for (const row of [-1, 1.5, 1000, "7"]) {
    assert.throws(
      () => verdictsTable(market, row as number),
      /row must be an integer from 0 to 999: current value is /,
    );
  }
  assert.equal(verdictsTable(market, 999).rows.length, inventory("risk.checks").length);
});
