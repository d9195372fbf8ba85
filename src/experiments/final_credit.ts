import { pipelineOf } from "../agents/agent.ts";
import { ROLES } from "../agents/contracts.ts";
import { shadowReturns } from "../agents/desk.ts";
import { rng } from "../core/rng.ts";
import { CREDIT_SCHEMES } from "../population/credit.ts";
import { creditErrors } from "../population/credit_error.ts";
import { drawPipelines } from "../population/design.ts";
import type { IterationEvent } from "../population/events.ts";
import { byRole, type Genomes, membersOf } from "../population/members.ts";
import type { RunContext } from "../population/step.ts";
import type { AgentCredit } from "./result.ts";

/** Bootstrap draws behind each standard error. */
const DRAWS = 100;

/** Credit of every agent at the last decision as it was recorded, with its standard error. */
export function finalCredit(context: RunContext, events: readonly IterationEvent[]): AgentCredit[] {
  const last = events.at(-1);
  if (!last) return [];
  const { desk, config, seed } = context;
  const members = membersOf(genomesOf(last));
  const before = events.at(-2);
  const errors = creditErrors({
    scheme: CREDIT_SCHEMES[config.credit],
    input: {
      members,
      draws: drawPipelines(config.draw, config.size, rng("design", seed, last.k)),
      previousChampion: before ? pipelineOf(championOf(before)) : null,
    },
    returns: (pipeline) => shadowReturns(desk, pipeline),
    rule: config,
    from: desk.from,
    to: last.row,
    draws: DRAWS,
    random: rng("credit error", seed),
  });
  return ROLES.flatMap((role) =>
    last.agents[role].map(({ variant, credit }, i) => ({ role, variant, credit, error: errors[role][i]! }))
  );
}

function genomesOf(event: IterationEvent): Genomes {
  return byRole((role) =>
    event.agents[role].map(({ variant, genome }) => ({ variant, coordinates: genome }))
  );
}

function championOf(event: IterationEvent) {
  const genomes = genomesOf(event);
  return byRole((role) => genomes[role][event.champion[role]]!);
}
