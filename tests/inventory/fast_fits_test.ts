/** Fits that take a short way, each against the obvious one: slow, written from the definition, sharing no code with it. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { rng } from "popagent/core/rng.ts";
import { selectionDraws } from "popagent/inventory/selection/draws.ts";
import { armaSample, concentratedLikelihood } from "popagent/inventory/models/arma_likelihood.ts";
import { garchLogLikelihood } from "popagent/inventory/models/garch.ts";
import { lineMinimum } from "popagent/inventory/models/line_search.ts";
import { checkLoss, linearQuantile } from "popagent/inventory/models/linear_quantile.ts";
import { fitTemperature, logit, logLoss } from "popagent/inventory/models/probability_maps.ts";
import { quantileByEdges } from "popagent/inventory/models/quantile_edges.ts";
import { smoothTrend } from "popagent/inventory/models/exponential_smoothing.ts";
import { bestTrend } from "popagent/inventory/models/smoothing_grid.ts";
import { growRegressionForest, predictForest } from "popagent/inventory/models/regression_forest.ts";
import { standardisedLabels } from "popagent/inventory/researcher/labels.ts";
import { floorOf, floorPredictions } from "popagent/inventory/researcher/models/floor.ts";
import { isotonic } from "popagent/inventory/researcher/probabilities/isotonic.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { conditionalVolatility, normals } from "../golden_data.ts";
import { simulate } from "./forecast_task.ts";

/** ln of the normal density of n under the covariance matrix of an ARMA(1,1) with unit innovations, by elimination. */
function densityOf(n: number[], phi: number, theta: number, variance: number): number {
  const covariance = n.map((_, i) =>
    n.map((_, k) => {
      const lag = Math.abs(i - k), whole = (1 + 2 * phi * theta + theta ** 2) / (1 - phi ** 2);
      const next = (1 + phi * theta) * (phi + theta) / (1 - phi ** 2);
      return variance * (lag === 0 ? whole : next * phi ** (lag - 1));
    })
  );
  const right = [...n];
  let logs = 0, squares = 0;
  for (let k = 0; k < n.length; k++) {
    const pivot = covariance[k]![k]!;
    logs += Math.log(pivot);
    squares += right[k]! ** 2 / pivot;
    for (let i = k + 1; i < n.length; i++) {
      const factor = covariance[i]![k]! / pivot;
      right[i]! -= factor * right[k]!;
      for (let j = k; j < n.length; j++) covariance[i]![j]! -= factor * covariance[k]![j]!;
    }
  }
  return -.5 * (n.length * Math.log(2 * Math.PI) + logs + squares);
}

Deno.test("the likelihood of a regression with ARMA errors is the normal density under its covariance matrix", () => {
  const y = normals(3, 40), x = normals(4, 40), ones = new Float64Array(40).fill(1);
  for (const [phi, theta] of [[0, 0], [.5, 0], [0, -.4], [.6, .3], [-.7, .9]] as const) {
    for (const columns of [[y], [y, ones], [y, ones, x]]) {
      const { coefficients: b, variance, logLikelihood } = concentratedLikelihood(
        armaSample(columns),
        phi,
        theta,
      )!;
      const at = (moved: readonly number[], scale = 1) =>
        densityOf(
          [...y].map((value, t) => value - moved.reduce((sum, c, i) => sum + c * columns[i + 1]![t]!, 0)),
          phi,
          theta,
          scale * variance,
        );
      assertClose(logLikelihood, at([...b]), 1e-9);
      for (const step of [-1e-3, 1e-3]) { // the best of all coefficients and variances
        assert.ok(at([...b], 1 + step) < logLikelihood);
        b.forEach((_, i) => assert.ok(at([...b].map((c, k) => k === i ? c + step : c)) < logLikelihood));
      }
    }
  }
  assert.equal(concentratedLikelihood(armaSample([y, x, x]), 0, 0), null);
});

