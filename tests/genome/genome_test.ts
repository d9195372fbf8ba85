import assert from "node:assert/strict";
import fc from "fast-check";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { ROLES } from "popagent/genome/role.ts";
import { commonDistance } from "popagent/genome/distance.ts";
import {
  coordinateOf,
  decodeGenome,
  encodeGenome,
  type Genome,
  naturalValue,
  reflect,
  seedLabel,
  settle,
} from "popagent/genome/genome.ts";
import { type Gene, genesOf, weight } from "popagent/genome/gene.ts";
import { geneSet, startGenome, startValues, type Variant } from "popagent/agents/variant.ts";
import { assertClose } from "../close_to.ts";

const ALL: readonly Variant[] = ROLES.flatMap((role): readonly Variant[] => VARIANTS[role]);
const variant = fc.constantFrom(...ALL);
const unit = fc.double({ min: 0, max: 1, noNaN: true });

/** A variant and a settled genome of it. */
const genomeOf = variant.chain((one) => {
  const set = geneSet(one);
  const { length } = genesOf(set);
  return fc.array(unit, { minLength: length, maxLength: length })
    .map((xs): [Variant, Genome] => [one, { variant: one.name, coordinates: settle(set, xs) }]);
});

for (const one of ALL) {
  Deno.test(`${one.role} ${one.name}: the declared values survive encoding and use`, () => {
    const set = geneSet(one);
    const decoded = decodeGenome(set, startGenome(one));
    const start = startValues(one);
    const total = genesOf(set).filter((gene) => gene.scale === "weight")
      .reduce((sum, gene) => sum + start[gene.name]!, 0);
    for (const gene of genesOf(set)) {
      const declared = start[gene.name]! / (gene.scale === "weight" ? total : 1);
      assertClose(decoded[gene.name]!, declared, 5e-4 * declared + 1e-12, gene.name);
    }
    assert.deepEqual(Object.keys(start).sort(), genesOf(set).map((gene) => gene.name).sort());
  });
}

Deno.test("a coordinate and its natural value are each other's inverse", () => {
  fc.assert(
    fc.property(variant, unit, (one, x) => {
      for (const gene of genesOf(geneSet(one))) {
        const inside = Math.min(gene.max, Math.max(gene.min, naturalValue(gene, x)));
        assertClose(coordinateOf(gene, inside), x, 1e-12, gene.name);
      }
    }),
    { seed: 7 },
  );
});

// By hand: half-way on a log scale is the geometric mean of the bounds, on a linear one the arithmetic mean.
Deno.test("scales: log and integer genes are even in logarithms, linear ones in values", () => {
  const bounds = { name: "x", min: 1, max: 9 };
  assertClose(naturalValue({ ...bounds, scale: "log" }, .5), 3, 1e-12);
  assertClose(naturalValue({ ...bounds, scale: "integer" }, .5), 3, 1e-12);
  assertClose(naturalValue({ ...bounds, scale: "linear" }, .5), 5, 1e-12);
});

Deno.test("genes are stored exactly and rounded at use: integers to units, others to three digits", () => {
  const own: Gene[] = [{ name: "rows", scale: "integer", min: 1, max: 100 }, {
    name: "share",
    scale: "linear",
    min: 0,
    max: 1,
  }];
  const set = { common: [], own };
  const genome = { variant: "v", coordinates: [coordinateOf(own[0]!, 13.6), 0.123456] };
  assert.deepEqual(decodeGenome(set, genome), { rows: 14, share: 0.123 });
  assert.equal(genome.coordinates[1], 0.123456);
});

