import assert from "node:assert/strict";
import { FAULTS } from "../../tools/paper_faults.ts";
import { pipelined } from "../../tools/paper_pipeline.ts";
import { runHistory } from "../../tools/paper_script.ts";
import type { PaperTrials } from "../../tools/paper_trials.ts";

const STORED = new URL("../results/paper_trials.json", import.meta.url);
const stored = JSON.parse(await Deno.readTextFile(STORED)) as PaperTrials;

Deno.test("a history with a fault a minute loses and doubles nothing, and its books agree to the cent", async () => {
  const { lost, doubled, unsettled, cents, alarms, differences, orders, faults } = await runHistory(3);
  assert.deepEqual({ lost, doubled, unsettled, cents, alarms, differences }, {
    lost: 0,
    doubled: 0,
    unsettled: 0,
    cents: 0,
    alarms: 0,
    differences: [],
  });
  assert.ok(orders > 100);
  assert.ok(Object.values(faults).reduce((sum, one) => sum + one, 0) > 5000);
});

Deno.test("a history that a population trades and learns from is no different", async () => {
  const { lost, doubled, unsettled, cents, alarms, differences, orders } = await runHistory(1, {
    trader: pipelined(1),
    bars: 8,
  });
  assert.deepEqual({ lost, doubled, unsettled, cents, alarms, differences }, {
    lost: 0,
    doubled: 0,
    unsettled: 0,
    cents: 0,
    alarms: 0,
    differences: [],
  });
  assert.ok(orders > 3, `${orders} orders`);
});

Deno.test("the stored trials: 200 histories of two weeks with every kind of fault, nothing lost, doubled or apart", () => {
  const {
    histories,
    minutes,
    faults,
    lost,
    doubled,
    unsettled,
    apart,
    wrong,
    kills,
    orders,
    pipelines,
    alarmed,
  } = stored.inProcess!;
  assert.ok(pipelines >= 2, "two of them are traded by a population");
  assert.ok(histories >= 200 && minutes === histories * 14 * 1440 && orders > 20_000 && kills > 200);
  for (const name of FAULTS) assert.ok(faults[name] > 1000, `${name}: ${faults[name]}`);
  assert.deepEqual({ lost, doubled, unsettled, apart, alarmed, wrong }, {
    alarmed: 0,
    lost: 0,
    doubled: 0,
    unsettled: 0,
    apart: 0,
    wrong: [],
  });
});

Deno.test("the stored trials: 20 real processes killed or on a full disk, each said what was wrong and went on to the same books", () => {
  const { kills, fullDisks, unsaid, different } = stored.processes!;
  assert.ok(kills + fullDisks >= 20 && kills > 0 && fullDisks > 0);
  assert.deepEqual({ unsaid, different }, { unsaid: 0, different: 0 });
});
