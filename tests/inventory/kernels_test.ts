/** Straight lines and loops are the same sums: the same bits, for every size and in every method. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Kernels, kernelsOf } from "popagent/inventory/researcher/models/kernels.ts";
import { normals } from "../golden_data.ts";
import { declared, forecastSeries, simulate } from "./forecast_task.ts";

/** Everything that the kernels of one size leave on one drawn problem. */
function traces({ size, ...kernels }: Kernels, seed: number): Record<string, readonly number[]> {
  const n = 23, rows = normals(seed, n * size), coins = [1, 2, 3].map((c) => normals(seed + c, n * size));
  const gram = new Float64Array(size * size), penalty = new Float64Array(size).fill(0.1);
  const cross = new Float64Array(size), l = new Float64Array(size * size);
  for (let t = 0; t < n; t++) {
    kernels.addRows(gram, rows.subarray(t * size), 1);
    kernels.addScaled(cross, rows, t * (size - 1), rows[t]!, 0.98);
  }
  const lower = (matrix: Float64Array) => [...matrix].filter((_, i) => i % size <= Math.floor(i / size));
  const found = kernels.factor(gram, penalty, l), one = cross.slice();
  const three = [cross.slice(), rows.slice(0, size), coins[0]!.slice(0, size)];
  const norms = new Float64Array(3), block = new Float64Array(size * size);
  kernels.solve(l, one);
  kernels.norms(l, coins, size - 1, norms);
  const said = coins.map(() => new Float64Array(n)), products = new Float64Array(3);
  kernels.predict(one, coins, size - 1, said, 4);
  kernels.products(three, rows, 2, products);
  kernels.addRows(block, rows, n);
  kernels.addRows(block, coins[1]!, n);
  const refused = kernels.factor(gram, penalty.map(() => -1e6), new Float64Array(size * size));
  return {
    gram: lower(gram),
    cross: [...cross],
    factor: [Number(found), Number(refused), ...lower(l)],
    solved: [...one],
    norms: [...norms],
    said: [...said.flatMap((series) => [...series]), ...products],
    block: lower(block),
  };
}

Deno.test("findings H.2: straight-line sums and looped ones leave the same bits", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 1e6 }), (size, seed) => {
      assert.deepEqual(traces(kernelsOf(size), seed), traces(kernelsOf(size, false), seed));
    }),
    { numRuns: 60 },
  );
});

Deno.test("kernelsOf() makes a size once, and loops where a straight line would be too long", () => {
  assert.equal(kernelsOf(7), kernelsOf(7));
  assert.notEqual(kernelsOf(7), kernelsOf(7, false));
  assert.equal(kernelsOf(40), kernelsOf(40, false));
});

for (const [name, method] of Object.entries(declared)) {
  Deno.test(`findings H.2: ${name} forecasts the same bits with straight lines and with loops`, () => {
    const task = simulate({ rows: 420, width: 6, coins: 3, edge: 0.1 });
    const series = (straightLine: boolean) =>
      forecastSeries(method({ ...task, straightLine })).map(({ values }) => [...values]);
    assert.deepEqual(series(true), series(false));
  });
}
