import assert from "node:assert/strict";
import { type ComparedRun, compareRuns, settingDifferences } from "popagent/experiments/compare_runs.ts";
import { compareSharpe, netReturns } from "popagent/experiments/comparison.ts";
import { sharpeEstimate } from "popagent/experiments/sharpe_estimate.ts";
import { rng } from "popagent/core/rng.ts";
import { BAR_MS } from "popagent/core/universe.ts";
import { andrewsBandwidth } from "popagent/stats/andrews_bandwidth.ts";
import { assertClose } from "../close_to.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** Parzen's kernel. */
function parzen(z: number): number {
  const a = Math.abs(z);
  return a <= 0.5 ? 1 - 6 * a ** 2 + 6 * a ** 3 : a <= 1 ? 2 * (1 - a) ** 3 : 0;
}

/**
 * Ledoit and Wolf (2008), section 3.1, as it is printed: v = (mu_x, mu_y, gamma_x, gamma_y), its long-run covariance
 * as a 4 by 4 matrix, and the gradient of the difference of Sharpe ratios. (The source folds it into one series.)
 */
function byHand(x: readonly number[], y: readonly number[]) {
  const n = x.length;
  const series = [x, y, x.map((r) => r * r), y.map((r) => r * r)];
  const [mx, my, gx, gy] = series.map(mean) as [number, number, number, number];
  const centred = series.map((one) => one.map((value) => value - mean(one)));
  const bandwidth = andrewsBandwidth([x, y, series[2]!, series[3]!].map((one) => Float64Array.from(one)));
  const gamma = (lag: number) =>
    centred.map((a) =>
      centred.map((b) => a.slice(lag).reduce((sum, value, t) => sum + value * b[t]!, 0) / n)
    );
  const psi = gamma(0);
  for (let lag = 1; lag < n; lag++) {
    const weight = parzen(lag / bandwidth);
    if (weight === 0) continue;
    const g = gamma(lag);
    for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) psi[i]![j]! += weight * (g[i]![j]! + g[j]![i]!);
  }
  const gradient = [
    gx / (gx - mx * mx) ** 1.5,
    -gy / (gy - my * my) ** 1.5,
    -0.5 * mx / (gx - mx * mx) ** 1.5,
    0.5 * my / (gy - my * my) ** 1.5,
  ];
  const variance = gradient.reduce(
    (sum, a, i) => sum + gradient.reduce((s, b, j) => s + a * b * psi[i]![j]!, 0),
    0,
  );
  return {
    difference: mx / Math.sqrt(gx - mx * mx) - my / Math.sqrt(gy - my * my),
    se: Math.sqrt(variance / (n - 4)),
  };
}

const returns = (equity: Float64Array, start: number) =>
  Array.from(equity, (value, t) => value / (t === 0 ? start : equity[t - 1]!) - 1);

function requireByHand(a: ComparedRun, b: ComparedRun, from: [a: number, b: number], bars: number): void {
  const { strategies, bars: found } = compareRuns(a, b);
  assert.equal(found, bars);
  assert.ok(strategies.some(({ test }) => test !== null));
  const year = Math.sqrt(6 * 365);
  for (const { name, difference, test } of strategies) {
    const [x, y] = [a, b].map(({ series, result }, i) =>
      returns(series.equity[name]!, result.startingEquity).slice(from[i], from[i]! + bars)
    ) as [number[], number[]];
    if (test === null) {
      assert.equal(name, "flat");
      continue;
    }
    const hand = byHand(x, y);
    const unbiased = Math.sqrt((bars - 1) / bars); // the house's Sharpe ratio has n - 1 where the paper has n
    assertClose(difference / year, unbiased * hand.difference, 1e-12);
    assertClose(test.se / year, hand.se, 1e-12);
    assertClose((test.low + test.high) / 2, difference, 1e-9);
    assert.equal(test.low > 0 || test.high < 0, test.p <= 0.05, "interval and p say the same");
  }
}

Deno.test("compareRuns() of two seeds and of two configurations agrees with the paired test by hand", () => {
  const one = createRunFixture({ seed: 1, iterations: 6 }),
    two = createRunFixture({ seed: 2, iterations: 6 });
  requireByHand(one, two, [0, 0], 216);
  const { openTime, equity } = two.series; // another configuration: it reports 40 rows later, for as many rows
  const later = {
    ...two,
    series: { openTime: openTime.map((time) => time + 40 * BAR_MS), equity, accounts: {} },
  };
  requireByHand(one, later, [40, 0], 176);
});

Deno.test("runs compare and a run's headline answer one question by one method: the same interval from the same draws", () => {
  const { result, series } = createRunFixture({ seed: 1, iterations: 6 });
  const { champion, selectionOnly } = series.equity;
  const one = { result, series: { ...series, equity: { champion: champion! } } };
  const two = { result, series: { ...series, equity: { champion: selectionOnly! } } };
  const { test, difference } = compareRuns(one, two).strategies[0]!;
  const headline = compareSharpe(result, series, "champion", "selectionOnly").estimate!;
  assertClose(difference, headline.difference, 1e-12);
  assertClose(test!.se, headline.error, 1e-12);
  const half = (test!.high - test!.low) / 2, other = (headline.upper - headline.lower) / 2;
  assert.ok(Math.abs(half / other - 1) < 0.1, `${half} and ${other}: the draws have other names`);
  assert.ok(Math.abs(half / test!.se - 1.96) > 1e-3, "not the normal interval");
  const [x, y] = [one, two].map(({ series }) => netReturns(result, series, "champion")) as [
    Float64Array,
    Float64Array,
  ];
  const draws = rng("sharpe comparison of runs", result.seed, result.seed, "champion");
  assert.deepEqual(sharpeEstimate(x, y, draws).upper, test!.high);
});

Deno.test("compareRuns() of a run with itself has difference 0, error 0 and p 1, and no setting differs", () => {
  const run = createRunFixture({ seed: 1, iterations: 3 });
  const { settings, sameRows, strategies } = compareRuns(run, run);
  assert.deepEqual([settings, sameRows], [[], true]);
  for (const { difference, test } of strategies.filter((one) => one.test)) {
    assert.deepEqual([difference, test!.se, test!.p], [0, 0, 1]);
  }
});

Deno.test("compareRuns() says what only one run has, other bars, and when no bar is in both", () => {
  const run = createRunFixture({ seed: 1, iterations: 3 });
  const { champion: _, ...equity } = run.series.equity;
  const other = {
    result: { ...run.result, rowsHash: "c".repeat(64) },
    series: { openTime: run.series.openTime.map((time) => time + 1000 * BAR_MS), equity, accounts: {} },
  };
  const { alone, sameRows, bars, span, strategies } = compareRuns(run, other);
  assert.deepEqual([alone, sameRows, bars, span, strategies], [
    { a: ["Population (champion)"], b: [] },
    false,
    0,
    null,
    [],
  ]);
});

Deno.test("settingDifferences() names what differs by path; a list is one value, and null is not absent", () => {
  const a = { seed: 1, coins: ["BTC"], population: { size: 5, tau: 0 }, only: null };
  const b = { seed: 2, coins: ["BTC", "ETH"], population: { size: 5, tau: 0.1 } };
  assert.deepEqual(settingDifferences(a, b), [
    { path: "seed", a: 1, b: 2 },
    { path: "coins", a: ["BTC"], b: ["BTC", "ETH"] },
    { path: "population.tau", a: 0, b: 0.1 },
    { path: "only", a: null, b: undefined },
  ]);
});
