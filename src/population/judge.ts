/**
 * Judges changed agents: does the mean score of the teams that hold an agent rise with its new genome, on rows <= t_k,
 * with everyone else as he stands?
 */
import { type Desk, deskUntil, shadowReturns } from "../agents/desk.ts";
import { type Pipeline, pipelineKey } from "../agents/agent.ts";
import type { Memo } from "../core/memo.ts";
import { once } from "../core/once.ts";
import { rng } from "../core/rng.ts";
import type { Genome } from "../genome/genome.ts";
import type { Role } from "../genome/role.ts";
import { mean } from "../stats/moments.ts";
import type { ClockConfig, PopulationConfig } from "./config.ts";
import { drawPipelines, drawSquare } from "./design.ts";
import { type Genomes, membersOf, teamOf, teamPipeline } from "./members.ts";
import { partnersIn } from "./partners.ts";
import { rowsInUse } from "./rows_in_use.ts";
import type { Told } from "./thoughts.ts";
import { toldScorer } from "./told_scorer.ts";
import { createTrialMemo } from "./trial_memo.ts";

/** Bytes of series that one trial may keep: an analysis, two forecasts and what lies below them. */
const TRIAL_BYTES = 64 * 2 ** 20;

/** What a judge has to know. */
export interface Trial {
  readonly desk: Desk;
  readonly config: PopulationConfig;
  readonly clock: ClockConfig;
  readonly seed: number;
  readonly k: number;
  /** Row t_k, the last that a score reads. */
  readonly row: number;
  /** The genomes of the iteration, by whose teams a blend is standardised. */
  readonly genomes: Genomes;
  /** What language models were asked so far: a trader that asks is judged on the rows of its own, as in the decision. */
  readonly told: Told | undefined;
}

/** What came of a trial: mean scores of the partners with the agent as it stands, and with the new genome. */
export type TrialScores = readonly [standing: number, tried: number];

/** True where the mean score of the partners rose. */
export function rises([standing, tried]: TrialScores): boolean {
  return tried > standing;
}

/** Tries a genome in an agent's place, all others being as they stand. */
export type Judge = (genomes: Genomes, role: Role, agent: number, candidate: Genome) => TrialScores;

/**
 * The judge of a transfer step. Partners are the teams of the iteration's draw that hold the agent (partners.ts); of a
 * draw of the whole grid, those of a square in it. Series of standing teams are those that the iterations to come
 * need, and are kept; those of a candidate are kept if it wins, and drive nothing out if it does not.
 */
export function createJudge({ desk, config, clock, seed, k, row, genomes, told }: Trial): Judge {
  const { size } = config;
  const partners = partnersIn(drawSquare(size, rng("design", seed, k)), size);
  const later = deskUntil(
    { ...desk, market: desk.market.whole ?? desk.market },
    rowsInUse(k + 1, config, clock),
  );
  const drawn = once(() => {
    const members = membersOf(genomes);
    return drawPipelines(config.draw, size, rng("design", seed, k)).map((draw) =>
      teamPipeline(members, teamOf(draw))
    );
  });
  const scoreOf = toldScorer({ desk, config, row, drawn, told });
  const known = new Map<string, number>();

  function score(at: Desk, pipeline: Pipeline): number {
    const key = pipelineKey(pipeline);
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = scoreOf(pipeline, () => shadowReturns(at, pipeline));
    known.set(key, value);
    return value;
  }

  return (standing, role, agent, candidate) => {
    const teams = partners(role, agent);
    const meanOf = (of: Genomes, at: Desk) => {
      const members = membersOf(of);
      return mean(teams.map((team) => score(at, teamPipeline(members, team))));
    };
    const memo = createTrialMemo(later.market.memo, TRIAL_BYTES);
    const scores: TrialScores = [
      meanOf(standing, later),
      meanOf(withGenome(standing, role, agent, candidate), trialDesk(later, memo)),
    ];
    if (rises(scores)) memo.handOver();
    return scores;
  };
}

/** All genomes, with another one in an agent's place. */
export function withGenome(genomes: Genomes, role: Role, agent: number, genome: Genome): Genomes {
  return { ...genomes, [role]: genomes[role].map((own, i) => i === agent ? genome : own) };
}

/** The desk with another memo in the place of its own. */
function trialDesk(desk: Desk, memo: Memo): Desk {
  const { market } = desk, { whole } = market;
  return { ...desk, market: { ...market, memo, whole: whole && { ...whole, memo } } };
}
