/** Golden values of the pieces that forecasting methods are made of. */
import assert from "node:assert/strict";
import {
  createPosterior,
  type Posterior,
  predictiveScales,
  updatePosterior,
} from "popagent/inventory/researcher/models/posterior.ts";
import { createRollingSample } from "popagent/inventory/researcher/distribution/rolling_sample.ts";
import { createArmaFit, fitArma } from "popagent/inventory/researcher/models/arma.ts";
import { hedge } from "popagent/inventory/researcher/models/hedge.ts";
import { standardisedLabels, standardisedReturns } from "popagent/inventory/researcher/labels.ts";
import {
  type Moments,
  ridgePenalty,
  solveRidge,
  walkMoments,
} from "popagent/inventory/researcher/models/moments.ts";
import { normalProbability } from "popagent/inventory/researcher/distribution/normal_probability.ts";
import { normalShape, probabilityAbove } from "popagent/inventory/researcher/distribution/shape.ts";
import { levelWeights } from "popagent/inventory/researcher/forecasting/quantile_regression.ts";
import {
  addQuantileRow,
  createQuantileFits,
  stepQuantiles,
} from "popagent/inventory/researcher/models/recursive_quantile.ts";
import { kernelsOf } from "popagent/inventory/researcher/models/kernels.ts";
import { floorPredictions } from "popagent/inventory/researcher/models/floor.ts";
import type { ForecastTask } from "popagent/inventory/researcher/task.ts";
import { normalCdf } from "popagent/stats/normal.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { autoregression, normals } from "../golden_data.ts";
import { simulate } from "./forecast_task.ts";

/** DS8 of protocol 3.0: y = .5 + x1 - .7 x2 + (1 + .5 |x1|) e, n = 60. */
function ds8() {
  const x1 = normals(21, 60), x2 = normals(22, 60), e = normals(23, 60);
  const x = new Float64Array(120), y = new Float64Array(60);
  for (let i = 0; i < 60; i++) {
    x.set([x1[i]!, x2[i]!], 2 * i);
    y[i] = 0.5 + x1[i]! - 0.7 * x2[i]! + (1 + 0.5 * Math.abs(x1[i]!)) * e[i]!;
  }
  return { x, y };
}

/** Moments of DS8 under a forgetting factor. One row more is in the task, so that the label of row 59 is known. */
function ds8Moments(decay: number): Moments {
  const { x, y } = ds8(), design = new Float64Array(122);
  design.set(x);
  const base = simulate({ rows: 61, width: 2, coins: 1, task: { horizons: [1, 1, 1] } });
  const task: ForecastTask = { ...base, design: [design] };
  const labels = [0, 1, 2].map(() => [Float64Array.of(...y, NaN)]);
  let found: Moments | null = null;
  const walk = { coins: [0], horizons: [1, 1, 1], labels, decays: [decay], every: 1 };
  walkMoments(task, walk, (row, [all]) => {
    const moments = all!;
    if (row === 60) { // at which the label of row 59 is known
      found = {
        ...moments,
        gram: moments.gram.slice(),
        cross: moments.cross.map((b) => b.slice()),
        squares: moments.squares.slice(),
        matured: moments.matured.slice(),
      };
    }
  });
  assert.ok(found);
  return found;
}

// golden.json "ridge_lam2_nopen_intercept" (scikit-learn)
Deno.test("ridge: DS8 with penalty 2 on the slopes", () => {
  const b = new Float64Array(3);
  assert.ok(solveRidge(ds8Moments(1), 0, Float64Array.of(0, 2, 2), null, b, new Float64Array(9)));
  assertAllClose(b, [0.6115282782184072, 0.905121408970171, -0.7202184294222883], 1e-12);
});

// golden.json "rls", lambda .98, P0 = 100 I: the information form carries the prior as lambda^n / P0
Deno.test("recursive least squares: DS8 with forgetting .98", () => {
  const moments = ds8Moments(0.98), b = new Float64Array(3), { weight } = moments;
  const penalty = new Float64Array(3).fill(0.98 ** 60 / 100);
  assert.ok(solveRidge(moments, 0, penalty, null, b, new Float64Array(9)));
  assertAllClose(b, [0.5604985340376086, 0.9525510341419152, -0.7398703208612246], 1e-12);
  assertClose(weight, (1 - 0.98 ** 60) / 0.02, 1e-12);
});

Deno.test("ridgePenalty() multiplies an isolated unit-variance coefficient by 1 - shrinkage", () => {
  const b = new Float64Array(1);
  for (const shrinkage of [0, 0.3, 0.9]) {
    const moments: Moments = {
      size: 1,
      gram: Float64Array.of(50),
      cross: [Float64Array.of(10)],
      squares: Float64Array.of(50),
      weight: 50,
      matured: Float64Array.of(50),
    };
    solveRidge(moments, 0, Float64Array.of(ridgePenalty(50, shrinkage)), null, b, new Float64Array(1));
    assertClose(b[0]!, 0.2 * (1 - shrinkage), 1e-6);
  }
});

