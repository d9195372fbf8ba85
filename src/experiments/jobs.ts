/**
 * The jobs of a population run. Each is a pure function of configuration and rows that gives the series of
 * some strategies; jobs know nothing of one another, so they may run in any order and on any number of workers.
 */
import type { Desk } from "../agents/desk.ts";
import { decisionRow, iterationsIn } from "../population/config.ts";
import type { IterationEvent } from "../population/events.ts";
import type { RunContext } from "../population/step.ts";
import { type AccountSeries, seriesOfDeployed } from "./account_series.ts";
import type { StrategyName } from "./strategies.ts";
import type { RunConfig } from "./config.ts";
import {
  homogeneousPbtConfig,
  type PopulationLearner,
  populationLearner,
  selectionOnlyConfig,
  singleAgentLearner,
} from "./learners.ts";
import { syntheticTruth } from "./market.ts";
import { GROSS_TEST_LAG, meanMetrics, strategyMetrics } from "./metrics.ts";
import { advance, type Learner, type Progress, startProgress } from "./prequential.ts";
import {
  additiveBest,
  hindsightBest,
  pastSharpe,
  tradeField,
  tradeMandate,
  tradePipeline,
  tradeWholeCommittee,
} from "./references/field.ts";
import { buyAndHold, timeSeriesMomentum, volatilityTargetedHold } from "./references/passive.ts";
import { plantedOracle } from "./references/planted_oracle.ts";
import { randomSwitching } from "./references/random_switching.ts";
import { argmax } from "../population/score.ts";
import { fieldSelection } from "./field_selection.ts";
import { finalCredit } from "./final_credit.ts";
import type { AgentCredit, FieldSelection, StrategyMetrics } from "./result.ts";

/** What one strategy did: its account over the reported rows (none for a mean over many accounts) and its metrics. */
export interface StrategyOutcome {
  readonly name: StrategyName;
  readonly series: AccountSeries | null;
  readonly metrics: StrategyMetrics;
}

/** What a job gives back. */
export interface JobResult {
  readonly strategies: readonly StrategyOutcome[];
  /** Iterations of the population; empty for other jobs. */
  readonly events: readonly IterationEvent[];
  /** Sharpe ratios of the field, ascending, and what its best is worth; null for other jobs. */
  readonly field: { readonly sharpes: readonly number[]; readonly selection: FieldSelection } | null;
  /** Credit of the population's agents at the last decision; empty for other jobs. */
  readonly finalCredit: readonly AgentCredit[];
}

/** Keeps a learner's progress so that a killed run loses at most the iteration under way. */
export interface Checkpoints {
  load<State, Account extends string>(strategy: string): Progress<State, Account> | null;
  save<State, Account extends string>(
    strategy: string,
    progress: Progress<State, Account>,
    event: unknown,
  ): void;
  /** Events of the strategy's iterations so far. */
  events(strategy: string): readonly unknown[];
}

/** What a job is given. */
export interface JobInput {
  readonly desk: Desk;
  readonly config: RunConfig;
  readonly checkpoints: Checkpoints;
  readonly onProgress: (done: number, total: number) => void;
}

/** First reported row of a run. */
function reportedFrom(config: RunConfig): number {
  const first = config.clock.firstDecision + 1;
  return config.clock.reportFrom ?? first;
}

/** Rows below which a strategy's metrics cannot be computed: the test of its mean looks back over as many. */
const LEAST_REPORTED = GROSS_TEST_LAG + 1;

/** Iterations of a run on a market of `rows` rows, and its first and last reported row. */
export interface RunWindow {
  readonly iterations: number;
  readonly from: number;
  readonly to: number;
}

/** @throws {RangeError} If the rows are too few, or fewer than the iterations or the first reported row asked for. */
export function runWindow(rows: number, config: RunConfig): RunWindow {
  const { clock } = config;
  const most = iterationsIn(rows, clock);
  if (most < 1) {
    throw new RangeError(
      `Cannot run as the market must have more than ${
        clock.firstDecision + 1
      } rows: current value is ${rows}`,
    );
  }
  if (config.iterations !== null && config.iterations > most) {
    throw new RangeError(
      `Cannot run as iterations must be at most ${most} on ${rows} rows: current value is ${config.iterations}`,
    );
  }
  const iterations = config.iterations ?? most;
  const to = Math.min(decisionRow(iterations, clock), rows - 1);
  const from = reportedFrom(config);
  if (!(from > clock.firstDecision && to - from + 1 >= LEAST_REPORTED)) {
    throw new RangeError(
      `Cannot run as at least ${LEAST_REPORTED} rows must be reported, from one of ${
        clock.firstDecision + 1
      }..${to} on: current value is ${from}`,
    );
  }
  return { iterations, from, to };
}

/** The context of a run's learners. */
function runContext({ desk, config }: Pick<JobInput, "desk" | "config">): RunContext {
  const { iterations } = runWindow(desk.market.panel.rows, config);
  return { desk, config: config.population, clock: config.clock, seed: config.seed, iterations };
}

/** Runs a learner to the end, from its checkpoint if there is one. */
function follow<State, Event, Account extends string>(
  learner: Learner<State, Event, Account>,
  context: RunContext,
  input: JobInput,
): Progress<State, Account> {
  let progress = input.checkpoints.load<State, Account>(learner.name) ?? startProgress(learner);
  input.onProgress(progress.iterations, context.iterations);
  while (progress.iterations < context.iterations) {
    const advanced = advance(learner, progress);
    progress = advanced.progress;
    input.checkpoints.save(learner.name, progress, advanced.event);
    input.onProgress(progress.iterations, context.iterations);
  }
  return progress;
}

