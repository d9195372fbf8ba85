/** Findings C.1 and C.2: a NaN is not "most significant", and a p-value of resampling is never 0. */
import assert from "node:assert/strict";
import { interquartileMean } from "../../src/stats/aggregate.ts";
import { percentileInterval, stationaryBootstrap } from "../../src/stats/bootstrap.ts";
import { dieboldMariano } from "../../src/stats/diebold_mariano.ts";
import { eceNull } from "../../src/stats/ece_null.ts";
import { exceedanceCount } from "../../src/stats/exceedance.ts";
import { sharpeDifferenceBootstrap, sharpeDifferenceTest } from "../../src/stats/ledoit_wolf.ts";
import { meanBootstrap } from "../../src/stats/mean_bootstrap.ts";
import { neweyWest } from "../../src/stats/newey_west.ts";
import { a12, equivalenceTest, pairedTest } from "../../src/stats/paired.ts";
import { midRanks } from "../../src/stats/ranks.ts";
import { realityCheck } from "../../src/stats/reality_check.ts";
import { robustLjungBox } from "../../src/stats/robust_ljung_box.ts";
import { signFlipDraws, signFlipTest } from "../../src/stats/sign_flip.ts";
import { stepdown } from "../../src/stats/stepdown.ts";
import { superiorAbility } from "../../src/stats/superior_ability.ts";
import { historicalTail } from "../../src/stats/value_at_risk.ts";
import { signedRankTest } from "../../src/stats/wilcoxon.ts";
import { ljungBox } from "../../src/stats/ljung_box.ts";
import { assertClose } from "../close_to.ts";
import { c12, normals, twoStrategies, uniforms } from "../golden_data.ts";

const { a, b } = twoStrategies();
const zeros = new Float64Array(500);

/** A copy of a series with one NaN at place 17, or at the last place of a shorter one. */
function broken(values: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(values);
  out[Math.min(17, out.length - 1)] = NaN;
  return out;
}

Deno.test("findings C.1: a strategy against itself, at any stake, has p 1", () => {
  for (const stake of [1, 2, 3, .1, 1e-6]) {
    const same = a.map((r) => stake * r);
    assert.deepEqual(sharpeDifferenceBootstrap(a, same, 6, 199, uniforms(3)), { difference: 0, se: 0, p: 1 });
    assert.deepEqual(sharpeDifferenceTest(a, same), { difference: 0, se: 0, p: 1 });
  }
});

Deno.test("findings C.1: a strategy that never moves is refused, whichever of the two it is", () => {
  assert.throws(
    () => sharpeDifferenceBootstrap(a, zeros, 6, 199, uniforms(3)),
    /as the second series of returns must move: all its 500 values are 0/,
  );
  assert.throws(
    () => sharpeDifferenceTest(new Float64Array(500).fill(.1), b),
    /the first series of returns must move/,
  );
});

// By hand: of ten blocks of 6 from a circle of 60 each misses three bars in a row with probability 52 / 60. No other
// resample reaches a difference of ten standard errors.
Deno.test("findings C.1: a resample in which a strategy never moves counts as extreme", () => {
  const rare = new Float64Array(60);
  rare.set([.01, -.02, .03], 10);
  const steady = normals(5, 60).map((z) => .05 + .01 * z);
  assertClose(sharpeDifferenceBootstrap(rare, steady, 6, 999, uniforms(2)).p, (52 / 60) ** 10, .04);
});

Deno.test("findings C.1: a strategy that gains or loses the same amount has a constant second moment, no NaN", () => {
  const uniform = uniforms(4), coin = Float64Array.from({ length: 60 }, () => uniform() < .5 ? -.01 : .01);
  const { difference, se, p } = sharpeDifferenceTest(coin, normals(5, 60));
  assert.ok([difference, se, p].every(Number.isFinite) && se > 0, `${difference} ${se} ${p}`);
});

const stream = () => stationaryBootstrap(5, uniforms(7));
const columns = [normals(1, 60), normals(2, 60)];
const withNaN = [columns[0]!, broken(columns[1]!)];

/** Every test that takes series, each given one NaN. */
const refusals: Readonly<Record<string, () => unknown>> = {
  sharpeDifferenceTest: () => sharpeDifferenceTest(broken(a), b),
  sharpeDifferenceBootstrap: () => sharpeDifferenceBootstrap(a, broken(b), 6, 19, uniforms(3)),
  pairedTest: () => pairedTest(broken(columns[0]!)),
  equivalenceTest: () => equivalenceTest(broken(columns[0]!), 1),
  a12: () => a12(columns[0]!, broken(columns[1]!)),
  signFlipTest: () => signFlipTest(broken(columns[0]!.subarray(0, 20))),
  signFlipDraws: () => signFlipDraws(broken(columns[0]!), 99, uniforms(3)),
  signedRankTest: () => signedRankTest(broken(columns[0]!)),
  realityCheck: () => realityCheck(withNaN, 99, stream()),
  superiorAbility: () => superiorAbility(withNaN, 99, 5, stream()),
  stepdown: () => stepdown(withNaN, [1, 1], 99, stream()),
  dieboldMariano: () => dieboldMariano(broken(columns[0]!), 2),
  neweyWest: () => neweyWest(broken(columns[0]!), 2),
  ljungBox: () => ljungBox(broken(columns[0]!), 2),
  robustLjungBox: () => robustLjungBox(broken(columns[0]!), 2),
  meanBootstrap: () =>
    meanBootstrap(broken(columns[0]!), { blockLength: 1, draws: 99, confidence: .95 }, uniforms(3)),
  interquartileMean: () => interquartileMean([[1, 2], [3, NaN]]),
  midRanks: () => midRanks(broken(columns[0]!)),
  historicalTail: () => historicalTail(broken(columns[0]!), .05),
  percentileInterval: () => percentileInterval(broken(columns[0]!), .9),
};

