import assert from "node:assert/strict";
import fc from "fast-check";
import {
  difference,
  ewma,
  ewmaVolatility,
  logarithm,
  rollingMax,
  rollingMedian,
  rollingMin,
  rollingMoments,
  simpleReturns,
  spanWeight,
} from "../../src/core/series.ts";
import { assertAllClose, assertClose } from "../close_to.ts";

const prices = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((xs) => Float64Array.from(xs));

/** A statistic of each window of a series, taken window by window. */
function windowed(values: Float64Array, window: number, of: (values: number[]) => number): number[] {
  return Array.from(values, (_, i) => i < window - 1 ? NaN : of([...values.subarray(i - window + 1, i + 1)]));
}
const mean = (xs: number[]) => xs.reduce((a, b) => a + b) / xs.length;
const deviation = (xs: number[]) =>
  Math.sqrt(xs.reduce((a, x) => a + (x - mean(xs)) ** 2, 0) / (xs.length - 1));
function median(xs: number[]): number {
  const sorted = xs.toSorted((a, b) => a - b), middle = xs.length / 2;
  return xs.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
function assertSame(actual: Float64Array, expected: number[], tolerance: number): void {
  const warm = expected.findIndex((value) => !Number.isNaN(value));
  const from = warm < 0 ? expected.length : warm;
  assert.ok(actual.subarray(0, from).every(Number.isNaN), "warm-up is NaN");
  assertAllClose(actual.subarray(from), expected.slice(from), tolerance);
}

Deno.test("returns, differences and means match the worked examples", () => {
  assertAllClose(simpleReturns(Float64Array.of(10, 11, 9.9)), [0, 0.1, -0.1], 1e-15);
  assert.deepEqual([...difference(Float64Array.of(1, 4, 9, 16), 2)], [NaN, NaN, 8, 12]);
  assertAllClose(logarithm(Float64Array.of(1, Math.E)), [0, 1], 1e-15);
  assert.equal(spanWeight(9), 0.2);
  // 4; 4 + .5 (2 - 4) = 3; a gap carries 3 on; 3 + .5 (7 - 3) = 5
  assert.deepEqual([...ewma(Float64Array.of(4, 2, NaN, 7), 0.5)], [4, 3, 3, 5]);
  assert.deepEqual([...ewma(Float64Array.of(NaN, 2, 4), 0.5)], [NaN, 2, 3]); // starts at the first value there is
  // .0004; .75 * .0004 + .25 * .0036 = .0012
  assertAllClose(ewmaVolatility(Float64Array.of(0.02, -0.06), 0.75), [0.02, Math.sqrt(0.0012)], 1e-16);
  assert.deepEqual([...ewmaVolatility(new Float64Array(2))], [1e-6, 1e-6]); // the floor
});

Deno.test("rolling functions equal a window-by-window computation", () => {
  fc.assert(
    fc.property(prices, fc.integer({ min: 2, max: 9 }), (xs, window) => {
      const { mean: means, sd } = rollingMoments(xs, window);
      assertSame(means, windowed(xs, window, mean), 1e-10);
      assertSame(sd, windowed(xs, window, deviation), 1e-5); // sqrt of a rounding of 1e-10 where a window barely moves
      assertSame(rollingMax(xs, window), windowed(xs, window, (w) => Math.max(...w)), 0);
      assertSame(rollingMin(xs, window), windowed(xs, window, (w) => Math.min(...w)), 0);
      assertSame(rollingMedian(xs, window), windowed(xs, window, median), 0);
    }),
    { seed: 7 },
  );
});

Deno.test("rolling functions handle equal values, a window of one and a window longer than the series", () => {
  const level = new Float64Array(50).fill(61_234.567);
  assert.ok(rollingMoments(level, 7).sd.subarray(6).every((sd) => sd === 0));
  const few = Float64Array.of(3, 1, 3, 3, 2);
  assert.deepEqual([...rollingMax(few, 1)], [...few]);
  assert.deepEqual([...rollingMedian(few, 3)], [NaN, NaN, 3, 3, 3]);
  for (const roll of [rollingMax, rollingMin, rollingMedian]) assert.ok(roll(few, 6).every(Number.isNaN));
});

Deno.test("rollingMoments() stays exact far from zero over a long series", () => {
  const values = Float64Array.from({ length: 20_000 }, (_, i) => 1e6 + 2 * i + Math.sin(i)); // drifts away from any shift
  const { mean: means, sd } = rollingMoments(values, 30);
  for (const i of [29, 30, 59, 60, 9_999, 19_999]) {
    const window = [...values.subarray(i - 29, i + 1)];
    assertClose(means[i]!, mean(window), 1e-8);
    assertClose(sd[i]!, deviation(window), 1e-8);
  }
});

Deno.test("every series function reads the past only: cutting the future changes nothing", () => {
  const functions: Record<string, (xs: Float64Array) => Float64Array> = {
    simpleReturns,
    logarithm,
    difference: (xs) => difference(xs, 3),
    ewma: (xs) => ewma(xs, 0.3),
    ewmaVolatility: (xs) => ewmaVolatility(simpleReturns(xs)),
    rollingMean: (xs) => rollingMoments(xs, 4).mean,
    rollingSd: (xs) => rollingMoments(xs, 4).sd,
    rollingMax: (xs) => rollingMax(xs, 4),
    rollingMin: (xs) => rollingMin(xs, 4),
    rollingMedian: (xs) => rollingMedian(xs, 4),
  };
  fc.assert(
    fc.property(prices, fc.nat(), (xs, at) => {
      const cut = 1 + at % xs.length;
      const other = xs.map((x, i) => (i < cut ? x : 1e4 / x));
      for (const [name, of] of Object.entries(functions)) {
        const past = of(xs).slice(0, cut);
        assert.deepEqual(of(xs.slice(0, cut)), past, name);
        assert.deepEqual(of(other).slice(0, cut), past, name);
      }
    }),
    { seed: 7 },
  );
});

Deno.test("windows must be integers that are large enough", () => {
  assert.throws(() => rollingMoments(new Float64Array(9), 1), /must be an integer >= 2: current value is 1/);
  assert.throws(() => rollingMax(new Float64Array(9), 2.5), /must be an integer >= 1: current value is 2.5/);
  assert.throws(() => difference(new Float64Array(9), 0), /must be an integer >= 1: current value is 0/);
});

Deno.test("rollingMedian() is NaN exactly while its window holds a NaN", () => {
  const values = Float64Array.of(NaN, 1, 2, 3, NaN, 5, 6, 7);
  assert.deepEqual([...rollingMedian(values, 3)], [NaN, NaN, NaN, 2, NaN, NaN, NaN, 6]);
});
