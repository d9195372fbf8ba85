/** Histories on the local Bybit server with a fault a minute; the stored ones, and errors that are planted. */
import assert from "node:assert/strict";
import { runBybitHistory } from "../../tools/paper_bybit_script.ts";
import type { BybitTrials } from "../../tools/paper_bybit_trials.ts";
import { BYBIT_FAULTS } from "../../tools/paper_bybit_wire.ts";

const STORED = new URL("../results/paper_bybit_trials.json", import.meta.url);
const stored = JSON.parse(await Deno.readTextFile(STORED)) as BybitTrials;
const ZERO = { lost: 0, doubled: 0, unsettled: 0, cents: 0, alarms: 0, differences: [] };

Deno.test("two bars on the Bybit server with a fault a minute: nothing lost or doubled, books to the cent", async () => {
  const { lost, doubled, unsettled, cents, alarms, differences, orders, faults } = await runBybitHistory(7, {
    bars: 2,
  });
  assert.deepEqual({ lost, doubled, unsettled, cents, alarms, differences }, ZERO);
  assert.ok(orders > 1);
  assert.ok(Object.values(faults).reduce((sum, one) => sum + one, 0) > 200);
});

Deno.test("the counters of the Bybit trials see a missing cent, and an execution beyond what was asked", async () => {
  const small = { failing: false, bars: 2 };
  const dearer = await runBybitHistory(7, {
    ...small,
    planted: ({ world }, minute) => {
      if (minute === 30) world.wallet -= 0.01;
    },
  });
  assert.match(dearer.differences.join(), /^cash USDT/);
  let planted = false;
  const { doubled } = await runBybitHistory(7, {
    ...small,
    planted: ({ world, addExecution }) => {
      const last = world.executions.findLast(({ orderLinkId }) =>
        world.orders.get(String(orderLinkId))?.orderStatus === "Filled"
      );
      if (planted || last === undefined) return;
      planted = true;
      const { execId: _, seq: _seq, execTime: _time, ...again } = last;
      world.orders.get(String(last.orderLinkId))!.cumExecQty += Number(last.execQty);
      addExecution(again);
    },
  });
  assert.ok(planted && doubled >= 1, `${planted}, ${doubled}`);
});

Deno.test("the stored Bybit trials: thirty histories with every kind of fault, nothing lost, doubled or apart", () => {
  const { histories, minutes, orders, own, kills, faults, ...wrong } = stored;
  assert.ok(histories >= 30 && minutes === histories * 2880 && orders > 400 && own > 200 && kills >= 20);
  for (const name of BYBIT_FAULTS) assert.ok(faults[name] >= 30, `${name}: ${faults[name]}`);
  const { fills: _, ...counts } = wrong;
  assert.deepEqual(counts, { lost: 0, doubled: 0, unsettled: 0, alarmed: 0, apart: 0, wrong: [] });
});
