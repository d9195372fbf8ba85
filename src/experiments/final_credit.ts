import { type Pipeline, pipelineKey } from "../agents/agent.ts";
import { shadowReturns } from "../agents/desk.ts";
import { rng } from "../core/rng.ts";
import { CREDIT_SCHEMES } from "../population/credit.ts";
import { creditErrors } from "../population/credit_error.ts";
import { drawPipelines } from "../population/design.ts";
import type { IterationEvent } from "../events/iteration.ts";
import { byRole, ROLES } from "../genome/role.ts";
import { type Genomes, membersOf, teamOf, teamPipeline } from "../population/members.ts";
import { scorerAt } from "../population/scorer.ts";
import type { RunContext } from "../population/decide.ts";
import type { AgentCredit } from "./result.ts";

/** Bootstrap draws behind each standard error. */
const DRAWS = 100;

/**
 * What every agent was worth at the last decision: the credit it was ranked by, and its Shapley value in the
 * pipelines drawn then, with a standard error, whatever the scheme of the run.
 */
export function finalCredit(context: RunContext, events: readonly IterationEvent[]): AgentCredit[] {
  const last = events.at(-1);
  if (!last) return [];
  const { desk, config, seed } = context;
  const members = membersOf(genomesOf(last));
  const scheme = CREDIT_SCHEMES.shapley;
  const draws = drawPipelines(config.draw, config.size, rng("design", seed, last.k));
  const input = { members, draws, previousChampion: null };
  const held = new Map<string, Float64Array>(); // each is read once a draw, whatever the memo still holds
  const returns = (pipeline: Pipeline): Float64Array => {
    const key = pipelineKey(pipeline), known = held.get(key) ?? shadowReturns(desk, pipeline);
    held.set(key, known);
    return known;
  };
  const drawn = () => draws.values().map((draw) => returns(teamPipeline(members, teamOf(draw))));
  const scoreOf = scorerAt(config, desk.from, last.row, drawn);
  const shapley = scheme({ ...input, value: (pipeline) => scoreOf(returns(pipeline)) });
  const errors = creditErrors({
    scheme,
    input,
    returns,
    rule: config,
    from: desk.from,
    to: last.row,
    draws: DRAWS,
    random: rng("credit error", seed),
  });
  return ROLES.flatMap((role) =>
    last.agents[role].map(({ variant, credit }, i) => ({
      role,
      variant,
      credit,
      shapley: shapley[role][i]!,
      shapleyError: errors[role][i]!,
    }))
  );
}

/** The genomes that played in an iteration. */
export function genomesOf(event: IterationEvent): Genomes {
  return byRole((role) =>
    event.agents[role].map(({ variant, genome }) => ({ variant, coordinates: genome }))
  );
}
