import type { RecordedEvent } from "../../events/event.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { type Desk, deskUntil } from "../../agents/desk.ts";
import type { RunContext } from "../../population/decide.ts";
import { rowsInUse } from "../../population/rows_in_use.ts";
import {
  DEPLOYED_ACCOUNTS,
  type DeployedAccount,
  type PopulationState,
  startState,
} from "../../population/state.ts";
import { step } from "../../population/step.ts";
import type { Learner } from "../prequential.ts";

export type PopulationLearner = Learner<PopulationState, RecordedEvent, DeployedAccount>;

/**
 * A population as a learner.
 *
 * @param onIteration Told of each iteration as it ends, with the desk that it was run on.
 */
export function populationLearner(
  name: string,
  context: RunContext,
  onIteration: (event: IterationEvent, desk: Desk) => void = () => {},
): PopulationLearner {
  const { desk, config, clock, seed } = context;
  return {
    name,
    accounts: DEPLOYED_ACCOUNTS,
    start: () => startState(config, seed, desk.arena.coins, desk.startingEquity),
    next: (state, proposals) => {
      const until = deskUntil(desk, rowsInUse(state.k, config, clock));
      const { event, ...rest } = step(state, { ...context, desk: until }, proposals);
      onIteration(event, { ...until, proposals: rest.state.proposals });
      if (event.transfers.length + event.mutations.length > 0) desk.market.memo.turn();
      return { ...rest, events: [event] };
    },
  };
}
