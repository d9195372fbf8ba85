import assert from "node:assert/strict";
import { stationaryBootstrap } from "../../src/stats/bootstrap.ts";
import { neweyWestError } from "../../src/stats/newey_west.ts";
import { backtestOverfitting } from "../../src/stats/pbo.ts";
import { realityCheck } from "../../src/stats/reality_check.ts";
import { stepdown } from "../../src/stats/stepdown.ts";
import { superiorAbility } from "../../src/stats/superior_ability.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { normals, uniforms } from "../golden_data.ts";

function strategies(seed: number, edge: number): Float64Array[] {
  return Array.from(
    { length: 8 },
    (_, j) => normals(seed + j, 240).map((z) => .01 * z + (j === 3 ? edge : 0)),
  );
}
const differences = Array.from(
  { length: 6 },
  (_, j) => normals(200 + j, 250).map((z) => .0004 * (j - 2) + .01 * z),
);

// Golden values: an independent numpy program on the same numbers.
Deno.test("backtestOverfitting() matches numpy with an edge, with finer blocks and without an edge", () => {
  const edge = backtestOverfitting(strategies(100, .003), 8)!;
  assert.equal(edge.splits, 70);
  assert.equal(edge.probability, 0);
  assertClose(edge.meanLogit, 2.055822153874565, 1e-11);
  assertClose(edge.slope!, -0.9151111801874287, 1e-11);
  assertClose(edge.meanInside, 0.31837641736623706, 1e-12);
  assertClose(edge.meanOutside, 0.3137367714144389, 1e-12);
  assert.equal(edge.lossShare, 0);

  const finer = backtestOverfitting(strategies(100, .003), 16)!;
  assert.equal(finer.splits, 12870);
  assertClose(finer.probability, 0.011421911421911422, 1e-15);
  assertClose(finer.meanLogit, 1.884785113903346, 1e-10);
  assertClose(finer.slope!, -0.6283712153154847, 1e-10);

  const none = backtestOverfitting(strategies(300, 0), 8)!;
  assertClose(none.probability, 0.3, 1e-15);
  assertClose(none.meanLogit, 0.35015083970242333, 1e-11);
  assertClose(none.lossShare, 0.2571428571428571, 1e-15);
  assertClose(none.meanInside, 0.15910050814708987, 1e-12);
  assertClose(none.meanOutside, 0.03178873769586834, 1e-12);
});

Deno.test("backtestOverfitting() leaves out the oldest rows that do not fill a block", () => {
  const rows = strategies(100, .003);
  const padded = rows.map((column) => Float64Array.of(.5, -.5, .3, ...column));
  assert.deepEqual(backtestOverfitting(padded, 8), backtestOverfitting(rows, 8));
  assert.throws(() => backtestOverfitting(rows, 7), /even and <= 20: current value is 7/);
  assert.throws(() => backtestOverfitting([rows[0]!], 8), RangeError);
});

// Golden values: an independent numpy program, b = 10, on the same index streams (seeds 777 and 778).
Deno.test("realityCheck() and superiorAbility() match numpy", () => {
  const check = realityCheck(differences, 1000, stationaryBootstrap(10, uniforms(777)));
  assertClose(check.statistic, 0.02549991245705585, 1e-15);
  assert.equal(check.p, (1 + 12) / 1001); // 12 of 1000 draws reach the statistic
  const spa = superiorAbility(differences, 1000, 10, stationaryBootstrap(10, uniforms(777)));
  assertClose(spa.statistic, 2.6728195644038566, 1e-11);
  assert.deepEqual([spa.lower, spa.consistent, spa.upper], [7 / 1001, 12 / 1001, 18 / 1001]);
});

Deno.test("superiorAbility() leaves out a copy of the benchmark; with nothing superior its p is large", () => {
  const withCopy = [...differences, new Float64Array(250)];
  const stream = () => stationaryBootstrap(10, uniforms(777));
  assert.deepEqual(
    superiorAbility(withCopy, 200, 10, stream()),
    superiorAbility(differences, 200, 10, stream()),
  );
  const worse = differences.map((column) => column.map((d) => d - .005));
  assert.ok(superiorAbility(worse, 200, 10, stream()).consistent === 1);
});

Deno.test("stepdown() matches numpy's Romano-Wolf p-values", () => {
  const errors = differences.map((column) => neweyWestError(column, 4));
  const adjusted = stepdown(differences, errors, 999, stationaryBootstrap(10, uniforms(778)));
  assertAllClose(adjusted, [1, 0.864, 0.965, 0.023, 0.804, 0.045], 1e-12);
});

Deno.test("stepdown() never gives a weaker strategy the smaller p-value", () => {
  const pair = differences.slice(0, 2).map((column) => {
    const centre = column.reduce((sum, d) => sum + d) / 250;
    return column.map((d) => (d - centre) / .01 + .11);
  });
  // Both means are .11; the second is a hair less significant, and alone in its turn its p would be smaller.
  const [first, second] = stepdown(pair, [.065, .0651], 999, stationaryBootstrap(10, uniforms(5)));
  assert.ok(first! > 0.02 && second! >= first!, `${first} ${second}`);
});

Deno.test("stepdown() and superiorAbility() hold their level on noise, where picking the best does not", () => {
  let family = 0, spa = 0, naive = 0;
  const markets = 120;
  for (let m = 0; m < markets; m++) {
    const noise = Array.from({ length: 6 }, (_, j) => normals(9000 + 10 * m + j, 120).map((z) => .01 * z));
    const errors = noise.map((column) => neweyWestError(column, 4));
    if (Math.min(...stepdown(noise, errors, 199, stationaryBootstrap(2, uniforms(m)))) <= 0.05) family++;
    if (superiorAbility(noise, 199, 2, stationaryBootstrap(2, uniforms(m))).consistent <= 0.05) spa++;
    const best = Math.max(...noise.map((column, j) => column.reduce((a, b) => a + b) / 120 / errors[j]!));
    if (best > 1.645) naive++;
  }
  assert.ok(family <= 14 && spa <= 14, `${family} and ${spa} of ${markets} rejected`); // 6 expected, sd 2.4
  assert.ok(naive >= 20, `picking the best rejected ${naive}`); // 1 - .95^6 = 26 %
});
