import { type Agent, agentOf, type Pipeline } from "../agents/agent.ts";
import { playersOf } from "../agents/catalogue.ts";
import { byRole, type Role, ROLES } from "../genome/role.ts";
import type { Genome } from "../genome/genome.ts";
import { geneSet, startGenome, type Variant } from "../agents/variant.ts";
import { rng } from "../core/rng.ts";
import type { PlayerNames, PopulationConfig } from "./config.ts";
import type { Draw } from "./design.ts";
import type { Team } from "../events/iteration.ts";
import { jitter } from "./mutation.ts";

/** The genomes of a population, `size` per role. */
export type Genomes = Readonly<Record<Role, readonly Genome[]>>;

/** The agents of a population, ready to act. */
export type Members = { readonly [Kind in Role]: readonly Agent<Kind>[] };

/** Makes agents of genomes. */
export function membersOf(genomes: Genomes): Members {
  const of = <Kind extends Role>(role: Kind) => genomes[role].map((genome) => agentOf(role, genome));
  return { analyst: of("analyst"), researcher: of("researcher"), trader: of("trader"), risk: of("risk") };
}

/** The variant of each agent of a role: every player once for 5, a draw of them for 3, every one and a draw for 9. */
function variantsFor(role: Role, config: PopulationConfig, seed: number): readonly Variant[] {
  const declared: readonly Variant[] = playersOf(role, config.size, config.agents[role]);
  const drawn = rng("variants", seed, role).shuffle(declared);
  if (config.variants === "homogeneous") return Array.from({ length: config.size }, () => drawn[0]!);
  if (config.size < declared.length) {
    const kept = new Set(drawn.slice(0, config.size));
    return declared.filter((variant) => kept.has(variant));
  }
  return [...declared, ...drawn.slice(0, config.size - declared.length)];
}

/** Start genomes: the declared ones plus a jitter drawn by the seed. */
export function startGenomes(config: PopulationConfig, seed: number): Genomes {
  return byRole((role) =>
    variantsFor(role, config, seed).map((variant, i) =>
      jitter(startGenome(variant), geneSet(variant), config.startJitter, rng("jitter", seed, role, i))
    )
  );
}

/**
 * The declared genomes of all variants that play, without jitter: the references' pool.
 *
 * @param agents Who plays, by name; the declared ones unless given.
 */
export function declaredGenomes(size: number, agents?: PlayerNames): Genomes {
  return byRole((role) =>
    playersOf(role, size, agents?.[role]).map((variant: Variant) => startGenome(variant))
  );
}

/** The pipeline of a draw or team. */
export function teamPipeline(members: Members, team: Team): Pipeline {
  return {
    analyst: members.analyst[team.analyst]!,
    researcher: members.researcher[team.researcher]!,
    trader: members.trader[team.trader]!,
    risk: members.risk[team.risk]!,
  };
}

/** A draw as a team. */
export function teamOf(draw: Draw): Team {
  return { analyst: draw[0], researcher: draw[1], trader: draw[2], risk: draw[3] };
}

/** The pipeline with the agents of one coalition (bit i is role i of ROLES) and default agents elsewhere. */
export function coalition(pipeline: Pipeline, mask: number): Pipeline {
  const present = (role: Role) => (mask >> ROLES.indexOf(role)) & 1;
  return {
    analyst: present("analyst") ? pipeline.analyst : null,
    researcher: present("researcher") ? pipeline.researcher : null,
    trader: present("trader") ? pipeline.trader : null,
    risk: present("risk") ? pipeline.risk : null,
  };
}