Deno.test("a GARCH likelihood by products is the sum of logarithms, of small, usual and large variances", () => {
  const r = conditionalVolatility();
  for (const scale of [1e-3, 1, 1e6]) {
    for (const nu of [Infinity, 5]) {
      const model = { omega: 2e-6 * scale ** 2, alpha: .1, beta: .85, gamma: 0, nu };
      const returns = r.map((x) => x * scale), first = 100, last = 999;
      let h = returns.slice(first, last + 1).reduce((sum, x) => sum + x * x / 900, 0), expected = 0;
      for (let t = first; t <= last; t++) {
        const square = returns[t]! ** 2;
        expected += nu === Infinity
          ? -.5 * Math.log(2 * Math.PI * h) - square / h / 2
          // sqrt(3) B(1/2, 5/2) is sqrt(3) 3 pi / 8
          : Math.log(8 / (3 * Math.PI * Math.sqrt(3 * h))) - 3 * Math.log1p(square / 3 / h);
        h = model.omega + .1 * square + .85 * h;
      }
      assertClose(garchLogLikelihood(returns, first, last, model), expected, 1e-8);
    }
  }
});

Deno.test("a search along a line ends at the minimum, after half of a simplex's evaluations where it is smooth", () => {
  const curves: [(x: number) => number, number][] = [
    [(x) => (x - 3) ** 2, 3],
    [(x) => Math.cosh(x + 1), -1],
    [(x) => x ** 4 / 4 - x, 1],
    [(x) => Math.abs(x - .05), .05],
  ];
  for (const [f, place] of curves) {
    for (const start of [0, place]) {
      let asked = 0;
      const found = lineMinimum((x) => (asked++, f(x)), start, .2, 1e-6, 40);
      assertClose(found, place, 2e-6);
      assert.ok(asked <= (place === .05 ? 45 : 24), `${asked} evaluations`); // an edge is found by golden sections
    }
  }
});

Deno.test("the temperature found by Newton's method is the one that halving finds", () => {
  for (const [seed, sharp] of [[1, .3], [2, 1], [3, 2.5], [4, .02]] as const) {
    const random = rng("temperature", seed), logits = normals(seed, 400).map((x) => x / 5);
    const outcomes = logits.map((x) => random.uniform() < 1 / (1 + Math.exp(-sharp * x)) ? 1 : 0);
    const slope = (a: number) =>
      logits.reduce((sum, x, i) => sum + (1 / (1 + Math.exp(-a * x)) - outcomes[i]!) * x, 0);
    let low = 0, high = 100;
    for (let k = 0; k < 200; k++) {
      slope((low + high) / 2) < 0 ? low = (low + high) / 2 : high = (low + high) / 2;
    }
    for (const start of [.5, 1, 20]) {
      const found = fitTemperature(logits, outcomes, start);
      if (slope(0) >= 0) assert.equal(found, Infinity);
      else assertClose(found * low, 1, 1e-9);
    }
  }
  const sure = Float64Array.of(-2, -1, 1, 2), right = Float64Array.of(0, 0, 1, 1);
  assert.ok(fitTemperature(sure, right) < .05); // never wrong: as cold as may be
  assert.equal(fitTemperature(sure, right.map((x) => 1 - x)), Infinity);
  assert.ok(logLoss(sure, right, .5) < logLoss(sure, right));
});

Deno.test("a quantile plane found along edges loses no more than the one found from inside, from any start", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const n = 150 + seed, x = normals(seed, n), state = normals(seed + 50, n), e = normals(seed + 99, n);
    const columns = [new Float64Array(n).fill(1), x, state].slice(0, 1 + seed % 3);
    const y = e.map((value, t) => value * Math.exp(.3 * state[t]!) + .2 * x[t]!);
    const rows = new Float64Array(n * columns.length).map((_, at) =>
      columns[at % columns.length]![Math.floor(at / columns.length)]!
    );
    for (const level of [.1, .5, .8]) {
      const inside = linearQuantile(y, columns, level)!, loss = checkLoss(y, rows, inside, level);
      for (const start of [0, 3]) {
        const b = quantileByEdges(y, columns, level, columns.map(() => start))!;
        assertClose(checkLoss(y, rows, b, level), loss, 1e-9);
        if (columns.length > 1) assertAllClose(b, inside, 1e-6); // of ones alone the best is often a stretch
      }
    }
  }
  const ties = Float64Array.from({ length: 50 }, (_, t) => t % 3); // more rows on the plane than it has coefficients
  assert.equal(quantileByEdges(ties, [new Float64Array(50).fill(1)], .5, [0]), null);
});

