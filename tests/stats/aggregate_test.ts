import assert from "node:assert/strict";
import {
  improvementProbability,
  interquartileMean,
  optimalityGap,
  profileAt,
  stratifiedInterval,
} from "../../src/stats/aggregate.ts";
import { assertClose } from "../close_to.ts";
import { uniforms } from "../golden_data.ts";

const x = [[1, .4, .9, .2, .7], [1.2, .5, .7, .1, .9], [.8, .6, 1.1, .3, .6]];
const y = [[.9, .3, .9, .25, .5], [1, .45, .6, .15, .8], [.85, .5, .8, .2, .7]];

// Golden values: rliable's formulas with scipy.stats.trim_mean.
Deno.test("aggregates match rliable", () => {
  assertClose(interquartileMean(x), 0.6777777777777778, 1e-15);
  assertClose(interquartileMean(y), 0.6111111111111112, 1e-15);
  assertClose(optimalityGap(x, 1), 0.3533333333333333, 1e-15);
  assertClose(improvementProbability(x, y), 0.6333333333333334, 1e-15);
  assertClose(profileAt(x, 0.5), 0.6666666666666666, 1e-15);
});

Deno.test("aggregates refuse a ragged table", () => {
  assert.throws(() => interquartileMean([[1, 2], [1]]), /same length: current value is 1 and 2/);
  assert.throws(() => improvementProbability(x, [[1, 2]]), /same length/);
});

Deno.test("stratifiedInterval() holds the value and has no width when runs agree", () => {
  const { lower, upper } = stratifiedInterval(x, interquartileMean, 2000, 0.95, uniforms(2));
  assert.ok(lower < 0.6778 && upper > 0.6778 && upper - lower < 0.2, `${lower} ${upper}`);
  const same = [x[0]!, x[0]!, x[0]!];
  const point = stratifiedInterval(same, interquartileMean, 50, 0.95, uniforms(2)); // tasks differ, runs do not
  assertClose(point.lower, interquartileMean(same), 1e-15);
  assertClose(point.upper, interquartileMean(same), 1e-15);
});
