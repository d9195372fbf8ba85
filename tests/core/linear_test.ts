import assert from "node:assert/strict";
import fc from "fast-check";
import { factorCholesky, solveCholesky, solveFactored } from "../../src/core/linear.ts";
import { assertAllClose, assertClose } from "../close_to.ts";

// By hand: [[4, 2], [2, 5]] = L L' with L = [[2, 0], [1, 2]]; A x = (8, 10) gives x = (1.25, 1.5).
Deno.test("Cholesky factor and solution match the worked example", () => {
  const a = Float64Array.of(4, 2, 2, 5);
  assert.equal(factorCholesky(a, 2), true);
  assert.deepEqual([a[0], a[2], a[3]], [2, 1, 2]);
  const b = Float64Array.of(8, 10);
  solveFactored(a, b);
  assertAllClose(b, [1.25, 1.5], 1e-15);
});

Deno.test("solveCholesky() solves A x = b for A = M M' + I", () => {
  const size = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(
      size,
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 42, maxLength: 42 }),
      (d, m) => {
        const a = new Float64Array(d * d);
        for (let i = 0; i < d; i++) {
          for (let j = 0; j < d; j++) {
            a[i * d + j] = i === j ? 1 : 0;
            for (let k = 0; k < d; k++) a[i * d + j]! += m[i * d + k]! * m[j * d + k]!;
          }
        }
        const b = Float64Array.from(m.slice(36, 36 + d));
        const x = b.slice();
        assert.equal(solveCholesky(a.slice(), x), true);
        for (let i = 0; i < d; i++) {
          let sum = 0;
          for (let k = 0; k < d; k++) sum += a[i * d + k]! * x[k]!;
          assertClose(sum, b[i]!, 1e-10);
        }
      },
    ),
    { seed: 7 },
  );
});

Deno.test("a matrix that is not positive definite is refused", () => {
  assert.equal(solveCholesky(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1)), false);
  assert.equal(solveCholesky(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1)), false); // singular
  assert.equal(solveCholesky(Float64Array.of(NaN), Float64Array.of(1)), false);
});
