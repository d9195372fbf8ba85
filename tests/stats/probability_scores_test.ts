import assert from "node:assert/strict";
import { auc, brierScore, brierSkill, logLoss } from "../../src/stats/probability_scores.ts";
import { midRanks } from "../../src/stats/ranks.ts";
import { assertClose } from "../close_to.ts";
import { c12 } from "../golden_data.ts";

const { probabilities, outcomes } = c12;

// Golden values: scikit-learn on C12.
Deno.test("probability scores match scikit-learn", () => {
  assertClose(brierScore(probabilities, outcomes), 0.15649166666666667, 1e-15);
  assertClose(brierSkill(probabilities, outcomes)!, 0.35614857142857137, 1e-14);
  assertClose(logLoss(probabilities, outcomes), 0.46846541597033453, 1e-14);
  assertClose(auc(probabilities, outcomes)!, 0.8571428571428571, 1e-15);
});

Deno.test("scores at their limits", () => {
  assert.equal(logLoss([1, 0], [1, 0]), 0);
  assert.equal(logLoss([1], [0]), Infinity);
  assert.equal(auc([0.5, 0.5, 0.5], [0, 1, 0]), 0.5); // ties count half
  assert.equal(auc([0.1, 0.2], [1, 1]), null);
  assert.deepEqual([...midRanks([3, 1, 3, 2])], [3.5, 1, 3.5, 2]);
});
