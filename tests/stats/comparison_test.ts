import assert from "node:assert/strict";
import fc from "fast-check";
import { dieboldMariano } from "../../src/stats/diebold_mariano.ts";
import { mcnemarTest } from "../../src/stats/mcnemar.ts";
import { benjaminiHochberg, holm } from "../../src/stats/multiple_testing.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { normals } from "../golden_data.ts";

// Golden values: R forecast::dm.test on the same squared errors.
Deno.test("dieboldMariano() matches R one and six bars ahead", () => {
  const first = normals(31, 200);
  const second = normals(32, 200).map((z, i) => 1.1 * z + .1 * first[i]!);
  const differences = first.map((e, i) => e * e - second[i]! * second[i]!);
  const one = dieboldMariano(differences, 1);
  assertClose(one.mean, -0.22875548031334392, 1e-13);
  assertClose(one.dm, -1.4215964742724794, 1e-12);
  assertClose(one.hln, -1.4180380294567647, 1e-12);
  assertClose(one.p, 0.1577436772607378, 1e-13);
  const six = dieboldMariano(differences, 6);
  assertClose(six.dm, -1.2251462433447113, 1e-12);
  assertClose(six.hln, -1.1914507848009726, 1e-12);
  assertClose(six.p, 0.23489571843542412, 1e-13);
});

Deno.test("dieboldMariano() refuses a variance that is not positive", () => {
  assert.throws(() => dieboldMariano([1, -1, 1, -1, 1, -1, 1, -1], 2), /long-run variance must be > 0/);
});

// Golden values: statsmodels multipletests.
Deno.test("holm() and benjaminiHochberg() match statsmodels in any order", () => {
  const ps = [.001, .012, .02, .041, .2, .6];
  assertAllClose(holm(ps), [.006, .06, .08, .123, .4, .6], 1e-15);
  assertAllClose(benjaminiHochberg(ps), [.006, .036, .04, .0615, .24, .6], 1e-15);
  assertAllClose(holm([.6, .001, .02, .012, .2, .041]), [.6, .006, .08, .06, .4, .123], 1e-15);
  assertAllClose(
    benjaminiHochberg([.6, .001, .02, .012, .2, .041]),
    [.6, .006, .04, .036, .24, .0615],
    1e-15,
  );
  assert.throws(() => holm([NaN]), /in \[0, 1\]: current value is NaN/);
});

Deno.test("adjusted p-values are at least the plain ones, at most 1, and keep their order", () => {
  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(ps, (plain) => {
      const strict = holm(plain), loose = benjaminiHochberg(plain);
      for (let i = 0; i < plain.length; i++) {
        assert.ok(loose[i]! >= plain[i]! - 1e-15 && strict[i]! >= loose[i]! - 1e-15 && strict[i]! <= 1);
        for (let j = 0; j < plain.length; j++) if (plain[i]! < plain[j]!) assert.ok(strict[i]! <= strict[j]!);
      }
    }),
    { seed: 7 },
  );
});

// Reference: scipy.stats.binomtest.
Deno.test("mcnemarTest() is the exact binomial test", () => {
  assertClose(mcnemarTest(3, 12), 0.03515625, 1e-14);
  assertClose(mcnemarTest(900, 1100), 8.45708953550381e-06, 1e-12);
  assert.equal(mcnemarTest(5, 5), 1);
  assert.equal(mcnemarTest(0, 0), 1);
});
