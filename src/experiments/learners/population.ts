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

export type PopulationLearner = Learner<PopulationState, RecordedEvent, DeployedAccount>;

/** A population as a learner. */
export function populationLearner(name: string, context: RunContext): PopulationLearner {
  const { desk, config, seed } = context;
  return {
    name,
    accounts: DEPLOYED_ACCOUNTS,
    start: () => startState(config, seed, desk.arena.coins, desk.startingEquity),
    next: (state, proposals) => {
      const { event, ...rest } = step(state, context, proposals);
      return { ...rest, events: [event] };
    },
  };
}
