/** Findings C.6: the tests that hold their size where the usual ones do not. Sizes: docs/TEST_SIZES.md. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { meanBootstrap } from "../../src/stats/mean_bootstrap.ts";
import { pairDifferences } from "../../src/stats/moments.ts";
import { neweyWestError } from "../../src/stats/newey_west.ts";
import { robustLjungBox } from "../../src/stats/robust_ljung_box.ts";
import { assertClose } from "../close_to.ts";
import { autoregression, normals, r12, uniforms } from "../golden_data.ts";

const x = [1.1, .85, 1.32, .64, 1.51, .97, 1.22, .78, 1.05, 1.4];
const y = [.92, .8, 1.1, .7, 1.2, .9, 1, .81, .95, 1.15];
const skewed = normals(50, 30).map((z) => Math.exp(z) - 1.2);

// Golden values: arch 8, IIDBootstrap.conf_int(method="studentized"), 200 000 resamples (tests/oracles/stats_twins.py).
Deno.test("findings C.6: meanBootstrap() gives the studentised intervals of arch", () => {
  const rule = { blockLength: 1, draws: 20_000, confidence: .95 };
  const pairs = meanBootstrap(pairDifferences(x, y), rule, uniforms(3));
  assertClose(pairs.lower, 0.03382949487038649, .003);
  assertClose(pairs.upper, 0.21666025694376356, .004);
  const found = meanBootstrap(skewed, rule, uniforms(3));
  assertClose(found.lower, 0.4052609002852736, .01);
  assertClose(found.upper, 2.114150085923364, .05); // far to the right: a t interval would end at 1.73
  assert.ok(found.p > 1 / 10_000 && found.p < .003, `${found.p}`);
});

/** A source of uniform numbers that makes circularBootstrap(1, .) draw the given rows. */
function drawing(rows: Iterable<number>, n: number): () => number {
  const source = rows[Symbol.iterator]();
  return () => (source.next().value! + .5) / n;
}

// By hand: 1, 2, 6 (mean 3, se sqrt(14) / 3, t 2.405). Of all 27 resamples t* is at most -t for the three of 1, 1, 2
// (-6.1), the three of 1, 2, 2 (-4.9), 1, 1, 1 and 2, 2, 2 (-Infinity); at least t for 6, 6, 6 alone: 2, 6, 6 has 1.5.
Deno.test("findings C.6: meanBootstrap() counts all 27 resamples of three values as by hand", () => {
  const all = Array.from({ length: 27 }, (_, k) => [Math.floor(k / 9), Math.floor(k / 3) % 3, k % 3]).flat();
  const rule = { blockLength: 1, draws: 27, confidence: .5 };
  const { t, se, p } = meanBootstrap([1, 2, 6], rule, drawing(all, 3));
  assertClose(se, Math.sqrt(14) / 3, 1e-15);
  assertClose(t, 9 / Math.sqrt(14), 1e-14);
  assertClose(p, 2 * (1 + 1) / 28, 1e-15);
  const mirrored = meanBootstrap([-1, -2, -6], rule, drawing(all, 3));
  assertClose(mirrored.p, 2 * (1 + 1) / 28, 1e-15);
  // shifted so that t is small: both tails hold many, and p is at most 1
  assert.equal(meanBootstrap([-2, -1, 3], rule, drawing(all, 3)).p, 1);
});

Deno.test("findings C.6: meanBootstrap() in blocks widens with memory and mirrors with the sign", () => {
  const rule = { blockLength: 8, draws: 999, confidence: .9 };
  const found = meanBootstrap(autoregression(), rule, uniforms(3));
  assertClose(found.se, neweyWestError(autoregression(), 7), 1e-15);
  const alone = meanBootstrap(autoregression(), { ...rule, blockLength: 1 }, uniforms(3));
  assert.ok(found.upper - found.lower > 1.3 * (alone.upper - alone.lower));
  const mirrored = meanBootstrap(autoregression().map((v) => -v), rule, uniforms(3));
  assert.equal(mirrored.p, found.p);
  assertClose(mirrored.lower, -found.upper, 1e-13);
  assert.throws(() => meanBootstrap([1, 2, 3], { ...rule, blockLength: 2 }, uniforms(3)), /number of blocks/);
  assert.throws(
    () => meanBootstrap([1, 2, 3], { ...rule, blockLength: 1, confidence: 1 }, uniforms(3)),
    /in \(0, 1\)/,
  );
});

Deno.test("findings C.6: the interval of meanBootstrap() excludes 0 where its p is below the level", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { minLength: 4, maxLength: 12 }),
      (values) => {
        const { p, lower, upper } = meanBootstrap(
          values,
          { blockLength: 1, draws: 199, confidence: .9 },
          uniforms(1),
        );
        if (p < .08) assert.ok(lower >= 0 || upper <= 0, `${p} ${lower} ${upper}`);
        if (p > .12) assert.ok(lower <= 0 && upper >= 0, `${p} ${lower} ${upper}`);
      },
    ),
    { seed: 7 },
  );
});

// Golden values: arch 8, VarianceRatio(robust=True) over 2 and 3 bars, solved for the first two autocorrelations.
Deno.test("findings C.6: robustLjungBox() has the robust variances of arch", () => {
  const { t, q } = robustLjungBox(autoregression(), 2);
  assertClose(t[0]!, 5.6149472177764395, 1e-10);
  assertClose(t[1]!, 3.028241323457652, 1e-10);
  assertClose(q, t[0]! ** 2 + t[1]! ** 2, 1e-12);
  const short = robustLjungBox(r12, 2).t;
  assertClose(short[0]!, -1.282707768450697, 1e-12);
  assertClose(short[1]!, -0.851509662178934, 1e-12);
  assert.throws(() => robustLjungBox(r12, 12), RangeError);
});
