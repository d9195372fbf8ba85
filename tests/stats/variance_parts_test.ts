import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import { effectsOf } from "popagent/experiments/genealogy/role_effects.ts";
import { interactionVariance, shapleyVariance, varianceParts } from "popagent/stats/variance_parts.ts";
import { assertClose } from "../close_to.ts";

// By hand, two factors of two levels, values 0 0 0 1: mean 1/4, each main effect +-1/4, their interaction +-1/4.
Deno.test("varianceParts() matches the worked example", () => {
  const parts = varianceParts([0, 0, 0, 1], [2, 2]);
  assert.deepEqual(parts.map(({ factors, variance }) => [factors, variance]), [
    [[0], 1 / 16],
    [[1], 1 / 16],
    [[0, 1], 1 / 16],
  ]);
  assert.deepEqual([...parts[2]!.effect], [1 / 4, -1 / 4, -1 / 4, 1 / 4]);
  assert.equal(shapleyVariance(parts, 0), 3 / 32);
  assert.equal(interactionVariance(parts, 0, 1), 1 / 16);
  assert.throws(() => varianceParts([1, 2, 3], [2, 2]), RangeError);
});

// Three factors, values are the product of three signs: all variance is the triple's, 1; an index deals it out over 3 - 1.
Deno.test("varianceParts(): a product of three signs is an interaction of three and of no two", () => {
  const values = [0, 1, 2, 3, 4, 5, 6, 7].map((p) =>
    [p >> 2, p >> 1, p].reduce((x, b) => x * (b & 1 ? 1 : -1), 1)
  );
  const parts = varianceParts(values, [2, 2, 2]);
  assert.deepEqual(parts.map(({ variance }) => variance), [0, 0, 0, 0, 0, 0, 1]);
  assertClose(shapleyVariance(parts, 1), 1 / 3, 1e-15);
  assert.equal(interactionVariance(parts, 0, 2), 1 / 2);
});

Deno.test("varianceParts() add up to the variance, and agents that only add up have no interaction", () => {
  const random = rng("variance parts", 1);
  const values = Array.from({ length: 5 ** 4 }, () => random.normal());
  const mean = values.reduce((sum, x) => sum + x, 0) / 625;
  const parts = varianceParts(values, [5, 5, 5, 5]);
  const total = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 625;
  assertClose(parts.reduce((sum, { variance }) => sum + variance, 0), total, 1e-12);
  assertClose([0, 1, 2, 3].reduce((sum, i) => sum + shapleyVariance(parts, i), 0), total, 1e-12);
  const worth = [0, 1, 2, 3].map(() => Array.from({ length: 3 }, () => random.normal()));
  const added = Array.from(
    { length: 81 },
    (_, p) => worth.reduce((sum, own, i) => sum + own[Math.floor(p / 3 ** (3 - i)) % 3]!, 0),
  );
  const names = (role: string) => ["a", "b", "c"].map((name) => `${role} ${name}`);
  const effects = effectsOf(added, {
    analyst: names("analyst"),
    researcher: names("researcher"),
    trader: names("trader"),
    risk: names("risk"),
  });
  assert.ok(effects.pairs.every(({ share, index }) => Math.abs(share) < 1e-20 && Math.abs(index) < 1e-20));
  assertClose(Object.values(effects.roles).reduce((sum, { shapley }) => sum + shapley, 0), 1, 1e-12);
});