// By hand from the golden ridge: around coefficients b the sum of squares is the same, so without a penalty the same
// coefficients come out wherever one starts.
Deno.test("solveRidge() around given coefficients finds what is left to the least squares ones", () => {
  const moments = ds8Moments(1),
    none = new Float64Array(3),
    plain = new Float64Array(3),
    left = new Float64Array(3);
  const prior = Float64Array.of(0.3, -1, 2), work = new Float64Array(9);
  assert.ok(
    solveRidge(moments, 0, none, null, plain, work) && solveRidge(moments, 0, none, prior, left, work),
  );
  assertAllClose(left.map((value, i) => value + prior[i]!), plain, 1e-12);
});

Deno.test("the moments of a walk are those of all rows summed at once, for every horizon and block", () => {
  const task = simulate({ rows: 200, width: 2, coins: 3, task: { firstRow: 5 } }), { design } = task;
  const { clipped: labels } = standardisedLabels(task), decay = 0.99;
  const walk = { coins: [0, 2], horizons: task.horizons, labels, decays: [1, decay], every: 42 };
  walkMoments(task, walk, (row, [plain, faded]) => {
    const z = (c: number, s: number) => [1, design[c]![2 * s]!, design[c]![2 * s + 1]!];
    const faint = (s: number, lag: number) => decay ** (42 * Math.floor((row - (s + lag) + 1e-9) / 42));
    task.horizons.forEach((h, j) => {
      const cross = [0, 0, 0], fading = [0, 0, 0];
      for (const c of [0, 2]) {
        for (let s = 0; s <= row - h; s++) {
          z(c, s).forEach((value, i) => {
            cross[i]! += value * labels[j]![c]![s]!;
            fading[i]! += faint(s, h) * value * labels[j]![c]![s]!;
          });
        }
      }
      assertAllClose(plain!.cross[j]!, cross, 1e-9);
      assertAllClose(faded!.cross[j]!, fading, 1e-9);
      assert.equal(plain!.matured[j], 2 * Math.max(0, row - h + 1));
    });
    let corner = 0;
    for (const c of [0, 2]) for (let s = 0; s <= row - 1; s++) corner += z(c, s)[2]! * z(c, s)[1]!;
    assertClose(plain!.gram[7]!, corner, 1e-9);
  });
});

Deno.test("the floor uses the label of row s from row s + h on, and first at a refit", () => {
  const task = simulate({ rows: 340 }), labels = standardisedLabels(task);
  const base = floorPredictions(task, labels);
  for (const [j, h] of task.horizons.entries()) {
    for (const matured of [252, 253]) { // 252 is a refit row; what matures a row later waits for the next
      const changed = labels.clipped.map((coins) => coins.map((values) => values.slice()));
      changed[j]![0]![matured - h]! += 1;
      const other = floorPredictions(task, { ...labels, clipped: changed });
      assert.equal(
        base[j]![1]!.findIndex((value, t) => value !== other[j]![1]![t]),
        matured === 252 ? 252 : 294,
      );
    }
  }
});

/** Scale of the predictive distribution at (.5, -1). */
function scaleOf(posterior: Posterior, overlap: number): number {
  const out = new Float64Array(1);
  predictiveScales(posterior, [Float64Array.of(0.5, -1)], 0, overlap, out);
  return out[0]! * Math.sqrt(posterior.rate / posterior.shape);
}

/** A prior around 0. */
const AROUND_ZERO = { mean: new Float64Array(3), precision: 0.1 };

// golden.json "blr": V0 = 10 I, m0 = 0, a0 = 2, b0 = 1
Deno.test("Bayesian regression: posterior and predictive of DS8", () => {
  const posterior = createPosterior(3);
  assert.ok(updatePosterior(ds8Moments(1), 0, AROUND_ZERO, 2, 1, 1, posterior));
  assertAllClose(posterior.mean, [0.6106599898280385, 0.9302451964785747, -0.7333533060946053], 1e-12);
  assert.equal(posterior.shape, 32);
  assertClose(posterior.rate, 43.85341997127517, 1e-10);
  const location = posterior.mean[0]! + 0.5 * posterior.mean[1]! - posterior.mean[2]!;
  const scale = scaleOf(posterior, 1);
  assertClose(location, 1.809135894161931, 1e-12);
  assertClose(scale, 1.189165117964853, 1e-12);
});

