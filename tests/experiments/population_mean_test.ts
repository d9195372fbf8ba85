import assert from "node:assert/strict";
import type { IterationEvent } from "popagent/events/iteration.ts";
import { meanInSample, placeSharpes, populationMean } from "popagent/experiments/population_mean.ts";
import { assertAllClose, assertClose } from "../close_to.ts";

// By hand: of 6 rows the last third are two, .01 and .03: mean .02, sd (n - 1) .02 / sqrt 2, ratio sqrt 2; a place
// that lies flat has 0, whatever it earned before.
const SIX = [Float64Array.of(-.5, .4, -.3, .2, .01, .03), Float64Array.of(.5, .5, .5, .5, 0, 0)];

Deno.test("the population mean is the mean over places of the annual Sharpe ratio of the last third, by hand", () => {
  assertAllClose(placeSharpes(SIX), [Math.sqrt(2 * 2190), 0], 1e-12);
  assertClose(populationMean(SIX), Math.sqrt(2 * 2190) / 2, 1e-12);
});

Deno.test("rows before the last third do not count; 7 rows have a last third of 3", () => {
  const seven = (first: number) => [Float64Array.of(first, first, -first, .9, .01, -.02, .03)];
  assert.equal(populationMean(seven(.1)), populationMean(seven(.7)));
  // mean .02 / 3, squares around it (1 + 64 + 49) / 9 e-4, over 2
  assertClose(populationMean(seven(.1)), .02 / 3 / Math.sqrt(114e-4 / 18) * Math.sqrt(2190), 1e-12);
});

Deno.test("it is a mean of ratios, not the ratio of a mean: one lucky place weighs as much as any", () => {
  const wild = Float64Array.of(0, 0, 0, 0, .1, .3), mild = Float64Array.of(0, 0, 0, 0, -.001, -.003);
  assertClose(populationMean([wild, mild]), 0, 1e-9);
});

Deno.test("the mean in sample is that of the scores of the last third of iterations", () => {
  const events = [9, 9, 9, 9, 1, 2].map((meanScore) => ({ meanScore }) as IterationEvent);
  assert.equal(meanInSample(events), 1.5);
  assert.equal(meanInSample([]), null);
});
