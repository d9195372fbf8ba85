import type { RecordedEvent } from "../../events/event.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import { type Desk, deskUntil } from "../../agents/desk.ts";
import type { RunContext } from "../../population/decide.ts";
import { rowsInUse } from "../../population/rows_in_use.ts";
import {
  type DeployedAccount,
  deployedAccounts,
  type PopulationState,
  startState,
} from "../../population/state.ts";
import { step } from "../../population/step.ts";
import type { TradedBars } from "../../simulation/traded_bars.ts";
import type { Ask } from "../language/asker.ts";
import type { Learner } from "../prequential.ts";
import { readIteration } from "../readings/iteration_readings.ts";

export type PopulationLearner = Learner<PopulationState, RecordedEvent, DeployedAccount>;

/**
 * A population as a learner.
 *
 * @param read True to read off, in every iteration, what each agent's teams earned and how good each researcher's
 *   forecasts were: on series that the iteration has just made, so that it costs next to nothing.
 * @param ask What asks language models before an iteration; null where nobody who plays asks any.
 * @param onIteration Told of each iteration as it ends, with the desk that it was run on and what was asked for it.
 */
export function populationLearner(
  name: string,
  context: RunContext,
  read = false,
  onIteration: (event: IterationEvent, desk: Desk, thoughts: readonly ThoughtEvent[]) => void = () => {},
  ask: Ask | null = null,
): PopulationLearner {
  const { desk, config, clock, seed } = context;
  return {
    name,
    accounts: deployedAccounts(config),
    start: () => startState(config, seed, desk.arena.coins, desk.startingEquity),
    ...(ask === null ? {} : { prepare: ask }),
    next: (state, prepared) => {
      const until = deskUntil(desk, rowsInUse(state.k, config, clock));
      const used = { ...context, desk: until };
      const { event, bars, thoughts, ...rest } = step(state, used, prepared);
      // there are bars of each account that `accounts` names
      const iteration = {
        ...rest,
        bars: bars as Record<DeployedAccount, TradedBars>,
        events: [...thoughts, ...prepared.suggestions ?? [], event],
        ...(prepared.aside ? { aside: prepared.aside } : {}),
      };
      const told = rest.state.proposals;
      const seen = read ? { ...iteration, readings: readIteration(used, event, told) } : iteration;
      onIteration(event, { ...until, proposals: told }, thoughts);
      if (event.transfers.length + event.mutations.length > 0) desk.market.memo.turn();
      return seen;
    },
  };
}
