import assert from "node:assert/strict";
import fc from "fast-check";
import { unnamedPlayers, VARIANTS } from "popagent/agents/catalogue.ts";
import { ROLES } from "popagent/genome/role.ts";
import { genesOf } from "popagent/genome/gene.ts";
import { geneSet, startGenome, type Variant } from "popagent/agents/variant.ts";
import { rng } from "popagent/core/rng.ts";
import { populationConfigSchema } from "popagent/population/config.ts";
import { declaredGenomes, startGenomes } from "popagent/population/members.ts";
import { jitter, mutate } from "popagent/population/mutation.ts";
import { assertClose } from "../close_to.ts";

const ALL: readonly Variant[] = ROLES.flatMap((role): readonly Variant[] => VARIANTS[role]);

Deno.test("mutation stays within the bounds and on the simplex, and never changes the variant", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ALL),
      fc.nat(),
      fc.double({ min: 0, max: 3, noNaN: true }),
      (one, seed, sd) => {
        const set = geneSet(one);
        const { variant, coordinates } = mutate(startGenome(one), set, 1, sd, rng("test", seed));
        assert.equal(variant, one.name);
        assert.ok(coordinates.every((x) => x >= 0 && x <= 1));
        const weights = coordinates.filter((_, i) => genesOf(set)[i]!.scale === "weight");
        if (weights.length > 0) assertClose(weights.reduce((sum, x) => sum + x, 0), 1, 1e-12);
      },
    ),
    { seed: 7 },
  );
});

Deno.test("rate 0 and sd 0 keep every bit, weights included", () => {
  for (const one of ALL) {
    const set = geneSet(one);
    const genome = mutate(startGenome(one), set, 1, .3, rng("start", one.name));
    assert.deepEqual(mutate(genome, set, 0, .2, rng("test", 1)), genome);
    assert.deepEqual(mutate(genome, set, 1, 0, rng("test", 1)), genome);
  }
});

Deno.test("a gene moves with its probability, by its sd", () => {
  const one = VARIANTS.trader[0]!;
  const set = geneSet(one);
  const middle = { variant: one.name, coordinates: genesOf(set).map(() => .5) };
  const moves: number[] = [];
  const genes = 7 * 2000;
  for (let i = 0; i < 2000; i++) {
    mutate(middle, set, .5, .1, rng("moves", i)).coordinates.forEach((x) => x !== .5 && moves.push(x - .5));
  }
  assertClose(moves.length / genes, .5, 4 * .5 / Math.sqrt(genes)); // four standard errors
  const sd = Math.sqrt(moves.reduce((sum, x) => sum + x * x, 0) / moves.length);
  assertClose(sd, .1, 4 * .1 / Math.sqrt(2 * moves.length));
  assertClose(moves.reduce((sum, x) => sum + x, 0) / moves.length, 0, 4 * .1 / Math.sqrt(moves.length));
});

// N(0, .2^2) at a bound: clipping would leave half of all moves exactly on it, reflection none.
Deno.test("moves are reflected at the bounds, not clipped", () => {
  const one = VARIANTS.trader[0]!;
  const set = geneSet(one);
  const edge = { variant: one.name, coordinates: genesOf(set).map(() => 1) };
  for (let i = 0; i < 200; i++) {
    assert.ok(mutate(edge, set, 1, .2, rng("edge", i)).coordinates.every((x) => x > 0 && x < 1));
  }
});

Deno.test("a gene's draw does not depend on the rate: arms with other rates move the same genes alike", () => {
  const one = VARIANTS.trader[0]!;
  const set = geneSet(one);
  const genome = startGenome(one);
  const half = mutate(genome, set, .5, .1, rng("same", 1)).coordinates;
  const all = mutate(genome, set, 1, .1, rng("same", 1)).coordinates;
  const moved = half.flatMap((x, i) => x === genome.coordinates[i] ? [] : [i]);
  assert.ok(moved.length > 0 && moved.length < half.length);
  for (const i of moved) assert.equal(half[i], all[i]);
});

Deno.test("start genomes are the declared ones with the seed's jitter; without it they are the declared ones", () => {
  const config = populationConfigSchema.parse({});
  const declared = declaredGenomes(5);
  assert.deepEqual(startGenomes({ ...config, startJitter: 0 }, 1), declared);
  assert.deepEqual(startGenomes(config, 1), startGenomes(config, 1));
  assert.notDeepEqual(startGenomes(config, 1), startGenomes(config, 2));
  const [analyst] = startGenomes(config, 1).analyst;
  const set = geneSet(VARIANTS.analyst[0]!);
  assert.deepEqual(analyst, jitter(declared.analyst[0]!, set, .05, rng("jitter", 1, "analyst", 0)));
});

Deno.test("who is in a population: all variants for 5, a draw of them for 3, all and four more for 9, one if homogeneous", () => {
  const config = populationConfigSchema.parse({});
  const names = (change: Partial<typeof config>) =>
    startGenomes({ ...config, ...change }, 1).trader.map(({ variant }) => variant);
  const declared = unnamedPlayers("trader").map(({ name }) => name);
  assert.deepEqual(names({}), declared);
  assert.equal(new Set(names({ size: 3 })).size, 3);
  assert.deepEqual(names({ size: 9 }).slice(0, 5), declared);
  assert.equal(new Set(names({ size: 9 }).slice(5)).size, 4);
  assert.equal(new Set(names({ variants: "homogeneous" })).size, 1);
  const copies = startGenomes({ ...config, variants: "homogeneous" }, 1).trader;
  assert.equal(new Set(copies.map(({ coordinates }) => String(coordinates))).size, 5); // each with its own jitter
});
