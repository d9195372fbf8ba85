import { agentOf } from "../agents/agent.ts";
import { geneSet } from "../agents/variant.ts";
import { type Rng, rng } from "../core/rng.ts";
import { type Gene, genesOf } from "../genome/gene.ts";
import { coordinateOf, type Genome, naturalValue, settle } from "../genome/genome.ts";
import { byRole, type Role } from "../genome/role.ts";
import { createChanges } from "./changes.ts";
import type { Learning } from "./learning.ts";
import { argminLast } from "./ranking_ends.ts";

/**
 * Population Based Training (Jaderberg et al. 2017): in each role the worst agent copies all genes of the
 * best, then each gene is multiplied by 1.2 or 0.8 in natural units and clipped. Needs one variant per role.
 */
export const pbt: Learning = ({ config, genomes, ranking, seed, k }) => {
  const changes = createChanges();
  const next = byRole((role) => {
    const { best, score } = ranking[role];
    const worst = argminLast(score);
    const teacher = genomes[role][best]!;
    const student = genomes[role][worst]!;
    if (config.frozen.includes(role) || worst === best || teacher.variant !== student.variant) {
      return genomes[role];
    }
    const explored = explore(role, teacher, rng("pbt", seed, k, role));
    const lesson = { teacher: best, student: worst, own: student, genome: teacher };
    changes.taught(role, "pbt", { ...lesson, tau: 1, outputDistance: null }, null);
    changes.mutated(role, worst, teacher, explored, { cause: "explore", tries: 0, scores: null });
    return genomes[role].map((genome, i) => i === worst ? explored : genome);
  });
  return { genomes: next, ...changes.all() };
};

/** Every gene times 1.2 or 0.8 in natural units. */
function explore(role: Role, genome: Genome, random: Rng): Genome {
  const set = geneSet(agentOf(role, genome).variant);
  const coordinates = genesOf(set).map((gene, i) =>
    perturbed(gene, genome.coordinates[i]!, random.uniform() < 0.5)
  );
  return { variant: genome.variant, coordinates: settle(set, coordinates) };
}

function perturbed(gene: Gene, coordinate: number, up: boolean): number {
  const value = naturalValue(gene, coordinate) * (up ? 1.2 : 0.8);
  return coordinateOf(gene, Math.min(gene.max, Math.max(gene.min, value)));
}
