import { commonDistance } from "../genome/distance.ts";
import type { Genome } from "../genome/genome.ts";
import type { Agent } from "../agents/agent.ts";
import type { Role } from "../genome/role.ts";
import { kindOf } from "../agents/kin.ts";
import { geneSet, type Variant } from "../agents/variant.ts";
import { onceBy } from "../core/once.ts";
import { jensenShannon } from "../stats/jensen_shannon.ts";
import { vendiScore } from "../stats/vendi.ts";
import type { DiversityReading } from "../events/iteration.ts";
import { channelScales, outputDistance } from "./reference_states.ts";
import type { Outputs } from "../agents/outputs.ts";
import { ROLE_RECORDS } from "../agents/roles.ts";

/** Length scale of the similarity exp(-d^2 / (2 l^2)) behind the effective number of agents. */
const SIMILARITY_SCALE = 0.2;

/** Effective number of agents below which a role has collapsed: less than one and a half agents' worth. */
export const COLLAPSE_BELOW = 1.5;

/** Mean of f over all pairs i < j that count. */
function meanOverPairs(
  count: number,
  f: (i: number, j: number) => number,
  counts: (i: number, j: number) => boolean = () => true,
): number {
  let sum = 0, pairs = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (!counts(i, j)) continue;
      sum += f(i, j);
      pairs++;
    }
  }
  return pairs > 0 ? sum / pairs : 0;
}

/** True for two agents that have common genes with each other: between others there is no distance. */
function areKin(agents: readonly Agent[]): (i: number, j: number) => boolean {
  const kinds = agents.map(({ variant }) => kindOf(variant));
  return (i, j) => kinds[i] === kinds[j];
}

/**
 * Mean pairwise distance in common genes, over pairs that have any: absolute, so shrinking every difference shrinks it.
 * In [0, 1].
 */
export function parameterDiversity(agents: readonly Agent[], genomes: readonly Genome[]): number {
  const distance = distances(agents, genomes);
  return meanOverPairs(genomes.length, distance, areKin(agents));
}

/** Mean distance of each agent to the others of its role in common genes; 0 of one that has none with any other. */
export function novelties(agents: readonly Agent[], genomes: readonly Genome[]): number[] {
  const distance = distances(agents, genomes), kin = areKin(agents);
  return genomes.map((_, i) => {
    const others = genomes.flatMap((_, j) => j !== i && kin(i, j) ? [j] : []);
    return others.length === 0 ? 0 : others.reduce((sum, j) => sum + distance(i, j), 0) / others.length;
  });
}

/** Distance of two agents, by index; of kin only. */
function distances(agents: readonly Agent[], genomes: readonly Genome[]): (i: number, j: number) => number {
  const setOf = onceBy((variant: Variant) => geneSet(variant));
  return (i, j) => commonDistance(setOf(agents[i]!.variant), genomes[i]!, genomes[j]!);
}

/** All diversity measures of one role, from genomes and from outputs on the reference states. */
export function measureDiversity(
  role: Role,
  agents: readonly Agent[],
  genomes: readonly Genome[],
  outputs: readonly Outputs[],
): DiversityReading {
  const scales = channelScales(outputs);
  const distance = distances(agents, genomes), kin = areKin(agents);
  const decisions = outputs.map((one) => decisionsOf(role, one));
  const kernel = Float64Array.from(
    genomes.flatMap((_, i) =>
      genomes.map((_, j) => kin(i, j) ? Math.exp(-(distance(i, j) ** 2) / (2 * SIMILARITY_SCALE ** 2)) : 0)
    ),
  );
  return {
    parameter: parameterDiversity(agents, genomes),
    behaviour: meanOverPairs(outputs.length, (i, j) => outputDistance(outputs[i]!, outputs[j]!, scales)),
    output: meanOverPairs(outputs.length, (i, j) => decisionDivergence(decisions[i]!, decisions[j]!)),
    effective: vendiScore(kernel, genomes.length),
  };
}

/** An agent's decision in every reference state. */
function decisionsOf(role: Role, { states, channels, values }: Outputs): number[][] {
  const { decision } = ROLE_RECORDS[role];
  return Array.from({ length: states }, (_, s) => decision(values, s * channels));
}

/** Mean Jensen-Shannon divergence, over ln 2, of two agents' decisions on the reference states. */
function decisionDivergence(a: readonly number[][], b: readonly number[][]): number {
  let sum = 0;
  for (let s = 0; s < a.length; s++) sum += jensenShannon(a[s]!, b[s]!);
  return sum / a.length / Math.LN2;
}