function outcome(name: StrategyName, series: AccountSeries): StrategyOutcome {
  return { name, series, metrics: strategyMetrics(series) };
}

function populationStrategies(
  learner: PopulationLearner,
  context: RunContext,
  input: JobInput,
  names: { readonly champion: StrategyName; readonly committee: StrategyName | null },
): JobResult {
  const progress = follow(learner, context, input);
  const skip = reportedFrom(input.config) - context.clock.firstDecision - 1;
  const series = (account: "champion" | "committee") =>
    seriesOfDeployed(
      progress.bars[account],
      progress.state.accounts[account],
      context.desk.startingEquity,
      skip,
    );
  const strategies = [outcome(names.champion, series("champion"))];
  if (names.committee) strategies.push(outcome(names.committee, series("committee")));
  return {
    strategies,
    events: input.checkpoints.events(learner.name) as IterationEvent[],
    field: null,
    finalCredit: [],
  };
}

function population(input: JobInput): JobResult {
  const context = runContext(input);
  const result = populationStrategies(populationLearner("population", context), context, input, {
    champion: "champion",
    committee: "committee",
  });
  return { ...result, finalCredit: finalCredit(context, result.events) };
}

function selectionOnly(input: JobInput): JobResult {
  const base = runContext(input);
  const context = { ...base, config: selectionOnlyConfig(base.config) };
  const result = populationStrategies(populationLearner("selectionOnly", context), context, input, {
    champion: "selectionOnly",
    committee: "selectionOnlyCommittee",
  });
  return { ...result, events: [] };
}

function homogeneousPbt(input: JobInput): JobResult {
  const base = runContext(input);
  const context = { ...base, config: homogeneousPbtConfig(base.config) };
  const learner = populationLearner("homogeneousPbt", context);
  return {
    ...populationStrategies(learner, context, input, { champion: "homogeneousPbt", committee: null }),
    events: [],
  };
}

function singleAgent(input: JobInput): JobResult {
  const context = runContext(input);
  const skip = reportedFrom(input.config) - context.clock.firstDecision - 1;
  const strategy = (name: StrategyName, learns: boolean) => {
    const progress = follow(singleAgentLearner(name, context, learns), context, input);
    return outcome(
      name,
      seriesOfDeployed(progress.bars.single, progress.state.account, context.desk.startingEquity, skip),
    );
  };
  return {
    strategies: [strategy("singleAgent", true), strategy("fixedSingle", false)],
    events: [],
    field: null,
    finalCredit: [],
  };
}

/** The field and everything that is chosen from it or needs no agents. */
function references(input: JobInput): JobResult {
  const { desk, config } = input;
  const from = reportedFrom(config);
  const first = config.clock.firstDecision + 1;
  const field = tradeField(desk, config.population.size, from, input.onProgress);
  const chosen = (name: StrategyName, index: number) =>
    outcome(name, tradePipeline(desk, field.pipelines[index]!, from));
  const short = pastSharpe(desk, field.pipelines, first);
  const best = hindsightBest(field);
  const strategies: StrategyOutcome[] = [
    outcome("ensemble", field.ensemble),
    outcome("wholeCommittee", tradeWholeCommittee(desk, field.pipelines, from)),
    chosen("staticShort", argmax(short)),
    chosen("staticShortAdditive", additiveBest(field, short)),
  ];
  if (from > first) {
    const long = pastSharpe(desk, field.pipelines, from);
    strategies.push(
      chosen("staticLong", argmax(long)),
      chosen("staticLongAdditive", additiveBest(field, long)),
    );
  }
  strategies.push(
    { name: "random", series: null, metrics: meanMetrics(field.metrics) },
    outcome("buyAndHold", tradeMandate(desk, buyAndHold(desk, from), from)),
    outcome("volatilityTarget", tradeMandate(desk, volatilityTargetedHold(desk, from), from)),
    outcome("momentum180", tradeMandate(desk, timeSeriesMomentum(desk, from), from)),
    chosen("hindsight", best),
  );
  const { source } = desk.market.panel;
  if (source.kind === "synthetic" && source.mode === "planted") {
    const truth = syntheticTruth(desk.market.panel);
    strategies.push(
      outcome("plantedOracle", tradeMandate(desk, plantedOracle(desk, truth, source.ic), from)),
    );
  }
  const sharpes = field.metrics.map((metrics) => metrics.sharpe).sort((a, b) => a - b);
  const selection = fieldSelection(field.returns, best);
  return { strategies, events: [], field: { sharpes, selection }, finalCredit: [] };
}

/** The placebo for the champion rule; needs the population's iterations. */
export function placebo(input: JobInput, events: readonly IterationEvent[]): JobResult {
  const context = runContext(input);
  const skip = reportedFrom(input.config) - context.clock.firstDecision - 1;
  const series = randomSwitching(input.desk, events, input.config.seed, skip, input.onProgress);
  return { strategies: [outcome("randomSwitching", series)], events: [], field: null, finalCredit: [] };
}

/** The jobs of a population run; those without the population itself are its references. */
export const JOBS = {
  population,
  references,
  selectionOnly,
  homogeneousPbt,
  singleAgent,
} as const satisfies Record<
  string,
  (input: JobInput) => JobResult
>;
export type JobName = keyof typeof JOBS;
