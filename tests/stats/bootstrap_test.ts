import assert from "node:assert/strict";
import { blockLengths, returnBlockLength } from "../../src/stats/block_length.ts";
import {
  circularBootstrap,
  percentileInterval,
  resample,
  sortedQuantile,
  stationaryBootstrap,
} from "../../src/stats/bootstrap.ts";
import { pairDifferences } from "../../src/stats/moments.ts";
import { stationaryVariance } from "../../src/stats/stationary_variance.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { autoregression, normals, twoStrategies, uniforms } from "../golden_data.ts";

// Golden stream: the same rule in Python on the same uniforms.
Deno.test("stationaryBootstrap() draws the golden index stream", () => {
  const rows = new Int32Array(20);
  stationaryBootstrap(5, uniforms(99))(rows);
  assert.deepEqual([...rows], [5, 6, 7, 8, 16, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
});

Deno.test("stationaryBootstrap() has blocks of the mean length asked for and uses every row alike", () => {
  const n = 200, draws = 400, rows = new Int32Array(n);
  const stream = stationaryBootstrap(8, uniforms(12));
  const used = new Float64Array(n);
  let breaks = 0;
  for (let draw = 0; draw < draws; draw++) {
    stream(rows);
    for (let i = 0; i < n; i++) {
      used[rows[i]!]! += 1;
      if (i > 0 && rows[i] !== (rows[i - 1]! + 1) % n) breaks++;
    }
  }
  assertClose((draws * (n - 1)) / breaks, 8, 0.25);
  assert.ok(Math.max(...used) < 1.35 * draws && Math.min(...used) > 0.65 * draws);
});

Deno.test("circularBootstrap() draws whole blocks round the circle", () => {
  const rows = new Int32Array(10);
  circularBootstrap(4, uniforms(1))(rows);
  for (let i = 0; i < 10; i++) if (i % 4 !== 0) assert.equal(rows[i], (rows[i - 1]! + 1) % 10);
  assert.throws(() => circularBootstrap(2.5, uniforms(1)), /block length must be an integer >= 1/);
});

Deno.test("the bootstrap variance of a mean is the one that Hansen's kernel gives", () => {
  const y = autoregression();
  const means = resample(200, 4000, stationaryBootstrap(10, uniforms(31)), (rows) => {
    let sum = 0;
    for (const row of rows) sum += y[row]!;
    return sum / 200;
  });
  const centre = means.reduce((a, b) => a + b) / means.length;
  const variance = means.reduce((a, b) => a + (b - centre) ** 2, 0) / means.length;
  assertClose((variance * 200) / stationaryVariance(y, 10), 1, 0.08); // 4 000 draws: 2.2 %
});

// numpy.quantile of 1, 2, 3, 4 at .1 and .9: 1.3 and 3.7
Deno.test("percentileInterval() interpolates as numpy does", () => {
  const { lower, upper } = percentileInterval([4, 2, 3, 1], 0.8);
  assertAllClose([lower, upper], [1.3, 3.7], 1e-12);
  assert.equal(sortedQuantile(Float64Array.of(5), 0.3), 5);
});

// Golden values: arch.bootstrap.optimal_block_length on the same numbers.
Deno.test("blockLengths() match arch", () => {
  const ar = blockLengths(autoregression());
  assertClose(ar.stationary, 6.069000492163479, 1e-10);
  assertClose(ar.circular, 6.947271301442715, 1e-10);
  const { a, b } = twoStrategies();
  const paired = blockLengths(pairDifferences(a, b));
  assertClose(paired.stationary, 1.5701430674050862, 1e-10);
  assertClose(paired.circular, 1.7973651321049784, 1e-10);
  assertClose(blockLengths(a.map(Math.abs)).stationary, 1.6769002782200837, 1e-10);
  assert.deepEqual(blockLengths(new Float64Array(50)), { stationary: 1, circular: 1 });
});

Deno.test("returnBlockLength() is at least a day and grows with volatility clustering", () => {
  assert.equal(returnBlockLength(twoStrategies().a), 6);
  const clustered = normals(3, 2000).map((z, i) => 0.01 * Math.exp(0.7 * Math.sin(i / 60)) * z);
  assert.ok(returnBlockLength(clustered) > 12);
});
