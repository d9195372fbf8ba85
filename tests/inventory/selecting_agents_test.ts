import assert from "node:assert/strict";
import { declareExtension, type Extension } from "popagent/adapters/extensions/extension.ts";
import { extensionSchema } from "popagent/adapters/extensions/extension_schema.ts";
import { withdrawVariant } from "popagent/agents/catalogue.ts";
import { loadMarket, stages, stageSeries, team } from "popagent/mod.ts";
import { withdrawMethod } from "popagent/inventory/pools.ts";
import extension from "../../notebooks/selecting_agents.ts";

Deno.test("the example agents that choose follow the rules of extensions and run as a pipeline", async () => {
  assert.equal(extensionSchema.safeParse(extension).success, true);
  const given: Extension = extension;
  declareExtension(given);
  try {
    const market = await loadMarket({ synthetic: { mode: "planted", ic: 0.1, seed: 2, rows: 1000 } });
    const names = { analyst: "chooser", researcher: "chooser", trader: "patient", risk: "chooser" };
    const all = stages(market, team(names)), series = stageSeries(all, "ETH");
    assert.deepEqual(all.plan.ladder, { rungs: 3, stretch: 0.5 });
    assert.ok(series["plan.conviction"]!.some((value) => value !== 0));
    assert.ok(series["limits.maxGross"]!.some((value) => value < 3));
    assert.ok(Object.values(series).every((values) => values.every((value) => !Number.isNaN(value))));
  } finally {
    for (const { role, name } of given.variants!) withdrawVariant(role, name);
    withdrawMethod("researcher.forecasting", "chooser");
    withdrawMethod("risk.checks", "chooser");
  }
});
