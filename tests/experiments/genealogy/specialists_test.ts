import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import {
  interactionOf,
  interactionTest,
  splitHalf,
} from "popagent/experiments/genealogy/regime_interaction.ts";
import { specialists } from "popagent/experiments/genealogy/specialists.ts";
import { marketRegimes } from "popagent/market/regimes.ts";
import { panel } from "../../population/small_run.ts";
import { storedRun } from "./genealogy_run.ts";

const random = rng("specialists test", 1);
const ROWS = 1200;
/** Two regimes in spells of 1 to 99 bars. */
const labels = (() => {
  const out = new Int32Array(ROWS);
  for (let t = 0, one = 0; t < ROWS; one = 1 - one) {
    const end = Math.min(ROWS, t + 1 + random.int(99));
    out.fill(one, t, end);
    t = end;
  }
  return out;
})();
const half = Int8Array.from(labels, (_, t) => Math.floor(t / 36) % 2);
const noise = () => Float64Array.from(labels, () => 0.01 * random.normal());
const planted = [0, 1].map((agent) => noise().map((value, t) => value + (labels[t] === agent ? 0.003 : 0)));

Deno.test("interactionOf(): means by hand, less the role's in the regime, less the agent's over regimes", () => {
  const { advantage, interaction } = interactionOf(
    [Float64Array.of(4, 4, 1), Float64Array.of(2, 0, 3)],
    [0, 0, 1],
    2,
  );
  assert.deepEqual(advantage, [[1.5, -1], [-1.5, 1]]); // means 4 and 1, 1 and 3; the role's 2.5 and 2
  assert.deepEqual(interaction, [[1.25, -1.25], [-1.25, 1.25]]);
});

Deno.test("planted specialists are found and repeat; agents that are merely better everywhere are none", () => {
  const p = (returns: Float64Array[]) => interactionTest(returns, labels, 2, 60, 99, rng("shift", 1).uniform);
  assert.ok(p(planted) <= 0.02);
  assert.ok(splitHalf(planted, labels, 2, half)! > 0.9);
  const better = [noise().map((value) => value + 0.01), noise()];
  assert.ok(p(better) > 0.05);
  assert.equal(splitHalf([new Float64Array(ROWS), new Float64Array(ROWS)], labels, 2, half), null);
});

Deno.test("specialists() parts a stored run by what was known when each bar opened", async () => {
  const run = await storedRun();
  const regimes = marketRegimes(panel), { from, to } = run.result.reported;
  const found = specialists(run as unknown as Parameters<typeof specialists>[0], regimes);
  const bars = [0, 0, 0];
  for (let t = from; t <= to; t++) bars[regimes.trend[t - 1]!]! += 1;
  assert.deepEqual(found.bars, bars);
  for (const { advantage, p, variants } of found.roles) {
    assert.equal(variants.length, 3);
    advantage[0]!.forEach((_, regime) => {
      assert.ok(Math.abs(advantage.reduce((sum, own) => sum + own[regime]!, 0)) < 1e-12);
    });
    assert.ok(p > 0 && p <= 1);
  }
  assert.throws(() => specialists({ ...run, tables: {} }, regimes), /must have a table of agents/);
});
