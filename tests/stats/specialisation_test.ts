import assert from "node:assert/strict";
import { countChoices, shiftTest, specialisation } from "../../src/stats/specialisation.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { uniforms } from "../golden_data.ts";

// Golden values: numpy and scipy.stats.chi2_contingency.
Deno.test("specialisation() matches scipy", () => {
  const found = specialisation([[30, 5, 5], [4, 28, 8], [6, 7, 27]]);
  assertClose(found.information, 0.3011683335366903, 1e-14);
  assertClose(found.regimeTold, 0.2741352310029304, 1e-14);
  assertClose(found.agentTold, 0.2741352310029304, 1e-14);
  assertAllClose(found.perAgent, [0.33040805446422084, 0.27015330083790245, 0.22184433770666812], 1e-14);
  assertClose(found.chiSquare, 77.1, 1e-12);
  assertClose(found.cramersV, 0.5667892024377317, 1e-14);
  assertClose(found.bias, 0.016666666666666666, 1e-16);
});

Deno.test("specialisation() at its limits", () => {
  const whole = specialisation([[10, 0], [0, 10], [0, 0]]);
  assertClose(whole.information, Math.LN2, 1e-15);
  assertClose(whole.cramersV, 1, 1e-15);
  assert.deepEqual(whole.perAgent, [1, 1, NaN]);
  assertClose(whole.bias, 1 / 40, 1e-16); // the agent never chosen does not count
  const none = specialisation([[10, 20], [5, 10]]);
  assertClose(none.information, 0, 1e-15);
  const single = specialisation([[7, 0]]);
  assert.deepEqual([single.information, single.regimeTold, single.cramersV], [0, 0, 0]);
});

Deno.test("countChoices() counts and names a label out of range", () => {
  assert.deepEqual(countChoices([0, 1, 1], [1, 0, 1], 2, 2), [Float64Array.of(0, 1), Float64Array.of(1, 1)]);
  assert.throws(() => countChoices([0, 2], [0, 0], 2, 2), /current value at 1 is 2 and 0/);
});

Deno.test("shiftTest() sees agents that follow the regime, not agents with spells of their own", () => {
  const uniform = uniforms(14);
  const spells = (stay: number) => {
    const out = new Int32Array(1500);
    for (let i = 1; i < out.length; i++) out[i] = uniform() < stay ? out[i - 1]! : Math.floor(uniform() * 3);
    return out;
  };
  const regimes = spells(0.97);
  const followers = regimes.map((regime) => (uniform() < 0.5 ? regime : Math.floor(uniform() * 3)));
  const size = { agents: 3, regimes: 3 };
  assertClose(shiftTest(followers, regimes, size, 60, 200, uniforms(1)).p, 1 / 201, 1e-15);
  const strangers = Array.from(
    { length: 40 },
    (_, k) => shiftTest(spells(0.97), regimes, size, 60, 99, uniforms(k)).p,
  );
  const rejected = strangers.filter((p) => p <= 0.05).length;
  assert.ok(rejected <= 6, `${rejected} of 40 rejected`); // a chi-square test would reject most of them
});

Deno.test("shiftTest() keeps every shift at least minShift bars from the labels as they are", () => {
  const uniform = uniforms(15);
  const labels = Int32Array.from({ length: 40 }, () => Math.floor(uniform() * 3));
  const { p } = shiftTest(labels, labels, { agents: 3, regimes: 3 }, 10, 400, uniforms(1));
  assertClose(p, 1 / 401, 1e-15); // a shift by 0 would find the full information again
});
