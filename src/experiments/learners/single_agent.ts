import { agentOf, pipelineKey, pipelineOf } from "../../agents/agent.ts";
import { ROLES } from "../../genome/role.ts";
import { deskUntil, passingMandateOf, shadowReturns } from "../../agents/desk.ts";
import { geneSet } from "../../agents/variant.ts";
import { rng } from "../../core/rng.ts";
import { decisionRow, lastTradedRow, type PopulationConfig } from "../../population/config.ts";
import { tradeRows } from "../../simulation/trade_rows.ts";
import { byRole } from "../../genome/role.ts";
import { declaredGenomes } from "../../population/members.ts";
import { mutate } from "../../population/mutation.ts";
import { argmax } from "../../population/score.ts";
import { scorerAt } from "../../population/scorer.ts";
import type { TeamGenomes } from "../../population/state.ts";
import type { RunContext } from "../../population/decide.ts";
import { createAccount, writeAccount } from "../../simulation/account.ts";
import type { Proposals } from "../../inventory/trader/proposal.ts";
import {
  chargesOf,
  ownSince,
  type Prepared,
  type Told,
  withAnswers,
  withTold,
} from "../../population/thoughts.ts";
import type { Ask } from "../language/asker.ts";
import type { Learner } from "../prequential.ts";

/** State of the single agent: its genomes and its deployed account. */
export interface SingleAgentState {
  readonly k: number;
  readonly genomes: TeamGenomes;
  readonly traded: string | null;
  readonly account: readonly number[];
  /** What language models answered so far; left out where its trader asks none. */
  readonly proposals?: Proposals;
  /** What was asked of them; left out likewise. */
  readonly told?: Told;
}

/** What happened to the single agent in an iteration. */
export interface SingleAgentEvent {
  readonly k: number;
  readonly row: number;
  readonly score: number;
  /** True if a mutant took over. */
  readonly replaced: boolean;
}

/** Mutants of the single agent at a transfer step: as many new genomes as a population gets. */
const MUTANTS_PER_ROLE = 4;

/**
 * One pipeline drawn by the seed. With `learns`, at every transfer step 16 mutants of it (four per role, one
 * role changed in each) are scored like any pipeline and it becomes the best of the 17.
 */
export function singleAgentLearner(
  name: string,
  context: RunContext,
  learns: boolean,
  ask: Ask | null = null,
): Learner<SingleAgentState, SingleAgentEvent, "single"> {
  const { config, clock, seed } = context, { arena, startingEquity } = context.desk;
  const start = (): SingleAgentState => ({
    k: 0,
    genomes: drawnPipeline(config, seed),
    traded: null,
    account: writeAccount(createAccount(arena.coins, startingEquity)),
  });
  const next = (before: SingleAgentState, { thoughts }: Prepared) => {
    const state = withThoughts(before, thoughts, config);
    const { proposals = context.desk.proposals, told } = state, desk = { ...context.desk, proposals };
    const row = decisionRow(state.k, clock);
    const lastRow = lastTradedRow(row, clock, desk.market.panel.rows);
    const current = pipelineOf(state.genomes);
    const key = pipelineKey(current);
    const [account, bars] = tradeRows(
      desk.arena,
      state.account,
      passingMandateOf(desk, current, { from: row, to: lastRow - 1 }),
      { from: row + 1, to: lastRow + 1 },
      state.traded !== key,
      chargesOf(thoughts),
    );
    const from = Math.max(desk.from, 1 + (ownSince(current.trader, told) ?? -1));
    const [score] = scoresAt([shadowReturns(desk, current)], from, row, config) as [number];
    const learnsNow = learns && state.k > 0 && state.k % config.transferEvery === 0;
    const genomes = learnsNow ? bestMutant(state, row, { ...context, desk }) : state.genomes;
    if (learnsNow) desk.market.memo.turn();
    return {
      state: { ...state, k: state.k + 1, genomes, traded: key, account },
      events: [{ k: state.k, row, score, replaced: genomes !== state.genomes }],
      bars: { single: bars },
    };
  };
  const prepare = (state: SingleAgentState) =>
    ask!({ k: state.k, genomes: { trader: [state.genomes.trader] } });
  return { name, accounts: ["single"], start, next, ...(ask === null ? {} : { prepare }) };
}

function withThoughts(
  state: SingleAgentState,
  thoughts: Prepared["thoughts"],
  { language }: PopulationConfig,
): SingleAgentState {
  const told = withTold(state.told, thoughts);
  if (told === undefined) return state;
  return { ...state, told, proposals: withAnswers(state.proposals ?? {}, thoughts, language.validRows) };
}

/** One of the declared pipelines, drawn by the seed. */
function drawnPipeline({ size, agents }: PopulationConfig, seed: number): TeamGenomes {
  const genomes = declaredGenomes(size, agents);
  return byRole((role) => genomes[role][rng("single agent", seed, role).int(genomes[role].length)]!);
}

/** Scores of accounts that are compared; a blend is standardised over them, so of one alone it is 0. */
function scoresAt(
  returns: readonly Float64Array[],
  from: number,
  row: number,
  config: PopulationConfig,
): number[] {
  return returns.map(scorerAt(config, Math.min(from, row), row, () => returns));
}

/**
 * Who scores best. All are scored on the rows on which each of them had been answered; a mutant that listens mostly to
 * prompts that nobody has asked yet cannot be, and is out.
 */
function bestMutant({ genomes, told, k }: SingleAgentState, row: number, context: RunContext): TeamGenomes {
  const tried: TeamGenomes[] = [genomes];
  for (const role of ROLES) {
    const set = geneSet(agentOf(role, genomes[role]).variant);
    for (let i = 0; i < MUTANTS_PER_ROLE; i++) {
      const random = rng("single mutation", context.seed, k, role, i);
      const { mutationRate, mutationSd } = context.config;
      tried.push({ ...genomes, [role]: mutate(genomes[role], set, mutationRate, mutationSd, random) });
    }
  }
  const until = deskUntil(context.desk, row + 1); // of the mutants all but the winner are asked this once
  const since = tried.map((one) => ownSince(pipelineOf(one).trader, told));
  const judged = tried.filter((_, i) => since[i] !== null), known = since.filter((one) => one !== null);
  if (judged.length === 0) return genomes;
  const returns = judged.map((one) => shadowReturns(one === genomes ? context.desk : until, pipelineOf(one)));
  const from = Math.max(context.desk.from, 1 + Math.max(...known));
  return judged[argmax(scoresAt(returns, from, row, context.config))]!;
}
