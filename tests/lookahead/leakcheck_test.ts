import assert from "node:assert/strict";
import { declareColumn, withdrawColumn } from "popagent/features/catalogue.ts";
import { leakChecks } from "popagent/experiments/leakage/leakcheck.ts";

const named = (part: string) => leakChecks(3).find(({ name }) => name.includes(part))!;

Deno.test("leakcheck plants twelve cheats and more, and probes features, agents and a whole run", () => {
  const checks = leakChecks(3);
  assert.ok(checks.filter(({ planted }) => planted).length >= 12);
  for (const part of ["column", "agent", "whole run"]) assert.equal(named(part).planted, false);
});

Deno.test("leakcheck catches a cheat that it plants", async () => {
  const { holds, flagged } = await named("nextClose").run();
  assert.deepEqual([holds, flagged], [true, ["return"]]);
});

Deno.test("leakcheck finds a column that was declared and reads the next close, and says which", async () => {
  declareColumn("nextClose", {
    summary: "the next close",
    params: [],
    defaults: [],
    warmUp: () => 0,
    compute: ({ close }) => close.map((_, t) => close[t + 1] ?? NaN),
  });
  const { holds, flagged, told } = await named("column").run().finally(() => withdrawColumn("nextClose"));
  assert.equal(holds, false);
  assert.deepEqual(flagged, ["BTC", "DOGE", "ETH", "SOL", "XRP"].map((coin) => `${coin} nextClose`));
  assert.match(told, /know the future/);
});
