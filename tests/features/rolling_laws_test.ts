import assert from "node:assert/strict";
import fc from "fast-check";
import { adx } from "../../src/features/adx.ts";
import { atr, trueRange } from "../../src/features/atr.ts";
import { bollinger } from "../../src/features/bollinger.ts";
import { highLowRange } from "../../src/features/high_low_range.ts";
import { macd } from "../../src/features/macd.ts";
import { momentum } from "../../src/features/momentum.ts";
import { realisedVolatility } from "../../src/features/realised_volatility.ts";
import { rollingAutocorrelation } from "../../src/features/rolling_autocorrelation.ts";
import { rollingShape } from "../../src/features/rolling_shape.ts";
import { sma } from "../../src/features/sma.ts";
import { stochastic } from "../../src/features/stochastic.ts";
import { volumeBalance } from "../../src/features/volume_balance.ts";
import { volumeRatio } from "../../src/features/volume_ratio.ts";
import { afterWarmUp, carryForward } from "../../src/features/warm_up.ts";
import { rng } from "../../src/core/rng.ts";
import { assertClose } from "./causality.ts";

const flat = new Float64Array(9).fill(5);
const lift = (values: readonly number[]) => Float64Array.from(values);

Deno.test("afterWarmUp() puts NaN in front, also of inputs shorter than the warm-up", () => {
  assert.deepEqual([...afterWarmUp(lift([NaN, 2, 4, 6]), 1, (tail) => sma(tail, 2))], [NaN, NaN, 3, 5]);
  assert.deepEqual([...afterWarmUp(lift([NaN, NaN]), 5, (tail) => sma(tail, 2))], [NaN, NaN]);
});

Deno.test("carryForward() repeats the last known value and invents none before the first", () => {
  assert.deepEqual([...carryForward(lift([NaN, 1, NaN, NaN, 3, NaN]))], [NaN, 1, 1, 1, 3, 3]);
});

Deno.test("sma() is the mean of the window, at any length", () => {
  assert.deepEqual([...sma(lift([1, 2, 3, 4, 5]), 2)], [NaN, 1.5, 2.5, 3.5, 4.5]);
  assert.deepEqual([...sma(lift([1, 2, 3]), 1)], [1, 2, 3]);
  assert.deepEqual([...sma(lift([1, 2]), 3)], [NaN, NaN]);
});

// By hand: row 1 opens a gap below, so the previous close 10 is the top: 10 - 7 = 3; row 2: 12 - 8 = 4.
Deno.test("trueRange() and atr() match the example worked by hand", () => {
  const highs = lift([11, 8, 12]), lows = lift([9, 7, 9]), closes = lift([10, 8, 11]);
  assert.deepEqual([...trueRange(highs, lows, closes)], [2, 3, 4]);
  assert.deepEqual([...atr(highs, lows, closes, 2)], [NaN, 2.5, 3.25]);
});

Deno.test("windows without any move give the declared neutral value, not 0/0", () => {
  const { percentB, bandwidth } = bollinger(flat, 3);
  assert.deepEqual([percentB[8], bandwidth[8]], [0.5, 0]);
  const { plus, minus, adx: index } = adx(flat, flat, flat, 3);
  assert.deepEqual([plus[8], minus[8], index[8]], [0, 0, 0]);
  assert.equal(stochastic(flat, flat, flat, 3, 2).d[8], 50);
  const { skew, kurtosis } = rollingShape(flat, 4);
  assert.deepEqual([skew[8], kurtosis[8]], [0, 0]);
  assert.equal(rollingAutocorrelation(flat, 4)[8], 0);
  assert.equal(momentum(flat, 3)[8], 0);
  assert.equal(volumeBalance(flat, flat, 3)[8], 0);
  assert.equal(volumeRatio(new Float64Array(9), 3)[8], 1);
});

Deno.test("a flat window right after a jump is flat, whatever the running sums have rounded", () => {
  const values = lift([
    ...Array.from({ length: 13 }, (_, i) => Math.exp(7 * Math.sin(i))),
    ...Array(12).fill(0.1),
  ]);
  assert.equal(rollingShape(values, 10).skew.at(-1), 0);
  assert.equal(rollingAutocorrelation(values, 10).at(-1), 0);
  assert.equal(bollinger(values, 10).percentB.at(-1), 0.5);
});

// By hand, window 4 of 1 2 1 2: mean 1.5, deviations -.5 .5 -.5 .5, products -.75, squares 1 -> -0.75.
Deno.test("rollingAutocorrelation() matches the example worked by hand", () => {
  assert.equal(rollingAutocorrelation(lift([1, 2, 1, 2]), 4)[3], -0.75);
});

// By hand, window 4 of 0 0 0 4: mean 1, m2 = 3, m3 = 6, m4 = 21: g1 = 6/3^1.5, G1 = g1 sqrt(12)/2 = 2;
// g2 = 21/9 - 3 = -2/3, G2 = (3/2)(5 (-2/3) + 6) = 4.
Deno.test("rollingShape() matches the example worked by hand", () => {
  const { skew, kurtosis } = rollingShape(lift([0, 0, 0, 4]), 4);
  assertClose(skew.subarray(3), [2], 1e-14);
  assertClose(kurtosis.subarray(3), [4], 1e-14);
});

