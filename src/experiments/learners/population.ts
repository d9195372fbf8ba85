import type { RecordedEvent } from "../../events/event.ts";
import type { RunContext } from "../../population/decide.ts";
import {
  DEPLOYED_ACCOUNTS,
  type DeployedAccount,
  type PopulationState,
  startState,
} from "../../population/state.ts";
import { step } from "../../population/step.ts";
import type { Learner } from "../prequential.ts";
import { readIteration } from "../readings/iteration_readings.ts";

export type PopulationLearner = Learner<PopulationState, RecordedEvent, DeployedAccount>;

/**
 * A population as a learner.
 *
 * @param read True to read off, in every iteration, what each agent's teams earned and how good each researcher's
 *   forecasts were: on series that the iteration has just made, so that it costs next to nothing.
 */
export function populationLearner(name: string, context: RunContext, read = false): PopulationLearner {
  const { desk, config, seed } = context;
  return {
    name,
    accounts: DEPLOYED_ACCOUNTS,
    start: () => startState(config, seed, desk.arena.coins, desk.startingEquity),
    next: (state, proposals) => {
      const { event, ...rest } = step(state, context, proposals);
      const iteration = { ...rest, events: [event] };
      return read
        ? { ...iteration, readings: readIteration(context, event, rest.state.proposals) }
        : iteration;
    },
  };
}
