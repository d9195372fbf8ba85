/** Findings C.3 and C.4: strategies that never traded, and series that never move but for rounding. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { autocorrelations, autocovariances } from "../../src/stats/autocorrelation.ts";
import { ljungBox } from "../../src/stats/ljung_box.ts";
import { blockLengths, returnBlockLength } from "../../src/stats/block_length.ts";
import { isConstant, requireMovement } from "../../src/stats/constant.ts";
import { correlation, correlationMatrix } from "../../src/stats/correlation.ts";
import { deflatedSharpe, probabilisticSharpe, trackRecord } from "../../src/stats/deflated_sharpe.ts";
import { dieboldMariano } from "../../src/stats/diebold_mariano.ts";
import { effectiveTrials } from "../../src/stats/effective_trials.ts";
import { meanBootstrap } from "../../src/stats/mean_bootstrap.ts";
import { shape, standardDeviation } from "../../src/stats/moments.ts";
import { neweyWest } from "../../src/stats/newey_west.ts";
import { pairedTest } from "../../src/stats/paired.ts";
import { backtestOverfitting } from "../../src/stats/pbo.ts";
import { robustLjungBox } from "../../src/stats/robust_ljung_box.ts";
import { loSharpe, sharpe, sharpeError } from "../../src/stats/sharpe.ts";
import { stationaryVariance } from "../../src/stats/stationary_variance.ts";
import { assertClose } from "../close_to.ts";
import { normals, uniforms } from "../golden_data.ts";

const N = 240;
const moving = Array.from({ length: 7 }, (_, j) => normals(300 + j, N).map((z) => .01 * z));
const flat = (value: number) => new Float64Array(N).fill(value);

Deno.test("findings C.3: PBO is null where nothing traded, and where a return is the same on every bar of a half", () => {
  assert.equal(backtestOverfitting([flat(0), flat(0), flat(0)], 8), null);
  assert.equal(backtestOverfitting([flat(.1), ...moving], 8), null);
  assert.equal(backtestOverfitting([...moving, flat(.1)], 8), null);
  assert.equal(backtestOverfitting([...moving, flat(-.1)], 8), null);
  const half = moving[0]!.map((r, i) => i < N / 2 ? .003 : r); // constant in one split's half only
  assert.equal(backtestOverfitting([...moving, half], 8), null);
  const broken = moving[3]!.slice();
  broken[30] = NaN;
  assert.throws(
    () => backtestOverfitting([...moving, broken], 8),
    /\(strategy 7\) as every value must be a finite number: current value at 30 is NaN/,
  );
});

Deno.test("findings C.3: a flat strategy takes part with Sharpe ratio 0 wherever it stands", () => {
  const first = backtestOverfitting([flat(0), ...moving], 8)!;
  const last = backtestOverfitting([...moving, flat(0)], 8)!;
  assert.deepEqual(first, last);
  assert.ok(first.probability > 0 && first.probability < 1, `${first.probability}`);
});

// By hand, blocks 1 and 2 of two bars: both splits pick the strategy that gained in its half. The other then gained in
// the other half, so the pick ranks last of 3 (1 / 4); the flat one is in between.
Deno.test("findings C.3: a strategy that trades in one block only is flat in the other, by its values", () => {
  const early = [.1, .2, 0, 0], late = [0, 0, .1, .2], idle = [0, 0, 0, 0];
  const report = backtestOverfitting([early, late, idle], 2)!;
  assert.equal(report.probability, 1);
  assertClose(report.meanInside, .15 / Math.sqrt(.005), 1e-12);
  assert.equal(report.meanOutside, 0);
  assert.equal(report.slope, null); // the same in both splits
  // flat outside: it shares ranks 1 and 2 with the idle one, 1.5 of 4
  assertClose(report.meanLogit, Math.log(.375 / .625), 1e-12);
});

Deno.test("findings C.3: the order of strategies does not matter, ties in sample included", () => {
  // few bars of few values: many equal Sharpe ratios
  const column = fc.array(fc.constantFrom(-.01, 0, 0, .01), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(fc.array(column, { minLength: 2, maxLength: 6 }), fc.nat(), (columns, turn) => {
      const turned = columns.map((_, j) => columns[(j + turn) % columns.length]!);
      const one = backtestOverfitting(columns, 4), other = backtestOverfitting(turned, 4);
      assert.equal(one === null, other === null);
      if (one !== null) {
        assert.equal(other!.probability, one.probability);
        assertClose(other!.meanLogit, one.meanLogit, 1e-12);
        assertClose(other!.meanOutside, one.meanOutside, 1e-12);
      }
    }),
    { seed: 7 },
  );
});

Deno.test("findings C.4: isConstant() compares values with their size, whatever that is", () => {
  assert.ok(isConstant([.1, .1 + 2e-17, .3 - .2]));
  assert.ok(isConstant([1e9, 1e9 * (1 + 1e-15)]) && isConstant([1e-9, 1e-9 * (1 + 1e-15)]));
  assert.ok(isConstant([0, 0, 0]) && isConstant([7]));
  assert.ok(!isConstant([0, 1e-300]) && !isConstant([.1, .1 + 1e-9]) && !isConstant([1, -1]));
  assert.ok(!isConstant([1, NaN]) && !isConstant([NaN, 1]));
  assert.throws(
    () => requireMovement([.1, .1], "the series", "a thing"),
    /as the series must move: all its 2 values/,
  );
});

// 0.1 has no exact mean: each of these gave .99, +-1, 15 bars or 3e15 when a variance was compared with 0.
for (
  const [name, still] of [["0.1", flat(.1)], [
    "0.1 but for rounding",
    flat(.1).map((x, i) => i % 3 ? x : x + 1.4e-17),
  ]] as const
) {
  Deno.test(`findings C.4: a series of ${name} never moves`, () => {
    const noise = moving[0]!;
    assert.equal(standardDeviation(still), 0);
    assert.deepEqual(shape(still), { skew: 0, kurtosis: 3 });
    assert.deepEqual([...autocovariances(still, 3)], [0, 0, 0, 0]);
    assert.throws(() => autocorrelations(still, 3), /the series must move/);
    assert.throws(() => ljungBox(still, 3), /must move/);
    assert.throws(() => robustLjungBox(still, 3), /must move/);
    assert.deepEqual(blockLengths(still), { stationary: 1, circular: 1 });
    assert.equal(returnBlockLength(still), 6);
    assert.throws(() => correlation(noise, still), /the second series must move/);
    assert.throws(() => correlation(still, noise), /the first series must move/);
    assert.throws(() => correlationMatrix([noise, still]), /series 1 must move/);
    assert.throws(() => effectiveTrials([still, noise]), /series 0 must move/);
    assert.throws(() => dieboldMariano(still, 1), /the difference of losses must move/);
    assert.throws(() => dieboldMariano(still, 6), /the difference of losses must move/);
    assert.equal(stationaryVariance(still, 5), 0);
    assert.deepEqual(neweyWest(still, 5).t, Infinity);
    assert.deepEqual([neweyWest(still, 5).se, neweyWest(still, 5).p], [0, 0]);
    assert.deepEqual([pairedTest(still).se, pairedTest(still).t, pairedTest(still).p], [0, Infinity, 0]);
    assert.equal(sharpe(still), Infinity);
    assert.equal(sharpeError(still), null);
    assert.equal(loSharpe(still, 6), null);
    assert.throws(() => trackRecord(still), /the returns must move/);
    const rule = { blockLength: 4, draws: 99, confidence: .95 };
    assert.deepEqual(
      meanBootstrap(still, rule, uniforms(1)),
      { mean: still[0], se: 0, t: Infinity, p: 2 / 100, lower: still[0], upper: still[0] },
    );
  });
}

Deno.test("findings C.4: a series of zeros never moves, and where that has a meaning it is given", () => {
  assert.deepEqual(dieboldMariano(flat(0), 6), { mean: 0, dm: 0, hln: 0, p: 1 }); // equal forecasts
  assert.deepEqual(neweyWest(flat(0), 5), { mean: 0, se: 0, t: 0, p: 1 });
  assert.deepEqual(
    meanBootstrap(flat(0), { blockLength: 1, draws: 99, confidence: .95 }, uniforms(1)),
    { mean: 0, se: 0, t: 0, p: 1, lower: 0, upper: 0 },
  );
  assert.equal(sharpe(flat(0)), 0);
  const record = trackRecord(flat(0));
  assert.equal(probabilisticSharpe(record, 0), .5);
  assert.ok(deflatedSharpe(record, 100, .001) < .5);
  assert.throws(() => deflatedSharpe(record, 100, NaN), /must be >= 0: current value is NaN/);
});