// By hand, window 3 of 0 0 3: mean 1, m2 = 2, m3 = 2: g1 = 2/2^1.5, G1 = g1 sqrt(6) = sqrt(3).
Deno.test("rollingShape() of three values has a skewness and no kurtosis", () => {
  const { skew, kurtosis } = rollingShape(lift([0, 0, 3, 3, 3]), 3);
  assertClose(skew, [NaN, NaN, Math.sqrt(3), -Math.sqrt(3), 0], 1e-14);
  assert.ok(kurtosis.every(Number.isNaN));
});

Deno.test("adx() counts no side on a tie and the larger side else", () => {
  const highs = lift([10, 11, 13]), lows = lift([8, 7, 6.5]), closes = lift([9, 9, 9]);
  const { plus, minus } = adx(highs, lows, closes, 1);
  assert.deepEqual([plus[1], minus[1]], [0, 0]); // +1 and +1
  assert.deepEqual([plus[2], minus[2]], [100 * 2 / 6.5, 0]); // +2 and +0.5
});

Deno.test("macd() has no trend to follow in flat prices", () => {
  const { line, histogram } = macd(flat, 2, 3, 2);
  assert.deepEqual([line[8], histogram[8]], [0, 0]);
  assert.deepEqual([...line.subarray(0, 3)].map(Number.isNaN), [true, true, false]);
  assert.deepEqual([...histogram.subarray(0, 4)].map(Number.isNaN), [true, true, true, false]);
});

Deno.test("momentum() has unit variance on a random walk and follows a drift", () => {
  const random = rng("momentum");
  let price = 1;
  const walk = Float64Array.from({ length: 20_000 }, () => price *= Math.exp(0.01 * random.normal()));
  const values = momentum(walk, 18).subarray(200);
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  assert.ok(Math.abs(variance - 1) < 0.15, `variance ${variance}`);
  assert.ok(momentum(Float64Array.from({ length: 90 }, (_, i) => 1.01 ** i), 18)[89]! > 3);
});

// Without rebuilding, the spike's rounding error would stay in the sums for ever.
Deno.test("running sums forget a spike two windows after it", () => {
  const random = rng("spike");
  const values = Float64Array.from({ length: 400 }, () => random.normal());
  const turnover = Float64Array.from({ length: 400 }, () => 1 + random.uniform());
  const spiked = values.with(30, 1e5), traded = turnover.with(30, 1e13);
  const afterwards = (column: Float64Array) => column.subarray(80);
  assertClose(
    afterwards(rollingShape(spiked, 20).kurtosis),
    afterwards(rollingShape(values, 20).kurtosis),
    1e-9,
  );
  const both = [spiked, values].map((series) => afterwards(rollingAutocorrelation(series, 20)));
  assertClose(both[0]!, both[1]!, 1e-9);
  assertClose(
    afterwards(volumeBalance(values, traded, 20)),
    afterwards(volumeBalance(values, turnover, 20)),
    1e-9,
  );
  assertClose(afterwards(sma(traded, 20)), afterwards(sma(turnover, 20)), 1e-9);
});

// At this level sums of fourth powers without a shift lose every digit.
Deno.test("running sums hold at a high level: shape and autocorrelation ignore a constant", () => {
  const random = rng("level");
  const values = Float64Array.from({ length: 3000 }, () => random.normal());
  const raised = values.map((value) => value + 1e6);
  assertClose(rollingShape(raised, 50).skew, rollingShape(values, 50).skew, 1e-6);
  assertClose(rollingShape(raised, 50).kurtosis, rollingShape(values, 50).kurtosis, 1e-6);
  assertClose(rollingAutocorrelation(raised, 50), rollingAutocorrelation(values, 50), 1e-6);
});

Deno.test("sliding windows equal windows computed afresh", () => {
  const series = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 80 }).map(
    lift,
  );
  fc.assert(
    fc.property(series, fc.integer({ min: 4, max: 12 }), (values, window) => {
      const last = (column: Float64Array) => column.at(-1)!;
      const naive = (column: (tail: Float64Array) => Float64Array) =>
        values.map((_, i) => i < window - 1 ? NaN : last(column(values.slice(i - window + 1, i + 1))));
      assertClose(sma(values, window), naive((tail) => sma(tail, window)), 1e-13);
      // Root of a rounding error of 1e-16, where all values of the window are 0.
      assertClose(
        realisedVolatility(values, window),
        naive((tail) => realisedVolatility(tail, window)),
        3e-8,
      );
    }),
    { seed: 7 },
  );
});

Deno.test("highLowRange() is ln(high / low)", () => {
  assertClose(highLowRange(lift([Math.E, 2]), lift([1, 2])), [1, 0], 1e-15);
});

// By hand, window 3: medians 2, 2, 3 -> 3/2, 1/2, 9/3. Balance: (-5 + 7 + 7) / 19 in the last three rows.
Deno.test("volumeRatio() and volumeBalance() match the examples worked by hand", () => {
  assert.deepEqual([...volumeRatio(lift([1, 2, 3, 1, 9, 3]), 3)], [NaN, NaN, 1.5, 0.5, 3, 1]);
  assert.equal(volumeBalance(lift([10, 9, 10, 11]), lift([3, 5, 7, 7]), 3)[3], 9 / 19);
});
