import assert from "node:assert/strict";
import { marketOf } from "popagent/experiments/market.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { populationConfig } from "../run_config.ts";

const market = marketOf(populationConfig({ market: { rows: 6574 } })).panel;

/** The plan of a run on the first `rows` rows of a market; their values do not matter. */
function planOn(rows: number, settings: unknown) {
  return planRun(populationConfig(settings), { ...market, rows });
}

Deno.test("planRun(): two years are 102 iterations, reported from row 720 on", () => {
  const window = (rows: number, settings: unknown) => planOn(rows, settings).window;
  assert.deepEqual(window(4378, {}), { iterations: 102, from: 720, to: 4377, history: 0 });
  assert.deepEqual(window(4380, {}), { iterations: 102, from: 720, to: 4379, history: 0 });
  assert.deepEqual(window(4380, { iterations: 3 }), { iterations: 3, from: 720, to: 827, history: 0 });
  // The sealed year: all three years in one run, the last reported.
  assert.deepEqual(window(6574, { clock: { reportFrom: 4378 } }), {
    iterations: 163,
    from: 4378,
    to: 6573,
    history: 3658,
  });
});

Deno.test("planRun() refuses what the rows do not hold", () => {
  assert.throws(() => planOn(720, {}), /must have more than 720 rows: current value is 720/);
  assert.throws(
    () => planOn(4380, { iterations: 103 }),
    /iterations must be at most 102 on 4380 rows: current value is 103/,
  );
  const reported = /at least 6 rows must be reported, from one of 720\.\.4379 on: current value is/;
  for (const reportFrom of [0, 719, 4375, 5000]) {
    assert.throws(() => planOn(4380, { clock: { reportFrom } }), reported, `${reportFrom}`);
  }
  assert.equal(planOn(4380, { clock: { reportFrom: 4374 } }).window.from, 4374);
  assert.throws(() => planOn(725, {}), /at least 6 rows must be reported/);
});

Deno.test("planRun() cuts the rows after the last iteration off: nothing can read them", () => {
  const { panel } = planRun(populationConfig({ iterations: 3 }), market);
  assert.equal(panel.rows, 828);
  assert.equal(panel.openTime.length, 828);
  assert.notEqual(panel.hash, market.hash);
  assert.equal(planRun(populationConfig(), market).panel, market);
});

Deno.test("where sealed rows were opened they are reported alone; a run that ends before them reports what it traded", () => {
  const source = { kind: "bybit", folder: "bars", unsealed: true, sealedRows: 2196, opening: "0" } as const;
  const opened = (settings: unknown) => planRun(populationConfig(settings), { ...market, source }).window;
  assert.deepEqual(opened({}), { iterations: 163, from: 4378, to: 6573, history: 3658 });
  assert.equal(opened({ clock: { reportFrom: 5000 } }).from, 5000);
  assert.equal(opened({ iterations: 3 }).from, 720);
});
