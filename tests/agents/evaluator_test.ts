import assert from "node:assert/strict";
import fc from "fast-check";
import type { Forecast } from "popagent/inventory/researcher/forecast.ts";
import { forecastQuality, probabilityQuality } from "popagent/agents/evaluator.ts";
import { rng } from "popagent/core/rng.ts";
import { assertClose } from "../close_to.ts";
import { c12 } from "../golden_data.ts";

// Golden set C12: ECE over ten bins of equal width .2725, Brier score .1564917, seven of twelve outcomes are 1.
Deno.test("probabilityQuality() gives the golden values of C12", () => {
  const quality = probabilityQuality(c12.probabilities, c12.outcomes);
  assert.equal(quality.count, 12);
  assertClose(quality.baseRate, 7 / 12, 1e-15);
  assertClose(quality.calibration.ece, .2725, 1e-12);
  assertClose(quality.brier, .1564917, 5e-8);
  assert.ok(quality.calibration.p > 0 && quality.calibration.p <= 1);
});

Deno.test("probabilityQuality() finds calibrated forecasts inside their null and boastful ones outside", () => {
  const { uniform } = rng("evaluator test", 7);
  const p = Float64Array.from({ length: 2000 }, () => .3 + .4 * uniform());
  const y = p.map((chance) => uniform() < chance ? 1 : 0);
  assert.ok(probabilityQuality(p, y).calibration.p > .05);
  const boastful = p.map((chance) => chance > .5 ? .95 : .05);
  assert.ok(probabilityQuality(boastful, y).calibration.p < .01);
});

/** One coin, rows 0.., middle horizon 2; the other horizons hold numbers that must not be read. */
function forecastOfTwo(pUp: number[], low: number, high: number): Forecast {
  const rows = pUp.length;
  const never = new Float64Array(rows).fill(NaN);
  const quantiles = Float64Array.from({ length: 2 * rows }, (_, i) => i % 2 === 0 ? low : high);
  return {
    rows,
    horizons: [1, 2, 4],
    levels: [.1, .9],
    coins: [{
      mean: [never, never, never],
      sd: [never, never, never],
      pUp: [never, Float64Array.from(pUp), never],
      quantiles: [never, quantiles, never],
    }],
  };
}

// By hand. Closes in rows 3, 5, 7: 100, 110, 99, so the two-bar returns from there are +10 % and -10 %.
// Rows 3 and 5 are judged; row 7 has not matured by row 8. p = .8, .4 against y = 1, 0: Brier (.04 + .16) / 2.
// Quantiles -5 %, +5 %: pinball at .1 of +10 % is .1 * .15 = .015, at .9 it is .9 * .05 = .045; of -10 % at .1
// it is .9 * .05 = .045, at .9 it is .1 * .15 = .015: mean .03. Both outcomes lie outside, 10 % wide.
// Of the past two returns had matured by row 3: 0 % (rows 0 to 2) and +25 % (1 to 3). Quantiles at .1 and .9 are
// 0 and +25 %: of +10 % .1 * .1 = .01 and .1 * .15 = .015; of -10 % .9 * .1 = .09 and .1 * .35 = .035: mean .0375.
Deno.test("forecastQuality() matches the worked example", () => {
  const closes = [Float64Array.of(100, 80, 100, 100, 3, 110, 5, 99, 1)];
  const forecast = forecastOfTwo([NaN, NaN, NaN, .8, NaN, .4, NaN, NaN, NaN], -.05, .05);
  const quality = forecastQuality(forecast, closes, { from: 3, to: 8, coins: [0] })!;
  assert.equal(quality.horizon, 2);
  assert.equal(quality.count, 2);
  assert.equal(quality.baseRate, .5);
  assertClose(quality.brier, .1, 1e-12);
  assertClose(quality.calibration.ece, .3, 1e-12); // |1 - .8| and |0 - .4|, one forecast a bin
  assertClose(quality.pinball, .03, 1e-12);
  assertClose(quality.pinballOfPast!, .0375, 1e-12);
  assertClose(quality.interval.nominal, .8, 1e-12);
  assert.equal(quality.interval.covered, 0);
  assertClose(quality.interval.width, .1, 1e-12);
});

Deno.test("forecastQuality() counts outcomes at the very edge of an interval as covered, a return of 0 as not up", () => {
  const closes = [Float64Array.of(100, 0, 100)];
  const quality = forecastQuality(forecastOfTwo([.5, .5, .5], 0, .05), closes, {
    from: 0,
    to: 2,
    coins: [0],
  })!;
  assert.equal(quality.interval.covered, 1);
  assert.equal(quality.baseRate, 0);
  assert.equal(quality.pinballOfPast, null); // nothing had matured by row 0
});

Deno.test("forecastQuality() is null until an outcome has matured", () => {
  const closes = [Float64Array.of(100, 101, 102)];
  const forecast = forecastOfTwo([.5, .5, .5], -.05, .05);
  assert.equal(forecastQuality(forecast, closes, { from: 0, to: 1, coins: [0] }), null);
  assert.equal(forecastQuality(forecast, closes, { from: 0, to: 2, coins: [] }), null);
  assert.notEqual(forecastQuality(forecast, closes, { from: 0, to: 2, coins: [0] }), null);
});

Deno.test("forecastQuality() reads no row after the last", () => {
  const rows = 60;
  fc.assert(
    fc.property(fc.integer({ min: 3, max: rows - 1 }), fc.integer(), (to, salt) => {
      const { uniform } = rng("evaluator future", salt);
      const close = Float64Array.from({ length: rows }, () => 50 + 100 * uniform());
      const pUp = Array.from({ length: rows }, () => uniform());
      const window = { from: 1, to, coins: [0] };
      const disturbed = close.map((value, t) => t > to ? 1e6 * uniform() : value);
      const spoilt = pUp.map((value, t) => t > to - 2 ? NaN : value);
      assert.deepEqual(
        forecastQuality(forecastOfTwo(spoilt, -.1, .1), [disturbed], window),
        forecastQuality(forecastOfTwo(pUp, -.1, .1), [close], window),
      );
    }),
    { seed: 7, numRuns: 20 },
  );
});
