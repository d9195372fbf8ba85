import { commonDistance } from "../genome/distance.ts";
import type { Genome } from "../genome/genome.ts";
import type { Agent } from "../agents/agent.ts";
import type { Role } from "../genome/role.ts";
import { geneSet } from "../agents/variant.ts";
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

/** Mean of f over all pairs i < j. */
function meanOverPairs(count: number, f: (i: number, j: number) => number): number {
  let sum = 0, pairs = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      sum += f(i, j);
      pairs++;
    }
  }
  return pairs > 0 ? sum / pairs : 0;
}

/** Mean pairwise distance in common genes: absolute, so shrinking every difference shrinks it. In [0, 1]. */
export function parameterDiversity(agents: readonly Agent[], genomes: readonly Genome[]): number {
  const set = geneSet(agents[0]!.variant);
  return meanOverPairs(genomes.length, (i, j) => commonDistance(set, genomes[i]!, genomes[j]!));
}

/** Mean distance of each agent to the others of its role in common genes. */
export function novelties(agents: readonly Agent[], genomes: readonly Genome[]): number[] {
  const set = geneSet(agents[0]!.variant);
  return genomes.map((genome, i) => {
    const others = genomes.filter((_, j) => j !== i);
    return others.reduce((sum, other) => sum + commonDistance(set, genome, other), 0) / others.length;
  });
}

/** All diversity measures of one role, from genomes and from outputs on the reference states. */
export function measureDiversity(
  role: Role,
  agents: readonly Agent[],
  genomes: readonly Genome[],
  outputs: readonly Outputs[],
): DiversityReading {
  const set = geneSet(agents[0]!.variant);
  const scales = channelScales(outputs);
  const kernel = Float64Array.from(
    genomes.flatMap((a) =>
      genomes.map((b) => Math.exp(-(commonDistance(set, a, b) ** 2) / (2 * SIMILARITY_SCALE ** 2)))
    ),
  );
  return {
    parameter: parameterDiversity(agents, genomes),
    behaviour: meanOverPairs(outputs.length, (i, j) => outputDistance(outputs[i]!, outputs[j]!, scales)),
    output: meanOverPairs(outputs.length, (i, j) => decisionDivergence(role, outputs[i]!, outputs[j]!)),
    effective: vendiScore(kernel, genomes.length),
  };
}

/** Mean Jensen-Shannon divergence, over ln 2, of two agents' decisions on the reference states. */
function decisionDivergence(role: Role, a: Outputs, b: Outputs): number {
  const { decision } = ROLE_RECORDS[role];
  let sum = 0;
  for (let s = 0; s < a.states; s++) {
    const at = s * a.channels;
    sum += jensenShannon(decision(a.values, at), decision(b.values, at));
  }
  return sum / a.states / Math.LN2;
}