/** The mean label of the leaf that a row falls in, of a tree grown by looking at every cut of every feature anew. */
function plainTree(
  x: number[][],
  y: number[],
  cuts: number[][],
  chosen: number[],
  depth: number,
  leaf: number,
): (row: ArrayLike<number>) => number {
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const squares = (values: number[]) => values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0);
  let most = 1e-12, best: { feature: number; cut: number } | null = null;
  for (const feature of depth === 0 ? [] : chosen) {
    for (const cut of cuts[feature]!) {
      const left = y.filter((_, r) => x[r]![feature]! < cut),
        right = y.filter((_, r) => x[r]![feature]! >= cut);
      if (left.length < leaf || right.length < leaf) continue;
      const gain = squares(y) - squares(left) - squares(right);
      if (gain > most + 1e-9) [most, best] = [gain, { feature, cut }];
    }
  }
  if (best === null) return () => mean(y);
  const { feature, cut } = best, goesLeft = x.map((row) => row[feature]! < cut);
  const branch = (side: boolean) =>
    plainTree(
      x.filter((_, r) => goesLeft[r] === side),
      y.filter((_, r) => goesLeft[r] === side),
      cuts,
      chosen,
      depth - 1,
      leaf,
    );
  const left = branch(true), right = branch(false);
  return (row) => row[feature]! < cut ? left(row) : right(row);
}

Deno.test("a forest by weights and differences of histograms is the one grown cut by cut on repeated rows", () => {
  const n = 120, width = 4, x = normals(8, n * width), e = normals(9, n);
  const y = e.map((value, r) => value + 2 * Math.max(0, x[r * width]!) - x[r * width + 2]!);
  const settings = { trees: 3, depth: 3, leaf: 8, features: 3 };
  const forest = growRegressionForest(x, y, settings, rng("forest test"));
  const table = Array.from({ length: n }, (_, r) => [...x.subarray(r * width, (r + 1) * width)]);
  const cuts = Array.from({ length: width }, (_, i) => {
    const sorted = table.map((row) => row[i]!).sort((a, b) => a - b);
    return Array.from({ length: 15 }, (_, k) => sorted[Math.floor((k + 1) * n / 16)]!);
  });
  const random = rng("forest test"),
    plain = Array.from({ length: settings.trees }, () => {
      const drawn = Array.from({ length: n }, () => random.int(n));
      const chosen = random.shuffle([0, 1, 2, 3]).slice(0, settings.features);
      return plainTree(
        drawn.map((r) => table[r]!),
        drawn.map((r) => y[r]!),
        cuts,
        chosen,
        settings.depth,
        settings.leaf,
      );
    });
  const expected = table.map((row) => plain.reduce((sum, tree) => sum + tree(row) / plain.length, 0));
  assertAllClose(predictForest(forest, x, width, 20, n), expected.slice(20), 1e-12);
});

Deno.test("isotonic probabilities never fall, and are the fit of pooled ties, mixed with the prior and fitted again", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(4, 20), fc.constantFrom(0, .5, 1), (seed, steps, skill) => {
      const rows = 420, horizon = 1, random = rng("isotonic", seed);
      const said = [0, 1].map(() =>
        new Float64Array(rows).map(() => .5 + Math.round(steps * (2 * random.uniform() - 1)) / (2 * steps))
      );
      const rose = said.map((series) =>
        series.map((p) => random.uniform() < skill * p + (1 - skill) / 2 ? 1 : 0)
      );
      const moved = isotonic.run({ horizon, firstRow: 0, said, rose }, {}), t = 378; // the last refit
      const share = obviousMap(said, rose, t, horizon);
      const ends = said.flatMap((series, c) =>
        Array.from({ length: rows - t }, (_, i): [number, number] => [series[t + i]!, moved[c]![t + i]!])
      ).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      for (const [i, [p, found]] of ends.entries()) {
        assert.ok(i === 0 || found >= ends[i - 1]![1], `falls at ${p}`);
        assert.ok(Math.abs(found - share(p)) < 1e-12, `${p}: ${found} is not ${share(p)}`);
      }
    }),
    { numRuns: 20 },
  );
  assert.ok(logit(.5) === 0 && logit(.5 + 2e-16) !== 0); // by which even odds are told on the logit scale
});