for (const [name, call] of Object.entries(refusals)) {
  Deno.test(`findings C.1: ${name}() refuses a NaN and says where it is`, () => {
    assert.throws(call, (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, /must be a finite number: current value at (17|1) is NaN/);
      return true;
    });
  });
}

Deno.test("findings C.1: eceNull() refuses a NaN among forecasts or outcomes, and a forecast beyond [0, 1]", () => {
  const { probabilities, outcomes } = c12;
  assert.throws(
    () => eceNull(broken(probabilities), outcomes, 5, 99, uniforms(1)),
    /in \[0, 1\]: current value at 11 is NaN/,
  );
  assert.throws(
    () => eceNull(probabilities, broken(outcomes), 5, 99, uniforms(1)),
    /0 or 1: current value at 11 is NaN/,
  );
  assert.throws(() => eceNull(probabilities.map((p) => 2 * p), outcomes, 5, 99, uniforms(1)), /in \[0, 1\]/);
});

Deno.test("findings C.1: stepdown() refuses an error that is NaN or negative", () => {
  assert.throws(
    () => stepdown(columns, [1, NaN], 9, stream()),
    /must be >= 0: current value of strategy 1 is NaN/,
  );
  assert.throws(
    () => stepdown(columns, [-1, 1], 9, stream()),
    /must be >= 0: current value of strategy 0 is -1/,
  );
});

Deno.test("findings C.1: exceedanceCount() refuses NaN, counts ties but for rounding, and knows infinity", () => {
  assert.throws(
    () => exceedanceCount(NaN, "a test"),
    /draws of a test as the observed statistic must be a number/,
  );
  assert.throws(() => exceedanceCount(1, "a test").add(NaN), /the statistic of draw 0 must be a number/);
  const ties = exceedanceCount(.3, "a test");
  ties.add(.1 + .2); // .30000000000000004
  ties.add(.3 - 5e-14);
  ties.add(.3 - 1e-9);
  ties.add(-Infinity);
  assert.equal(ties.p(), 3 / 5);
  const infinite = exceedanceCount(Infinity, "a test");
  infinite.add(1e300);
  infinite.add(Infinity);
  assert.equal(infinite.p(), 2 / 3);
});

Deno.test("findings C.2: no p-value of resampling is 0: B draws show 1 / (1 + B) at most", () => {
  const sure = columns.map((column) => column.map((z) => 5 + .1 * z));
  assert.equal(realityCheck(sure, 99, stream()).p, 1 / 100);
  const { lower, consistent, upper } = superiorAbility(sure, 99, 5, stream());
  assert.deepEqual([lower, consistent, upper], [1 / 100, 1 / 100, 1 / 100]);
  assert.deepEqual([...stepdown(sure, [.01, .01], 99, stream())], [1 / 100, 1 / 100]);
  assert.equal(signFlipDraws(sure[0]!, 99, uniforms(1)), 1 / 100);
  assert.equal(
    meanBootstrap(sure[0]!, { blockLength: 1, draws: 99, confidence: .95 }, uniforms(1)).p,
    2 / 100, // two tails
  );
});

Deno.test("findings C.2: superiorAbility() drops a copy of the benchmark (all 0), never a constant winner", () => {
  const constant = (value: number) => new Float64Array(60).fill(value);
  const noise = columns.map((column) => column.map((z) => .01 * z));
  const winner = superiorAbility([...noise, constant(.1)], 199, 5, stream());
  assert.deepEqual(winner, { statistic: Infinity, lower: 1 / 200, consistent: 1 / 200, upper: 1 / 200 });
  assert.deepEqual(superiorAbility([constant(.1)], 199, 5, stream()), winner);
  const plain = superiorAbility(noise, 199, 5, stream());
  assert.deepEqual(superiorAbility([...noise, constant(0)], 199, 5, stream()), plain);
  assert.deepEqual(superiorAbility([...noise, constant(-.1)], 199, 5, stream()), plain); // a sure loser changes nothing
  assert.deepEqual(superiorAbility([constant(0)], 199, 5, stream()), {
    statistic: 0,
    lower: 1,
    consistent: 1,
    upper: 1,
  });
});

Deno.test("findings C.2: realityCheck() and stepdown() keep a constant winner too, a constant 0 shows nothing", () => {
  const winner = new Float64Array(60).fill(.1), flat = new Float64Array(60);
  assert.equal(realityCheck([columns[0]!.map((z) => .01 * z), winner], 199, stream()).p, 1 / 200);
  assert.equal(realityCheck([flat], 199, stream()).p, 1);
  assert.deepEqual([...stepdown([winner, flat, winner], [0, 0, 0], 199, stream())], [1 / 200, 1, 1 / 200]);
  const many = Array.from(
    { length: 24 },
    (_, k) => [winner, columns[0]!, flat, winner.map((d) => -d)][k * 7 % 4]!,
  );
  const errors = many.map((column) => column === columns[0] ? .13 : 0);
  many.forEach((column, k) => {
    const p = stepdown(many, errors, 199, stream())[k]!;
    if (column === winner) assert.equal(p, 1 / 200);
    else assert.ok(p > 1 / 200);
  });
});
