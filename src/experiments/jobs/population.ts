import { type Desk, deskUntil } from "../../agents/desk.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import type { RunContext } from "../../population/decide.ts";
import { type DeployedAccount, deployedAccounts } from "../../population/state.ts";
import { rowsInUse } from "../../population/rows_in_use.ts";
import { chargesOf } from "../../population/thoughts.ts";
import { seriesOfDeployed } from "../account_series.ts";
import { eventsOfType } from "../../events/event.ts";
import { finalCredit } from "../final_credit.ts";
import type { Ask } from "../language/asker.ts";
import { distil, withDistillations } from "../language/distillation.ts";
import { playsLanguage } from "../language/plays.ts";
import { referencePrompts } from "../language/references.ts";
import { populationLearner } from "../learners/population.ts";
import { meanInSample } from "../population_mean.ts";
import { follow } from "../prequential.ts";
import { populationReadings } from "../readings/readings.ts";
import { askingFor } from "./asking.ts";
import { declareJob, iterationsOf, type JobInput, learnerContext, outcomeOf, strategiesOnly } from "./job.ts";
import type { JobResult } from "./job_result.ts";
import { MIRRORED_STRATEGIES } from "./mirrored.ts";

/** The population as configured. */
export const population = declareJob({
  cost: { work: 1, first: 0.05, growth: 2.5, learns: true },
  strategies: {
    champion: {
      label: "Population (champion)",
      kind: "population",
      note: "The team of the best agent of each role, chosen before each window it trades.",
    },
    committee: {
      label: "Population (committee)",
      kind: "population",
      note: "The mean target of the best teams by summed credit, in one account with real costs.",
    },
    ...MIRRORED_STRATEGIES,
  },
  run: async (input) => {
    const context = learnerContext(input);
    const names = Object.fromEntries(deployedAccounts(context.config).map((name) => [name, name]));
    const { references, seed } = input.plan.config;
    const beside = references && playsLanguage(context.config) ? referencePrompts(context.config, seed) : [];
    const { ask, asked, close } = await askingFor(input, context, beside, true);
    const { language } = context.config;
    let result: JobResult, desk: Desk;
    try {
      result = await followPopulation("population", context, input, names, {
        read: true,
        ask,
        onEarly: input.onEarly,
      });
      desk = { ...context.desk, proposals: result.proposals };
      if (asked !== null && language.distil.length > 0) {
        const write = (event: IterationEvent) => distil(desk, event, language, asked.model);
        result = { ...result, events: await withDistillations(result.events, language.distil, write) };
      }
    } finally {
      close();
    }
    return { ...result, finalCredit: finalCredit({ ...context, desk }, iterationsOf(result)) };
  },
});

/** Iterations between two words on how the population stands. */
const EARLY_EVERY = 20;

/** What is done beside following a population; nothing unless given. */
interface Beside {
  /** True to read off what its agents' teams earned and how good its researchers' forecasts were. */
  readonly read?: boolean;
  /** What asks language models before an iteration. */
  readonly ask?: Ask | null;
  /** Told how the champion stands every so many iterations. */
  readonly onEarly?: JobInput["onEarly"] | undefined;
}

/**
 * Follows a population to its end and reports the accounts that are named.
 *
 * @param learner Name of its checkpoints and of the population.
 * @param names Strategies by account; an account without a name is left out.
 * @returns Its strategies, then those of the followers that came along.
 */
export async function followPopulation(
  learner: string,
  context: RunContext,
  { plan, desk, checkpoints, onProgress, followers = [] }: Omit<JobInput, "onEarly">,
  names: Partial<Readonly<Record<DeployedAccount, string>>>,
  { read = false, ask = null, onEarly }: Beside = {},
): Promise<JobResult> {
  const { iterations, history } = plan.window;
  let told = 0; // iterations that followers know; where the first were stored before, all are told at the end
  const tell = (event: IterationEvent, one: Desk, thoughts: readonly ThoughtEvent[]) => {
    if (event.k !== told) return;
    followers.forEach((each) => each.advance(event, one, chargesOf(thoughts)));
    told++;
  };
  const watched = populationLearner(learner, context, read, (event, one, thoughts) => {
    tell(event, one, thoughts);
    const ended = event.k + 1, strategy = names.champion;
    if (!onEarly || strategy === undefined || ended === iterations || ended % EARLY_EVERY > 0) return;
    const totalReturn = event.equity.champion / desk.startingEquity - 1;
    onEarly({ strategy, totalReturn, sharpe: null, after: [ended, iterations] });
  }, ask);
  const followed = await follow(watched, iterations, checkpoints, onProgress);
  const strategies = deployedAccounts(context.config).flatMap((account) => {
    const name = names[account];
    if (name === undefined) return [];
    return [outcomeOf(name, seriesOfDeployed(followed.bars[account], desk.startingEquity, history))];
  });
  const { events, readings, aside, state: { proposals } } = followed;
  const asked = Map.groupBy(eventsOfType(events, "thought"), ({ k }) => k);
  for (const event of eventsOfType(events, "iteration")) {
    const until = deskUntil({ ...desk, proposals }, rowsInUse(event.k, context.config, context.clock));
    tell(event, until, asked.get(event.k) ?? []);
  }
  strategies.push(...followers.flatMap((follower) => follower.outcomes()));
  const { from } = plan.window;
  return {
    ...strategiesOnly(strategies),
    events,
    proposals,
    ...(aside.length > 0 ? { aside } : {}),
    readings: read ? populationReadings(readings, eventsOfType(events, "iteration"), from) : null,
    population: {
      name: learner,
      places: followed.places.map((returns) => returns.slice(history)),
      inSample: meanInSample(eventsOfType(events, "iteration")),
    },
  };
}
