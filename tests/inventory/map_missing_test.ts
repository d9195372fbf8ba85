/** Maps of probabilities where bars are missing: what is not known moves no map and stays unknown. */
import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import { isotonic } from "popagent/inventory/researcher/probabilities/isotonic.ts";
import { platt } from "popagent/inventory/researcher/probabilities/platt.ts";
import type { ProbabilityInput } from "popagent/inventory/researcher/probabilities/probability.ts";
import { temperature } from "popagent/inventory/researcher/probabilities/temperature.ts";

const ROWS = 2000, random = rng("maps and missing bars");
const said = Float64Array.from({ length: ROWS }, () => 0.3 + 0.4 * random.uniform());
const rose = said.map((p) => random.uniform() < 0.5 + 0.5 * (p - 0.5) ? 1 : 0);
const unknown = new Float64Array(ROWS).fill(NaN);
const input = (coins: readonly [Float64Array, Float64Array][]): ProbabilityInput => ({
  horizon: 1,
  firstRow: 0,
  said: coins.map(([one]) => one),
  rose: coins.map(([, one]) => one),
});

for (const [name, method] of Object.entries({ temperature, platt, isotonic })) {
  Deno.test(`${name}: a coin whose bars are missing, or whose outcomes are, changes nothing for the others`, () => {
    const [alone] = method.run(input([[said, rose]]), method.start);
    assert.notDeepEqual(alone, said, "the map moves something");
    for (const missing of [[unknown, rose], [unknown, unknown]] as [Float64Array, Float64Array][]) {
      const [beside, nothing] = method.run(input([[said, rose], missing]), method.start);
      assert.deepEqual(beside, alone);
      assert.ok(nothing!.every(Number.isNaN));
    }
    const [unmatured] = method.run(input([[said, rose], [said, unknown]]), method.start);
    assert.deepEqual(unmatured, alone);
  });
}
