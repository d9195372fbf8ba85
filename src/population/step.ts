import { type Agent, type Pipeline, pipelineKey, pipelineOf } from "../agents/agent.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { type Desk, limitsOf, planOf, shadowReturns } from "../agents/desk.ts";
import { rng } from "../core/rng.ts";
import { BAR_MS } from "../core/universe.ts";
import { ACCOUNT } from "../simulation/account.ts";
import { committeeMandate } from "./committee.ts";
import { type ClockConfig, decisionRow, type PopulationConfig } from "./config.ts";
import { CREDIT_SCHEMES, inheritCredit, rememberCredit } from "./credit.ts";
import { drawPipelines } from "./design.ts";
import { COLLAPSE_BELOW, measureDiversity } from "./diversity.ts";
import type { IterationEvent, Team } from "./events.ts";
import { LEARNING } from "./learning.ts";
import { byRole } from "../genome/role.ts";
import { type Genomes, type Members, membersOf, teamOf, teamPipeline } from "./members.ts";
import { bestTeam, committeeTeams, rank, type Ranking } from "./ranking.ts";
import { referenceOutputs } from "./reference_states.ts";
import { scoreReturns } from "./score.ts";
import type { DeployedAccount, PopulationState, TeamGenomes } from "./state.ts";
import { type DeployedBars, tradeWindow } from "./deployed_window.ts";

/** What stays the same over all iterations of a run. */
export interface RunContext {
  readonly desk: Desk;
  readonly config: PopulationConfig;
  readonly clock: ClockConfig;
  readonly seed: number;
  /** Iterations of the whole run. */
  readonly iterations: number;
}

/** What a step gives back: the next state, what happened, and the bars that each deployed account traded. */
export interface StepResult {
  readonly state: PopulationState;
  readonly event: IterationEvent;
  readonly bars: Readonly<Record<DeployedAccount, DeployedBars>>;
}

/**
 * One iteration, a pure function of (state, rows <= t_k and the bars of the window that follows): draw
 * pipelines, score them up to t_k, give credit, rank, settle who trades rows t_k+1 .. t_k+step, trade, and
 * at every transfer step teach and mutate. Nothing decided at t_k reads a row after it.
 */
export function step(state: PopulationState, context: RunContext): StepResult {
  const { desk, config, clock, seed } = context;
  const { k, genomes } = state;
  const row = decisionRow(k, clock);
  const lastRow = Math.min(row + clock.stepRows, desk.market.panel.rows - 1);
  const members = membersOf(genomes);

  const scores = new Map<string, number>();
  const value = (pipeline: Pipeline): number => {
    const key = pipelineKey(pipeline);
    const known = scores.get(key);
    if (known !== undefined) return known;
    const score = scoreReturns(shadowReturns(desk, pipeline), desk.from, row, config);
    scores.set(key, score);
    return score;
  };

  const draws = drawPipelines(config.draw, config.size, rng("design", seed, k));
  const previousChampion = state.champion ? pipelineOf(state.champion) : null;
  const drawn = CREDIT_SCHEMES[config.credit]({ members, draws, previousChampion, value });
  const credits = rememberCredit(state.credit, drawn, config.creditMemory);
  const ranking = rank(members, genomes, credits, config.diversityWeight);
  const champion = bestTeam(ranking);
  const championPipeline = teamPipeline(members, champion);
  const committee = committeeTeams(credits, config.committeeSize);

  const championGenomes = teamGenomes(genomes, champion);
  const committeeGenomes = committee.map((team) => teamGenomes(genomes, team));
  const [championAccount, championBars] = tradeWindow(
    desk.arena,
    state.accounts.champion,
    { plan: planOf(desk, championPipeline), limits: limitsOf(desk, championPipeline) },
    { from: row + 1, to: lastRow + 1 },
    !previousChampion || pipelineKey(previousChampion) !== pipelineKey(championPipeline),
  );
  const committeePipelines = committee.map((team) => teamPipeline(members, team));
  const [committeeAccount, committeeBars] = tradeWindow(
    desk.arena,
    state.accounts.committee,
    committeeMandate(desk, committeePipelines, row, lastRow),
    { from: row + 1, to: lastRow + 1 },
    committeeKey(committeePipelines) !== committeeKey(state.committee.map(pipelineOf)),
  );

  const measure = <Kind extends Role>(role: Kind) => {
    const agents: readonly Agent<Kind>[] = members[role];
    const outputs = agents.map((agent) => referenceOutputs(desk, championPipeline, role, agent, row));
    return measureDiversity(role, agents, genomes[role], outputs);
  };
  const diversity = byRole(measure);
  const learns = k > 0 && k % config.transferEvery === 0;
  const learned = learns
    ? LEARNING[config.learning]({
      desk,
      config,
      seed,
      k,
      last: context.iterations - 1,
      row,
      genomes,
      champion: championPipeline,
      ranking,
      startDiversity: state.startDiversity,
    })
    : { genomes, transfers: [], mutations: [] };

  const drawnScores = draws.map((draw) => value(teamPipeline(members, teamOf(draw))));
  const event: IterationEvent = {
    k,
    row,
    lastRow,
    time: desk.market.panel.openTime[row]! + BAR_MS,
    agents: readings(members, genomes, ranking),
    champion,
    championScore: value(championPipeline),
    meanScore: drawnScores.reduce((sum, x) => sum + x, 0) / drawnScores.length,
    bestScore: Math.max(...drawnScores),
    committee,
    diversity,
    transfers: learned.transfers,
    mutations: learned.mutations,
    collapse: ROLES.filter((role) => diversity[role].effective < COLLAPSE_BELOW),
    equity: {
      champion: championAccount[ACCOUNT.equity]!,
      committee: committeeAccount[ACCOUNT.equity]!,
    },
  };
  return {
    state: {
      k: k + 1,
      genomes: learned.genomes,
      startDiversity: state.startDiversity,
      credit: inheritCredit(credits, learned.transfers),
      champion: championGenomes,
      committee: committeeGenomes,
      accounts: { champion: championAccount, committee: committeeAccount },
    },
    event,
    bars: { champion: championBars, committee: committeeBars },
  };
}

function teamGenomes(genomes: Genomes, team: Team): TeamGenomes {
  return byRole((role) => genomes[role][team[role]]!);
}

/** A committee is the set of its teams, whatever their order. */
function committeeKey(teams: readonly Pipeline[]): string {
  return teams.map(pipelineKey).sort().join(" ");
}

function readings(members: Members, genomes: Genomes, ranking: Ranking): IterationEvent["agents"] {
  return byRole((role) =>
    members[role].map((agent, i) => ({
      variant: agent.variant.name,
      credit: ranking[role].credit[i]!,
      novelty: ranking[role].novelty[i]!,
      score: ranking[role].score[i]!,
      genome: genomes[role][i]!.coordinates,
    }))
  );
}