Deno.test("two genomes have one key if and only if they are used with the same values", () => {
  fc.assert(
    fc.property(genomeOf, fc.nat(), fc.constantFrom(0, 1e-9, 1e-4, 1e-2), ([one, genome], which, step) => {
      const set = geneSet(one);
      const at = which % genome.coordinates.length;
      const moved = { ...genome, coordinates: genome.coordinates.map((x, i) => i === at ? x + step : x) };
      const same = JSON.stringify(decodeGenome(set, genome)) === JSON.stringify(decodeGenome(set, moved));
      assert.equal(seedLabel(set, genome) === seedLabel(set, moved), same);
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("variants never share a key, even at equal values", () => {
  const set = geneSet(VARIANTS.trader[0]!);
  const { coordinates } = startGenome(VARIANTS.trader[0]!);
  const keys = VARIANTS.trader.map(({ name }) => seedLabel(set, { variant: name, coordinates }));
  assert.equal(new Set(keys).size, keys.length);
});

Deno.test("settle() keeps the bounds and the simplex, from wherever it starts", () => {
  const far = fc.double({ min: -3, max: 4, noNaN: true });
  fc.assert(
    fc.property(variant, fc.array(far, { minLength: 20, maxLength: 20 }), (one, xs) => {
      const genes = genesOf(geneSet(one));
      const settled = settle(geneSet(one), xs.slice(0, genes.length));
      assert.ok(settled.every((x) => x >= 0 && x <= 1));
      const weights = settled.filter((_, i) => genes[i]!.scale === "weight");
      if (weights.length > 0) assertClose(weights.reduce((sum, x) => sum + x, 0), 1, 1e-12);
    }),
    { seed: 7 },
  );
  const technical = geneSet(VARIANTS.analyst[0]!);
  const lost = genesOf(technical).map(() => 0);
  assert.deepEqual(settle(technical, lost).slice(5), [.25, .25, .25, .25]); // no weight left: all alike
});

Deno.test("reflect() folds at 0 and 1 by hand", () => {
  for (
    const [from, to] of [[.3, .3], [-.2, .2], [1.25, .75], [2.1, .1], [-1.4, .6], [1, 1], [0, 0]] as const
  ) {
    assertClose(reflect(from), to, 1e-15);
  }
});

Deno.test("the distance of two genomes is that of their common genes: own genes do not count", () => {
  const set = geneSet(VARIANTS.analyst[0]!); // five common genes, four weights
  const genome = (coordinates: number[]): Genome => ({ variant: "technical", coordinates });
  const a = genome([0, 0, 0, 0, 0, 1, 0, 0, 0]);
  assertClose(commonDistance(set, a, genome([.3, .4, 0, 0, 0, 0, 1, 0, 0])), .5 / Math.sqrt(5), 1e-15);
  assert.equal(commonDistance(set, a, genome([0, 0, 0, 0, 0, 0, 0, 1, 0])), 0);
  assert.equal(commonDistance(set, a, genome([1, 1, 1, 1, 1, 1, 0, 0, 0])), 1);
});

Deno.test("a value outside its gene's bounds, or a missing one, is refused", () => {
  const one = VARIANTS.trader[0]!;
  const set = geneSet(one);
  assert.throws(
    () => encodeGenome(one.name, set, { ...one.start, leverage: 11 }),
    /gene leverage as it must lie in 1\.\.10: current value is 11/,
  );
  assert.throws(() => encodeGenome(one.name, set, { ...one.start, leverage: NaN }), /leverage.*NaN/);
  const { leverage: _, ...rest } = one.start;
  assert.throws(() => encodeGenome(one.name, set, rest), /gene leverage must be given/);
});

Deno.test("weights of two groups are two simplexes: settling one leaves the other", () => {
  const set = {
    common: [],
    own: [weight("a", "readings"), weight("b", "readings"), weight("c", "methods"), weight("d", "methods")],
  };
  assert.deepEqual(settle(set, [0.375, 0.125, 0.5, 0.5]), [0.75, 0.25, 0.5, 0.5]);
  assert.deepEqual(settle(set, [0.5, 0.5, 0, 0]), [0.5, 0.5, 0.5, 0.5]);
});
