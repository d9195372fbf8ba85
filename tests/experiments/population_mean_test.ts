import assert from "node:assert/strict";
import type { IterationEvent } from "popagent/events/iteration.ts";
import { meanInSample, placeSharpes, populationMean } from "popagent/experiments/population_mean.ts";
import { rng } from "popagent/core/rng.ts";
import { joinPlaces } from "popagent/population/places.ts";
import { mean } from "popagent/stats/moments.ts";
import { pairedTest } from "popagent/stats/paired.ts";
import { annualSharpe } from "popagent/stats/sharpe.ts";
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

/**
 * A market of pure noise, and 25 places that are a noise series each. At every decision each place meets a mutant,
 * another series, and becomes it if that did better on the rows so far: selection and nothing else.
 *
 * @param foresight Rows after t_k that the choice is allowed to see.
 */
function noiseRun(marketSeed: number, learns: boolean, foresight: number) {
  const { normal } = rng("noise market", marketSeed);
  const WINDOWS = 24, FIRST = 72, STEP = 36, ROWS = FIRST + WINDOWS * STEP;
  const series = () => Float64Array.from({ length: ROWS }, () => .01 * normal());
  let places = Array.from({ length: 25 }, series);
  const stretches: Float64Array[][] = [], scores: number[] = [];
  for (let t = FIRST; t < ROWS; t += STEP) {
    const past = (returns: Float64Array) => annualSharpe(returns.subarray(0, t + foresight));
    const mutants = places.map(series);
    if (learns) places = places.map((own, i) => past(mutants[i]!) > past(own) ? mutants[i]! : own);
    scores.push(mean(places.map((returns) => annualSharpe(returns.subarray(0, t)))));
    stretches.push(places.map((returns) => returns.slice(t, t + STEP)));
  }
  const events = scores.map((meanScore) => ({ meanScore }) as IterationEvent);
  return { outOfSample: populationMean(joinPlaces(stretches)), inSample: meanInSample(events)! };
}

Deno.test("on noise, selection lifts the mean in sample by 10 SE and the population mean not at all", () => {
  const none = Array.from({ length: 12 }, (_, seed) => noiseRun(seed, false, 0));
  const learningMinusNone = (foresight: number) => {
    const learning = none.map((_, seed) => noiseRun(seed, true, foresight));
    return (measure: "outOfSample" | "inSample") =>
      pairedTest(learning.map((market, i) => market[measure] - none[i]![measure]));
  };
  const honest = learningMinusNone(0);
  const inside = honest("inSample"), outside = honest("outOfSample");
  assert.ok(inside.mean > 1 && inside.mean > 10 * inside.se, `in sample ${inside.mean} (${inside.se})`);
  assert.ok(Math.abs(outside.mean) < 2 * outside.se, `out of sample ${outside.mean} (${outside.se})`);
  // The planted fault: genomes that were chosen with a look at the very rows that they are measured on.
  const cheat = learningMinusNone(36)("outOfSample");
  assert.ok(cheat.mean > 2 * cheat.se, `a look ahead is caught: ${cheat.mean} (${cheat.se})`);
});
