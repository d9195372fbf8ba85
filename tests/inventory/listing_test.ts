import assert from "node:assert/strict";
import { inventory, inventoryTable } from "popagent/mod.ts";
import { MEASURED_COSTS } from "popagent/inventory/measured_costs.ts";
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
