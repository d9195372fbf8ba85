import type { RunContext } from "../../population/decide.ts";
import { DEPLOYED_ACCOUNTS, type DeployedAccount } from "../../population/state.ts";
import { seriesOfDeployed } from "../account_series.ts";
import { eventsOfType } from "../../events/event.ts";
import { finalCredit } from "../final_credit.ts";
import { populationLearner } from "../learners/population.ts";
import { meanInSample } from "../population_mean.ts";
import { follow } from "../prequential.ts";
import { populationReadings } from "../readings/readings.ts";
import { declareJob, iterationsOf, type JobInput, learnerContext, outcomeOf, strategiesOnly } from "./job.ts";
import type { JobResult } from "./job_result.ts";

/** The population as configured. */
export const population = declareJob({
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
  },
  run: async (input) => {
    const context = learnerContext(input);
    const names = { champion: "champion", committee: "committee" };
    const result = await followPopulation("population", context, input, names, true);
    const desk = { ...context.desk, proposals: result.proposals };
    return { ...result, finalCredit: finalCredit({ ...context, desk }, iterationsOf(result)) };
  },
});

/**
 * Follows a population to its end and reports the accounts that are named.
 *
 * @param learner Name of its checkpoints and of the population.
 * @param names Strategies by account; an account without a name is left out.
 * @param read True to read off what its agents' teams earned and how good its researchers' forecasts were.
 */
export async function followPopulation(
  learner: string,
  context: RunContext,
  { plan, desk, checkpoints, onProgress }: JobInput,
  names: Partial<Readonly<Record<DeployedAccount, string>>>,
  read = false,
): Promise<JobResult> {
  const { iterations, history } = plan.window;
  const followed = await follow(
    populationLearner(learner, context, read),
    iterations,
    checkpoints,
    onProgress,
  );
  const strategies = DEPLOYED_ACCOUNTS.flatMap((account) => {
    const name = names[account];
    if (name === undefined) return [];
    return [outcomeOf(name, seriesOfDeployed(followed.bars[account], desk.startingEquity, history))];
  });
  const { events, readings, state: { proposals } } = followed;
  const { from } = plan.window;
  return {
    ...strategiesOnly(strategies),
    events,
    proposals,
    readings: read ? populationReadings(readings, eventsOfType(events, "iteration"), from) : null,
    population: {
      name: learner,
      places: followed.places.map((returns) => returns.slice(history)),
      inSample: meanInSample(eventsOfType(events, "iteration")),
    },
  };
}
