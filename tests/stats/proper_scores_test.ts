import assert from "node:assert/strict";
import fc from "fast-check";
import {
  crpsEnsemble,
  crpsEnsembleFair,
  crpsNormal,
  crpsStudent,
  intervalScore,
  pinballLoss,
} from "../../src/stats/proper_scores.ts";
import { normalInverse } from "../../src/stats/normal.ts";
import { assertClose } from "../close_to.ts";

// Golden values: numerical integration in scipy, and the closed forms in numpy.
Deno.test("continuous ranked probability scores match scipy", () => {
  assertClose(crpsNormal(0, 1, 0), 0.23369497725510913, 1e-15);
  assertClose(crpsNormal(0, 1, 0.3), 0.2693329006866635, 1e-15);
  assertClose(crpsNormal(0.001, 0.011, -0.02), 0.015031426302113902, 1e-16);
  assertClose(crpsStudent(0, 1, 5, 0.5), 0.34964534724615465, 1e-14);
  assertClose(crpsStudent(0.1, 2, 5, 1.1), 2 * 0.34964534724615465, 1e-14); // scale and location
  assertClose(crpsStudent(0, 1, 5000, 0.3), crpsNormal(0, 1, 0.3), 1e-4);
  const members = [-0.02, -0.005, 0.001, 0.004, 0.015];
  assertClose(crpsEnsemble(members, 0.01), 0.00668, 1e-16);
  assertClose(crpsEnsembleFair(members, 0.01), 0.0051, 1e-16);
});

Deno.test("crpsEnsemble() equals the sum over all pairs and is the absolute error of a single member", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 12 }),
      (xs) => {
        const spread = xs.reduce((sum, a) => sum + xs.reduce((s, b) => s + Math.abs(a - b), 0), 0);
        const error = xs.reduce((sum, a) => sum + Math.abs(a - 0.7), 0) / xs.length;
        assertClose(crpsEnsemble(xs, 0.7), error - spread / (2 * xs.length ** 2), 1e-12);
      },
    ),
    { seed: 7 },
  );
  assertClose(crpsEnsemble([2], 5), 3, 0);
});

Deno.test("pinballLoss() and intervalScore() match the worked values", () => {
  assertClose(pinballLoss(0.1, -0.01, -0.02), 0.009, 1e-17);
  assertClose(pinballLoss(0.1, -0.01, 0.005), 0.0015, 1e-17);
  assertClose(pinballLoss(0.9, 0.012, 0.02), 0.0072, 1e-17);
  assertClose(intervalScore(-0.02, 0.02, 0.2, 0), 0.04, 1e-17);
  assertClose(intervalScore(-0.02, 0.02, 0.2, 0.035), 0.19, 1e-16);
  assertClose(intervalScore(-0.02, 0.02, 0.2, -0.035), 0.19, 1e-16);
});

Deno.test("twice the mean pinball loss over many levels is the CRPS", () => {
  let sum = 0;
  const levels = 20000;
  for (let k = 0; k < levels; k++) {
    const level = (k + 0.5) / levels;
    sum += pinballLoss(level, normalInverse(level), 0.3);
  }
  assertClose((2 * sum) / levels, crpsNormal(0, 1, 0.3), 1e-6);
});

Deno.test("findings C.5: closed forms refuse a forecast without width", () => {
  assert.throws(() => crpsNormal(0, 0, 0), /sd must be > 0: current value is 0/);
  assert.throws(() => crpsNormal(0, NaN, 0), /sd must be > 0: current value is NaN/);
  assert.throws(() => crpsStudent(0, -1, 5, 0), /scale must be > 0/);
});
