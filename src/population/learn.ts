import type { Agent } from "../agents/agent.ts";
import { byRole, type Role } from "../genome/role.ts";
import type { Decision, RunContext } from "./decide.ts";
import { measureDiversity } from "./diversity.ts";
import type { SuggestionEvent } from "../events/suggestion.ts";
import type { DiversityReading } from "../events/iteration.ts";
import { type Learned, LEARNING } from "./learning.ts";
import { referenceOutputs } from "./reference_states.ts";
import type { PopulationState } from "./state.ts";

/** What an iteration teaches: how unlike the agents were, and the genomes that count from the next one on. */
export interface Lessons extends Learned {
  readonly diversity: Readonly<Record<Role, DiversityReading>>;
}

/** Learning follows a decision: from rows <= t_k alone, like the decision itself; genes move at transfer steps. */
export function learn(
  decision: Decision,
  state: PopulationState,
  context: RunContext,
  suggestions: readonly SuggestionEvent[] = [],
): Lessons {
  const { config, clock, seed } = context;
  const desk = { ...context.desk, proposals: state.proposals };
  const { k, row, members, ranking, championPipeline } = decision;
  const { genomes } = state;
  const measure = <Kind extends Role>(role: Kind) => {
    const agents: readonly Agent<Kind>[] = members[role];
    const outputs = agents.map((agent) => referenceOutputs(desk, championPipeline, role, agent, row));
    return measureDiversity(role, agents, genomes[role], outputs);
  };
  const diversity = byRole(measure);
  if (!(k > 0 && k % config.transferEvery === 0)) {
    return { diversity, genomes, transfers: [], mutations: [], refused: [] };
  }
  const learned = LEARNING[config.learning]({
    desk,
    config,
    clock,
    seed,
    k,
    last: context.iterations - 1,
    row,
    genomes,
    champion: championPipeline,
    ranking,
    startDiversity: state.startDiversity,
    told: state.told,
    suggestions,
  });
  return { diversity, ...learned };
}