// By hand: h = 4 overlapping labels carry the information of a quarter as many; the mean stays.
Deno.test("Bayesian regression: overlap tempers the evidence and leaves the mean", () => {
  const one = createPosterior(3), four = createPosterior(3);
  updatePosterior(ds8Moments(1), 0, AROUND_ZERO, 2, 1, 1, one);
  updatePosterior(ds8Moments(1), 0, AROUND_ZERO, 2, 1, 4, four);
  assert.deepEqual(four.mean, one.mean);
  assertClose(four.shape - 2, (one.shape - 2) / 4, 1e-12);
  assertClose(four.rate - 1, (one.rate - 1) / 4, 1e-12);
  // x'Vx from the scale: (scale^2 a / b - 1) is four times as large
  const spread = (posterior: typeof one, overlap: number) =>
    scaleOf(posterior, overlap) ** 2 *
      posterior.shape / posterior.rate - 1;
  assertClose(spread(four, 4), 4 * spread(one, 1), 1e-12);
});

// golden.json "r_reference.rq" (quantreg 5.94): coefficients and objective
const RQ: readonly (readonly [number, readonly number[], number])[] = [
  [0.1, [-1.196142225, 1.2645348239, -0.3474464723], 13.06176231],
  [0.5, [0.6312979868, 0.9280618053, -0.6178778275], 27.50662535],
  [0.9, [2.2752261126, 1.036923376, -0.9609782429], 12.12959347],
];
Deno.test("quantile regression: shown DS8 again and again it settles at the optimum of .1, .5 and .9", () => {
  const { x, y } = ds8(), kernels = kernelsOf(3), fits = createQuantileFits(RQ.map(([level]) => level), 3);
  const coefficients = fits.map((fit) => fit.coefficients),
    said = new Float64Array(3),
    factor = new Float64Array(9);
  const { gram } = ds8Moments(1);
  for (let pass = 1; pass <= 4000; pass++) {
    for (let i = 0; i < 60; i++) addQuantileRow(fits, coefficients, x, 2 * i, y[i]!, said, kernels);
    assert.ok(kernels.factor(gram.map((value) => pass * value), new Float64Array(3), factor));
    stepQuantiles(fits, factor, 0, 1, kernels);
  }
  RQ.forEach(([level, expected, objective], k) => {
    let loss = 0;
    for (let i = 0; i < 60; i++) {
      const [a, b, c] = coefficients[k]!, r = y[i]! - a! - b! * x[2 * i]! - c! * x[2 * i + 1]!;
      loss += Math.max(level * r, (level - 1) * r);
    }
    assertClose(loss, objective, 3e-3 * objective, `objective at ${level}`);
    assert.equal(expected.length, coefficients[k]!.length); // the sum is flat around its optimum: the loss tells
  });
});

Deno.test("quantile regression: a ridge holds the slopes, and what the past gives way by is made good", () => {
  const kernels = kernelsOf(2), [fit] = createQuantileFits([0.5], 2), factor = Float64Array.of(2, 0, 0, 2);
  fit!.coefficients.set([0, 0.5]);
  fit!.penalty = 4;
  stepQuantiles([fit!], factor, 4, 0.75, kernels); // nothing new: the pull rises from .75 x 4 to 4 times .5, over 4
  assertAllClose(fit!.coefficients, [0, 0.5 - 0.5 / 4], 1e-12);
});

// golden.json "r_reference": arima100_CSS sigma2, and ar1_ols, its exact optimum (c .008019453769, phi .510396581066);
// the mean that R's arima reports, .0163837, is 4e-6 short of it.
Deno.test("ARMA: DS4 as an AR(1) by conditional sum of squares", () => {
  const fit = createArmaFit(200);
  fitArma(autoregression(), 0, 199, Float64Array.of(0, 0, 1e12), 50, fit); // no moving average
  assertAllClose(fit.values, [0.008019453769 / (1 - 0.510396581066), 0.510396581066, 0], 1e-8);
  assertClose(fit.values[0]!, 0.01638367587, 1e-5);
  assertClose(fit.loss / 199, 0.8914399182, 1e-8);
});

// tests/oracles/arma_forecast.py (scipy least_squares on the same sum)
Deno.test("ARMA: DS4 as an ARMA(1,1)", () => {
  const fit = createArmaFit(200);
  fitArma(autoregression(), 0, 199, new Float64Array(3), 50, fit);
  assertAllClose(fit.values, [0.0163900493, 0.510272892, 0.00018157614], 1e-5);
  assertClose(fit.loss, 177.39654229419344, 1e-6);
});

