import { type Pipeline, pipelineKey, pipelineOf } from "../agents/agent.ts";
import { type Desk, mandateOf, shadowReturns } from "../agents/desk.ts";
import { rng } from "../core/rng.ts";
import { byRole } from "../genome/role.ts";
import type { Mandate } from "../simulation/mandate.ts";
import { committeeMandate } from "./committee.ts";
import { type ClockConfig, committeeTeamsOf, decisionRow, type PopulationConfig } from "./config.ts";
import { CREDIT_SCHEMES, type Credits, rememberCredit } from "./credit.ts";
import { drawPipelines } from "./design.ts";
import type { Team } from "../events/iteration.ts";
import { type Genomes, type Members, membersOf, teamOf, teamPipeline } from "./members.ts";
import { bestTeam, committeeTeams, rank, type Ranking } from "./ranking.ts";
import { decideMirrors, type MirrorDecisions, mirrorMandates } from "./mirror/mirror.ts";
import type { ByAccount, DeployedAccount, PopulationState, TeamGenomes } from "./state.ts";
import type { Told } from "./thoughts.ts";
import { toldScorer } from "./told_scorer.ts";

/** What stays the same over all iterations of a run. */
export interface RunContext {
  readonly desk: Desk;
  readonly config: PopulationConfig;
  readonly clock: ClockConfig;
  readonly seed: number;
  /** Iterations of the whole run. */
  readonly iterations: number;
}

/** Who trades the rows after t_k, and why. */
export interface Decision {
  /** The iteration. */
  readonly k: number;
  /** Row t_k, the last that was read. */
  readonly row: number;
  /** All agents, ready to act. */
  readonly members: Members;
  /** What each is worth, remembered. */
  readonly credits: Credits;
  /** Who stands where in each role. */
  readonly ranking: Ranking;
  /** The best of each role. */
  readonly champion: Team;
  /** The best teams. */
  readonly committee: readonly Team[];
  /** The champion, ready to act. */
  readonly championPipeline: Pipeline;
  /** The committee, ready to act. */
  readonly committeePipelines: readonly Pipeline[];
  /** Score of the champion's own shadow account, mean and best score of the pipelines drawn. */
  readonly scores: { readonly champion: number; readonly mean: number; readonly best: number };
  /** True for an account that another team takes over than traded it before. */
  readonly adopts: ByAccount<boolean>;
  /** How each mirrored account weighs all teams. */
  readonly mirrors: MirrorDecisions;
}

/**
 * The decision of iteration k, from rows <= t_k alone: draw pipelines, score them, give credit, rank, settle who
 * trades from the next open on. The market may end at t_k.
 */
export function decide(state: PopulationState, context: RunContext): Decision {
  const { config, clock, seed } = context;
  const { k, genomes, proposals } = state;
  const desk = { ...context.desk, proposals };
  const row = decisionRow(k, clock);
  const members = membersOf(genomes);

  // first, as all teams walk there: the scores of those drawn then only look up what their accounts did
  const mirrors = decideMirrors({ ...context, desk }, members, k, state.mirrors);
  const draws = drawPipelines(config.draw, config.size, rng("design", seed, k));
  const drawnTeams = draws.map((draw) => teamPipeline(members, teamOf(draw)));
  const value = scorer(desk, row, config, drawnTeams, state.told);
  const previousChampion = state.champion ? pipelineOf(state.champion) : null;
  const drawn = CREDIT_SCHEMES[config.credit]({ members, draws, previousChampion, value });
  const credits = rememberCredit(state.credit, drawn, config.creditMemory);
  const ranking = rank(members, genomes, credits, config.diversityWeight);
  const champion = bestTeam(ranking);
  const committee = committeeTeams(credits, committeeTeamsOf(config));
  const championPipeline = teamPipeline(members, champion);
  const committeePipelines = committee.map((team) => teamPipeline(members, team));
  const scores = drawnTeams.map(value);
  return {
    k,
    row,
    members,
    credits,
    ranking,
    champion,
    committee,
    championPipeline,
    committeePipelines,
    scores: {
      champion: value(championPipeline),
      mean: scores.reduce((sum, x) => sum + x, 0) / scores.length,
      best: Math.max(...scores),
    },
    adopts: {
      champion: !previousChampion || pipelineKey(previousChampion) !== pipelineKey(championPipeline),
      committee: committeeKey(committeePipelines) !== committeeKey(state.committee.map(pipelineOf)),
    },
    mirrors,
  };
}

/** Score of any pipeline at a row, each worked out once. */
function scorer(
  desk: Desk,
  row: number,
  config: PopulationConfig,
  drawn: readonly Pipeline[],
  told: Told | undefined,
): (pipeline: Pipeline) => number {
  const scores = new Map<string, number>();
  const scoreOf = toldScorer({ desk, config, row, drawn: () => drawn, told });
  return (pipeline) => {
    const key = pipelineKey(pipeline);
    const known = scores.get(key);
    if (known !== undefined) return known;
    const score = scoreOf(pipeline, () => shadowReturns(desk, pipeline));
    scores.set(key, score);
    return score;
  };
}

/** A committee is the set of its teams, whatever their order. */
export function committeeKey(teams: readonly Pipeline[]): string {
  return teams.map(pipelineKey).sort().join(" ");
}

/** What each deployed account trades after a decision, at the closes of rows from..to of the desk's market. */
export function mandatesOf(
  decision: Decision,
  context: Pick<RunContext, "desk" | "config" | "clock">,
  from: number,
  to: number,
): ByAccount<Mandate> {
  const { k, members, mirrors } = decision, { desk } = context;
  return {
    champion: mandateOf(desk, decision.championPipeline, { from, to }),
    committee: committeeMandate(desk, decision.committeePipelines, from, to),
    ...mirrorMandates(context, members, k, mirrors, { from, to }),
  };
}

/** What one deployed account trades after a decision: one of `mandatesOf`, without the others' work. */
export function mandateFor(
  account: DeployedAccount,
  decision: Decision,
  context: Pick<RunContext, "desk" | "config" | "clock">,
  from: number,
  to: number,
): Mandate {
  const { k, members, mirrors } = decision, { desk } = context;
  if (account === "champion") return mandateOf(desk, decision.championPipeline, { from, to });
  if (account === "committee") return committeeMandate(desk, decision.committeePipelines, from, to);
  return mirrorMandates(context, members, k, { [account]: mirrors[account]! }, { from, to })[account]!;
}

/** The genomes of a team. */
export function teamGenomes(genomes: Genomes, team: Team): TeamGenomes {
  return byRole((role) => genomes[role][team[role]]!);
}