/** The map at a refit, by least squares over means of means: the largest of the smallest (Barlow et al., 1972). */
function obviousMap(said: Float64Array[], rose: Float64Array[], t: number, horizon: number) {
  const groups = new Map<number, number[]>();
  for (let s = t - horizon, k = 0; s >= 0 && k < 360; s -= horizon, k++) {
    for (const c of said.keys()) {
      const p = said[c]![s]!, sure = Math.abs(p - .5);
      if (p !== .5) groups.set(sure, [...groups.get(sure) ?? [], p > .5 ? rose[c]![s]! : 1 - rose[c]![s]!]);
    }
  }
  const sures = [...groups.keys()].sort((a, b) => a - b), weights = sures.map((x) => groups.get(x)!.length);
  const fit = maxMin(
    sures.map((x) => groups.get(x)!.reduce((a, b) => a + b) / groups.get(x)!.length),
    weights,
  );
  const starts = fit.flatMap((value, i) => i === 0 || value - fit[i - 1]! > 1e-9 ? [i] : []);
  const sizes = starts.map((from, k) => weights.slice(from, starts[k + 1]).reduce((a, b) => a + b));
  const shares = maxMin(
    starts.map((from, k) => (sizes[k]! * fit[from]! + 10) / (sizes[k]! + 20)),
    sizes.map((n) => n + 20),
  );
  return (p: number) => {
    if (p === .5) return .5;
    const found = sures.findIndex((x) => x >= Math.abs(p - .5)), at = found < 0 ? sures.length - 1 : found;
    const share = Math.max(.5, shares[starts.findLastIndex((from) => from <= at)]!);
    return p > .5 ? share : 1 - share;
  };
}

function maxMin(values: number[], weights: number[]): number[] {
  const mean = (from: number, to: number) => {
    let sum = 0, weight = 0;
    for (let i = from; i <= to; i++) sum += weights[i]! * values[i]!, weight += weights[i]!;
    return sum / weight;
  };
  return values.map((_, i) =>
    Math.max(
      ...values.slice(0, i + 1).map((_, from) =>
        Math.min(...values.slice(i).map((_, k) => mean(from, i + k)))
      ),
    )
  );
}

Deno.test("isotonic probabilities of two stated values are each side's mean, mixed with the prior", () => {
  const rows = 300, said = [new Float64Array(rows).map((_, s) => s % 2 === 0 ? .4 : .6)];
  const rose = [new Float64Array(rows).map((_, s) => s % 10 < 7 ? s % 2 : 1 - s % 2)]; // the said side came in 7 of 10
  const moved = isotonic.run({ horizon: 1, firstRow: 0, said, rose }, {})[0]!;
  const right = Array.from({ length: 294 }, (_, s) => s % 10 < 7).filter(Boolean).length;
  const share = (right + 10) / (294 + 20); // the refit of row 294 knows rows 0..293
  assert.ok(Math.abs(moved[295]! - share) < 1e-12);
  assert.ok(Math.abs(moved[294]! - (1 - share)) < 1e-12);
});

Deno.test("smoothing under nine pairs side by side has the bits of the best of nine by themselves", () => {
  const alphas = [.7, .85, 1], betas = [.002, .01, .05], noise = normals(6, 200);
  for (const drift of [0, .5]) {
    const walk = noise.slice();
    for (let t = 1; t < walk.length; t++) walk[t]! += walk[t - 1]! + drift;
    const all = alphas.flatMap((alpha) =>
      betas.map((beta) => ({ alpha, beta, ...smoothTrend(walk, alpha, beta, .98, 20, 180) }))
    );
    const { season: _, ...best } = all.reduce((a, b) => b.squares < a.squares ? b : a);
    assert.deepEqual(bestTrend(walk, alphas, betas, .98, 20, 180), best);
  }
});

Deno.test("labels and floor are computed once a task, and are what each method would have computed", () => {
  const task = simulate({ rows: 300 }), same = { ...task };
  assert.equal(standardisedLabels(task), standardisedLabels(task));
  assert.notEqual(standardisedLabels(task), standardisedLabels(same));
  assert.equal(floorOf(task), floorOf(task));
  assert.deepEqual(floorOf(task), floorPredictions(same, standardisedLabels(same)));
});

Deno.test("draws of a selection that made room for others are drawn again, the same", () => {
  const first = selectionDraws("kept", 3, 40).slice();
  for (let other = 0; other < 300; other++) selectionDraws(`other ${other}`, 3, 1);
  const again = selectionDraws("kept", 3, 20);
  assert.equal(again.length, 20 * 4, "it had made room");
  assert.deepEqual(again, first.subarray(0, 20 * 4));
});