// By hand: returns 10 %, -10 %, 20 %; sd 5 %, 4 %. Over 2 rows 1.1 * .9 - 1 = -1 %.
Deno.test("standardisedLabels() and standardisedReturns() match the worked example", () => {
  const base = simulate({ rows: 4, width: 0, coins: 1, task: { horizons: [1, 2, 3] } });
  const task = {
    ...base,
    returns: [Float64Array.of(0, 0.1, -0.1, 0.2)],
    sd: [Float64Array.of(0.05, 0.04, 0.04, 0.01)],
  };
  const { raw, clipped } = standardisedLabels(task);
  assertAllClose(raw[0]![0]!.subarray(0, 3), [2, -2.5, 5], 1e-12);
  assertAllClose(
    raw[1]![0]!.subarray(0, 2),
    [-0.01 / (0.05 * Math.SQRT2), 0.08 / (0.04 * Math.SQRT2)],
    1e-12,
  );
  assertAllClose(raw[2]![0]!.subarray(0, 1), [0.188 / (0.05 * Math.sqrt(3))], 1e-12);
  assert.ok(
    [raw[0]![0]![3]!, raw[1]![0]![2]!, raw[2]![0]![1]!].every(Number.isNaN),
    "unknown labels are NaN",
  );
  assertAllClose(standardisedReturns(task)[0]!, [0, 2, -2.5, 5], 1e-12);
  const jump = standardisedLabels({ ...task, returns: [Float64Array.of(0, 0.9, 0, 0)] });
  assertClose(jump.raw[0]![0]![0]!, 18, 1e-12);
  assert.equal(jump.clipped[0]![0]![0], 5);
  assert.ok(clipped[0]![0]!.subarray(0, 3).every(Number.isFinite));
});

// By hand: two members, h = 1, one coin, no discount to speak of. Labels 1, 1; member 0 says 1, member 1 says 0.
Deno.test("hedge() weighs by matured losses", () => {
  const base = simulate({ rows: 4, width: 0, coins: 1, task: { horizons: [1, 2, 3] } });
  const labels = [1, 2, 3].map(() => [Float64Array.of(1, 1, 1, NaN)]);
  const says = (value: number) => [1, 2, 3].map(() => [new Float64Array(4).fill(value)]);
  const { mean, variance, weights } = hedge(
    base,
    [says(1), says(0)],
    { raw: labels, clipped: labels },
    2,
    1e12,
  );
  const share = (loss: number) => 1 / (1 + Math.exp(-2 * loss));
  assertAllClose(mean[0]![0]!, [0.5, share(0.5), share(1), share(1.5)], 1e-9);
  assertAllClose(mean[1]![0]!, [0.5, 0.5, share(0.25), share(0.5)], 1e-9); // labels of two rows count half, a row later
  assertClose(variance[0]![0]![1]!, share(0.5) * (1 - share(0.5)), 1e-9);
  assertClose(weights[0]![2]! + weights[0]![3]!, 1, 1e-12);
});

Deno.test("createRollingSample() equals sorting the window afresh", () => {
  const values = normals(5, 200).map((z) => Math.abs(Math.round(8 * z) / 8)),
    sample = createRollingSample(40); // with ties
  for (let i = 0; i < 200; i++) {
    sample.push(values[i]!);
    const window = values.slice(Math.max(0, i - 39), i + 1).sort(), n = window.length;
    assert.equal(sample.size(), n);
    assertClose(
      sample.quantile((n + 1) / 2 / (n + 1)),
      n % 2 ? window[(n - 1) / 2]! : (window[n / 2 - 1]! + window[n / 2]!) / 2,
      1e-12,
    );
    assert.equal(sample.quantile(1), window[n - 1]);
    assertClose(sample.meanSquare(), window.reduce((sum, x) => sum + x * x, 0) / n, 1e-12);
  }
  const distinct = createRollingSample(9);
  for (const x of [3, 1, 2, 5, 4, 9, 8, 7, 6]) distinct.push(x);
  assert.deepEqual([0.05, 0.1, 0.55, 0.9, 0.95].map((p) => distinct.quantile(p)), [0.5, 1, 5.5, 9, 9]); // of 10 parts
});

Deno.test("fast probabilities agree with the exact ones", () => {
  for (let x = -8; x <= 8; x += 0.125) {
    assertClose(normalProbability(x), normalCdf(x), 1e-14);
  }
  assert.deepEqual([normalProbability(-40), normalProbability(40)], [0, 1]);
});

Deno.test("probabilityAbove() is exact for a normal shape and never leaves [0, 1]", () => {
  const shape = normalShape(2);
  for (const centre of [-9, -4, -1, -0.2, 0, 0.01, 0.3, 1.7, 6]) {
    assertClose(probabilityAbove(shape, 1, centre), normalCdf(centre), 1e-9);
  }
  shape.halfWidths.fill(0);
  for (const centre of [-1, 0, 1]) assert.ok(probabilityAbove(shape, 0, centre) >= 0);
});

Deno.test("levelWeights() gives each level its nearest share", () => {
  assertAllClose(levelWeights([0.1, 0.5, 0.9]), [0.3, 0.4, 0.3], 1e-12);
  assertAllClose(levelWeights([0.5]), [1], 1e-12);
});
