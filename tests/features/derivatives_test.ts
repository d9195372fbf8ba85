import assert from "node:assert/strict";
import {
  fundingCarry,
  fundingZ,
  longRatioZ,
  openInterestChange,
  premium,
  premiumZ,
} from "../../src/features/derivatives.ts";
import { assertClose } from "./causality.ts";

// By hand: 1 bp every 8 h is 0.0001 x 3 x 365 = 10.95% a year; with one settlement of 3 bp in four bars 2 bp.
Deno.test("fundingCarry() annualises the mean rate", () => {
  const rates = Float64Array.of(1e-4, 1e-4, 1e-4, 1e-4, 3e-4, 3e-4);
  assertClose(fundingCarry(rates, 4), [NaN, NaN, NaN, 0.1095, 0.16425, 0.219], 1e-15);
});

Deno.test("fundingZ() is high where longs pay more than they used to", () => {
  const rates = Float64Array.from({ length: 100 }, (_, i) => i < 98 ? (i % 2 ? 1e-4 : 2e-4) : 9e-4);
  const scores = fundingZ(rates, 30);
  assert.equal(scores.findIndex((score) => !Number.isNaN(score)), 30);
  assert.ok(scores[98]! > 3 && Math.abs(scores[97]!) < 1.5);
});

Deno.test("openInterestChange() is a difference of logarithms; a missing snapshot repeats the last", () => {
  const interest = Float64Array.of(100, 200, NaN, 0, 400);
  assertClose(openInterestChange(interest, 1), [NaN, Math.LN2, 0, 0, Math.LN2], 1e-15);
  assertClose(openInterestChange(interest, 2), [NaN, NaN, Math.LN2, 0, Math.LN2], 1e-15);
});

Deno.test("longRatioZ() carries a missing ratio forward: it equals the series with the gap filled", () => {
  const ratios = Float64Array.of(0.5, 0.6, 0.55, NaN, 0.7, 0.65);
  const filled = Float64Array.of(0.5, 0.6, 0.55, 0.55, 0.7, 0.65);
  assert.deepEqual(longRatioZ(ratios, 2), longRatioZ(filled, 2));
});

// Golden: the first two rows of the exchange's BTC bars, whose premium_pct column says the same.
Deno.test("premium() equals the exchange's premium_pct", () => {
  const values = premium(Float64Array.of(61269.18, 60770.64), Float64Array.of(61255.25, 60773.45));
  assertClose(values, [0.00022740907922178574, -4.623729605605197e-05], 1e-12);
});

Deno.test("premiumZ() standardises the premium", () => {
  const index = new Float64Array(50).fill(100);
  const mark = index.map((price, i) => price + (i % 2 ? 0.1 : -0.1));
  assertClose(premiumZ(mark, index, 20).subarray(40, 42), [-1, 1], 0.1);
});
