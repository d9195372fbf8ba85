import { BAR_MS } from "../core/universe.ts";
import { byRole, ROLES } from "../genome/role.ts";
import { ACCOUNT } from "../simulation/account.ts";
import type { TradedBars } from "../simulation/traded_bars.ts";
import type { Proposals } from "../inventory/trader/proposal.ts";
import { inheritCredit } from "./credit.ts";
import { decide, type Decision, type RunContext, teamGenomes } from "./decide.ts";
import { COLLAPSE_BELOW } from "./diversity.ts";
import { placeReturns } from "./places.ts";
import { withProposals } from "./proposals.ts";
import type { IterationEvent } from "../events/iteration.ts";
import { learn, type Lessons } from "./learn.ts";
import type { DeployedAccount, PopulationState } from "./state.ts";
import { trade, type Traded } from "./trade.ts";

/** What a step gives back: the next state, what happened, and the bars that each deployed account traded. */
export interface StepResult {
  /** What the next iteration begins with. */
  readonly state: PopulationState;
  /** What happened. */
  readonly event: IterationEvent;
  /** Accounting of the window with its fills, by account. */
  readonly bars: Readonly<Record<DeployedAccount, TradedBars>>;
  /** What every place of the population earned in the window's rows (places.ts); no decision reads it. */
  readonly places: readonly Float64Array[];
}

/**
 * One iteration, a pure function of (state, rows <= t_k and the bars of the window that follows): decide, trade
 * rows t_k+1 .. t_k+step, learn. Nothing decided or learned at t_k reads a row after it.
 */
export function step(given: PopulationState, context: RunContext, proposals: Proposals = {}): StepResult {
  const { desk, clock } = context;
  const state = withProposals(given, proposals, context);
  const decision = decide(state, context);
  const lastRow = Math.min(decision.row + clock.stepRows, desk.market.panel.rows - 1);
  const traded = trade(decision, state, desk, { from: decision.row + 1, to: lastRow + 1 });
  return closeIteration(state, decision, traded, lastRow, context);
}

/** Learns from an iteration whose window has been traded up to `lastRow`, and puts down what happened. */
export function closeIteration(
  state: PopulationState,
  decision: Decision,
  traded: Traded,
  lastRow: number,
  context: RunContext,
): StepResult {
  const lessons = learn(decision, state, context);
  const { genomes } = state;
  return {
    state: {
      ...state,
      k: state.k + 1,
      genomes: lessons.genomes,
      credit: inheritCredit(decision.credits, lessons.transfers),
      champion: teamGenomes(genomes, decision.champion),
      committee: decision.committee.map((team) => teamGenomes(genomes, team)),
      accounts: traded.accounts,
    },
    event: iterationEventOf(state, decision, lessons, traded, lastRow, context),
    bars: traded.bars,
    places: placeReturns(
      { ...context.desk, proposals: state.proposals },
      decision.members,
      { from: decision.row + 1, to: lastRow + 1 },
    ),
  };
}

function iterationEventOf(
  { genomes }: PopulationState,
  decision: Decision,
  { diversity, transfers, mutations, refused }: Lessons,
  { accounts }: Traded,
  lastRow: number,
  { desk }: RunContext,
): IterationEvent {
  const { k, row, members, ranking, champion, committee, scores } = decision;
  return {
    type: "iteration",
    k,
    row,
    lastRow,
    time: desk.market.panel.openTime[row]! + BAR_MS,
    agents: byRole((role) =>
      members[role].map(({ variant }, i) => ({
        variant: variant.name,
        credit: ranking[role].credit[i]!,
        novelty: ranking[role].novelty[i]!,
        score: ranking[role].score[i]!,
        genome: genomes[role][i]!.coordinates,
      }))
    ),
    champion,
    championScore: scores.champion,
    meanScore: scores.mean,
    bestScore: scores.best,
    committee,
    diversity,
    transfers,
    mutations,
    refused,
    collapse: ROLES.filter((role) => diversity[role].effective < COLLAPSE_BELOW),
    equity: {
      champion: accounts.champion[ACCOUNT.equity]!,
      committee: accounts.committee[ACCOUNT.equity]!,
    },
  };
}
