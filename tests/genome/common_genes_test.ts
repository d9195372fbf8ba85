import assert from "node:assert/strict";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { type Role, ROLES } from "popagent/genome/role.ts";
import { type Desk, limitsOf, planOf, shadowReturns } from "popagent/agents/desk.ts";
import { decodeGenome, type Genome, seedLabel, settle } from "popagent/genome/genome.ts";
import { genesOf } from "popagent/genome/gene.ts";
import { geneSet, startGenome, type Variant } from "popagent/agents/variant.ts";
import { PARTNERS, pipelineWith, syntheticDesk } from "../agents/small_desk.ts";

/** What a role decides: an analyst or researcher through the plan, a trader by its plan, a risk agent by limits and account. */
function decisions(desk: Desk, role: Role, genome: Genome): readonly Float64Array[] {
  const pipeline = pipelineWith(role, genome, PARTNERS);
  if (role === "risk") return [limitsOf(desk, pipeline).values, shadowReturns(desk, pipeline)];
  return [planOf(desk, pipeline).values, shadowReturns(desk, pipeline)];
}

const equal = (a: Float64Array, b: Float64Array) =>
  a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

for (const role of ROLES) {
  Deno.test(`every gene of every ${role} variant can change a decision and an account`, () => {
    const desk = syntheticDesk();
    for (const variant of VARIANTS[role] as readonly Variant[]) {
      if (variant.byName) continue; // nobody answers here: what its shares change stands in tests/population
      const set = geneSet(variant);
      const start = startGenome(variant).coordinates;
      const genome = (coordinates: readonly number[]) => ({
        variant: variant.name,
        coordinates: settle(set, coordinates),
      });
      // From the declared genome, and from one that is bold in all genes: where one limit binds, another cannot.
      const bases = [start, start.map(() => 0.95)];
      genesOf(set).forEach((gene, i) => {
        const moved = bases.some((base) => {
          const before = decisions(desk, role, genome(base));
          return [0.05, 0.95, 0.5].some((x) => {
            const after = decisions(desk, role, genome(base.map((own, k) => k === i ? x : own)));
            return after.every((series, s) => !equal(series, before[s]!));
          });
        });
        assert.ok(moved, `${variant.name}: ${gene.name} changes nothing`);
      });
    }
  });
}

Deno.test("a change below the rounding changes neither label nor the values that are used", () => {
  for (const role of ROLES) {
    for (const variant of VARIANTS[role] as readonly Variant[]) {
      const set = geneSet(variant);
      const start = startGenome(variant);
      for (const by of [1e-6, -1e-6]) {
        const nudged = { ...start, coordinates: start.coordinates.map((x) => x === 0 ? 0 : x + by) };
        assert.equal(seedLabel(set, nudged), seedLabel(set, start), variant.name);
        assert.deepEqual(decodeGenome(set, nudged), decodeGenome(set, start), variant.name);
      }
    }
  }
});

Deno.test("a change above the rounding changes the label, whichever gene it is in", () => {
  for (const role of ROLES) {
    for (const variant of VARIANTS[role] as readonly Variant[]) {
      const set = geneSet(variant);
      const start = startGenome(variant);
      genesOf(set).forEach((gene, i) => {
        const coordinates = start.coordinates.map((x, k) => k === i ? (x < 0.5 ? x + 0.3 : x - 0.3) : x);
        const key = seedLabel(set, { ...start, coordinates });
        assert.notEqual(key, seedLabel(set, start), `${variant.name} ${gene.name}`);
      });
    }
  }
});
