import { BAR_MS } from "../core/universe.ts";
import { byRole, ROLES } from "../genome/role.ts";
import { ACCOUNT } from "../simulation/account.ts";
import type { TradedBars } from "../simulation/traded_bars.ts";
import { inheritCredit } from "./credit.ts";
import { lastTradedRow } from "./config.ts";
import { decide, type Decision, type RunContext, teamGenomes } from "./decide.ts";
import { COLLAPSE_BELOW } from "./diversity.ts";
import { placeReturns } from "./places.ts";
import { withProposals, withThoughts } from "./proposals.ts";
import { withVerdicts } from "./verdicts.ts";
import { chargesOf, NOTHING_PREPARED, type Prepared } from "./thoughts.ts";
import type { IterationEvent } from "../events/iteration.ts";
import type { SuggestionEvent } from "../events/suggestion.ts";
import type { ThoughtEvent } from "../events/thought.ts";
import { learn, type Lessons } from "./learn.ts";
import { closeMirrors } from "./mirror/mirror.ts";
import type { ByAccount, PopulationState } from "./state.ts";
import { trade, type Traded } from "./trade.ts";

/** What a step gives back: the next state, what happened, and the bars that each deployed account traded. */
export interface StepResult {
  /** What the next iteration begins with. */
  readonly state: PopulationState;
  /** What happened. */
  readonly event: IterationEvent;
  /** What language models were asked, with the verdicts of the champion's risk agent. */
  readonly thoughts: readonly ThoughtEvent[];
  /** Accounting of the window with its fills, by account. */
  readonly bars: ByAccount<TradedBars>;
  /** What every place of the population earned in the window's rows (places.ts); no decision reads it. */
  readonly places: readonly Float64Array[];
}

/**
 * One iteration, a pure function of (state, rows <= t_k and the bars of the window that follows): decide, trade
 * rows t_k+1 .. t_k+step, learn. Nothing decided or learned at t_k reads a row after it.
 */
export function step(
  given: PopulationState,
  context: RunContext,
  { proposals, thoughts, aside = [], suggestions = [] }: Prepared = NOTHING_PREPARED,
): StepResult {
  const { desk, clock } = context;
  const state = withThoughts(withProposals(given, proposals, context), thoughts, context, [
    ...aside,
    ...suggestions,
  ]);
  const decision = decide(state, context);
  const lastRow = lastTradedRow(decision.row, clock, desk.market.panel.rows);
  const rows = { from: decision.row + 1, to: lastRow + 1 };
  const charges = chargesOf([...thoughts, ...suggestions]);
  const traded = trade(decision, state, context, rows, charges);
  const closed = closeIteration(state, decision, traded, lastRow, context, suggestions);
  return { ...closed, thoughts: withVerdicts(thoughts, decision, state, context, charges) };
}

/** Learns from an iteration whose window has been traded up to `lastRow`, and puts down what happened. */
export function closeIteration(
  state: PopulationState,
  decision: Decision,
  traded: Traded,
  lastRow: number,
  context: RunContext,
  suggestions: readonly SuggestionEvent[] = [],
): StepResult {
  const lessons = learn(decision, state, context, suggestions);
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
      mirrors: closeMirrors(
        { ...context, desk: { ...context.desk, proposals: state.proposals } },
        decision.members,
        decision.k,
        decision.mirrors,
        state.mirrors,
        lastRow,
      ),
    },
    thoughts: [],
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
    mirrors: Object.fromEntries(
      Object.entries(decision.mirrors).map(([account, { rule, shares, weights, scale }]) => [account, {
        rule,
        shares,
        scale,
        effectiveTeams: 1 / weights.reduce((sum, weight) => sum + weight * weight, 0),
      }]),
    ),
    equity: Object.fromEntries(
      Object.entries(accounts).map(([account, block]) => [account, block[ACCOUNT.equity]!]),
    ) as IterationEvent["equity"],
  };
}
