/**
 * The jobs of a population run. Each is a pure function of a resolved run that gives the series of some
 * strategies; jobs know nothing of one another but what they are given, so they may run in any order and on any
 * number of workers.
 */
import type { Desk } from "../../agents/desk.ts";
import { eventsOfType } from "../../events/event.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import type { Proposals } from "../../inventory/trader/proposal.ts";
import type { RunContext } from "../../population/decide.ts";
import type { AccountSeries } from "../account_series.ts";
import type { PopulationRunConfig } from "../config.ts";
import type { AskedModel } from "../language/asker.ts";
import { playsLanguage } from "../language/plays.ts";
import { strategyMetrics } from "../metrics.ts";
import type { Checkpoints } from "../ports/checkpoints.ts";
import type { JobCost } from "../outlook.ts";
import type { RunPlan } from "../run_plan.ts";
import type { Charges } from "../../simulation/trade_rows.ts";
import type { StrategyDescriptions } from "../strategy.ts";
import type { JobResult, StrategyOutcome } from "./job_result.ts";

/** What a job is given. */
export interface JobInput {
  readonly plan: RunPlan<PopulationRunConfig>;
  /** The desk of the plan's market. */
  readonly desk: Desk;
  readonly checkpoints: Checkpoints;
  /** Iterations of the population, for jobs that follow on it; empty for the others. */
  readonly iterations: readonly IterationEvent[];
  /** What the population was told from outside; for jobs that follow on it. */
  readonly proposals: Proposals;
  /** What language models were asked beside and in the population; left out for a job that has none to hear from. */
  readonly heard?: readonly ThoughtEvent[];
  readonly onProgress: (done: number, total: number) => void;
  /** Told of results that stand before the job ends, and of those so far. */
  readonly onEarly?: (early: EarlyResult) => void;
  /** Opens the model that language traders ask; not used by a job that is told what a population heard. */
  readonly openModel?: OpenModel;
  /** Traded beside the population, on its desk; for the population's job alone. */
  readonly followers?: readonly Follower[];
}

/** Opens the model that a plan's language traders ask; whoever opens it closes it. */
export type OpenModel = (
  plan: RunPlan<PopulationRunConfig>,
) => Promise<AskedModel & { readonly close: () => void }>;

/** What is known of a strategy while its job runs. */
export interface EarlyResult {
  readonly strategy: string;
  /** Net return so far, a fraction. */
  readonly totalReturn: number;
  /** Annual Sharpe ratio where the strategy has ended; null for one under way. */
  readonly sharpe: number | null;
  /** Iterations done and in all, for one under way. */
  readonly after: readonly [number, number] | null;
}

/** What follows on a population iteration by iteration, on the desk that still holds what its agents say. */
export interface Follower {
  readonly advance: (event: IterationEvent, desk: Desk, charges: Charges) => void;
  readonly outcomes: () => readonly StrategyOutcome[];
}

/** One job. */
export interface Job {
  /** The strategies that it may give. */
  readonly strategies: StrategyDescriptions;
  /** True if it follows on the population and is given its iterations. */
  readonly followsPopulation: boolean;
  /** True if its traders may ask language models: then it follows on the population, which asks for it. */
  readonly hears: boolean;
  /** Does the same beside the population, at a small part of the cost; null for jobs that cannot. */
  readonly follower: ((input: Pick<JobInput, "plan" | "desk">) => Follower) | null;
  /** True if its result does not depend on the run's seed, so that one serves all seeds on a market. */
  readonly sharedBySeeds: boolean;
  /** What it costs beside the others, for the time that is left; whether its dear steps are those that follow on lessons. */
  readonly cost: Omit<JobCost, "every"> & { readonly learns: boolean };
  readonly run: (input: JobInput) => Promise<JobResult>;
}

const SMALL: Job["cost"] = { work: 0.05, first: 0, growth: 1, learns: false };

/** Declares a job: as it is, or with the traits that most jobs have not. */
export function declareJob<const Strategies extends StrategyDescriptions>(
  job: Partial<Job> & Pick<Job, "run"> & { readonly strategies: Strategies },
): Omit<Job, "strategies"> & { readonly strategies: Strategies } {
  const run = (input: JobInput) => {
    input.desk.market.memo.turn(); // what other jobs left on the desk makes room, unless this one asks for it
    return job.run(input);
  };
  return {
    followsPopulation: false,
    hears: false,
    follower: null,
    sharedBySeeds: false,
    cost: SMALL,
    ...job,
    run,
  };
}

/** True for a job that needs what the population leaves. */
export function follows(
  { followsPopulation, hears }: Pick<Job, "followsPopulation" | "hears">,
  { population }: Pick<PopulationRunConfig, "population">,
): boolean {
  return followsPopulation || (hears && playsLanguage(population));
}

/** The context of a run's learners. */
export function learnerContext({ plan, desk }: Pick<JobInput, "plan" | "desk">): RunContext {
  const { config, window } = plan;
  const { population, clock, seed } = config;
  return { desk, config: population, clock, seed, iterations: window.iterations };
}

/** The iterations of a population that a job has followed. */
export function iterationsOf({ events }: Pick<JobResult, "events">): readonly IterationEvent[] {
  return eventsOfType(events, "iteration");
}

/** The outcome of a strategy with an account. */
export function outcomeOf(name: string, series: AccountSeries): StrategyOutcome {
  return { name, series, accounts: series.accounts, metrics: strategyMetrics(series) };
}

/** The result of a job that gives strategies and nothing else. */
export function strategiesOnly(strategies: readonly StrategyOutcome[]): JobResult {
  return {
    strategies,
    events: [],
    proposals: {},
    population: null,
    field: null,
    finalCredit: [],
    readings: null,
  };
}
