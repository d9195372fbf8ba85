/** How a job comes by what its language traders are answered. */
import type { RunContext } from "../../population/decide.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import type { Prompt } from "../../inventory/trader/prompts/prompt.ts";
import { type Ask, type AskedModel, asker } from "../language/asker.ts";
import { withSuggestions } from "../language/suggestions.ts";
import { playsLanguage } from "../language/plays.ts";
import { echo, referencePrompts } from "../language/references.ts";
import { startState } from "../../population/state.ts";
import { type JobInput, learnerContext } from "./job.ts";

/** What asks for a job, until it is closed. */
export interface Asking {
  /** Null where nobody who plays asks. */
  readonly ask: Ask | null;
  /** The model itself, for what is asked when a run is over; null where nobody asks one. */
  readonly asked: AskedModel | null;
  readonly close: () => void;
}

/**
 * What a job asks: it hears what a population was answered; without one it asks the model.
 *
 * @param beside Prompts that are asked for others too.
 * @param suggests True to ask for mutants too, where the configuration names roles for it.
 * @throws {RangeError} If traders play that ask, and there is neither.
 */
export async function askingFor(
  input: Pick<JobInput, "plan" | "openModel" | "heard">,
  context: RunContext,
  beside: readonly Prompt[] = [],
  suggests = false,
): Promise<Asking> {
  if (!playsLanguage(context.config)) return { ask: null, asked: null, close: () => {} };
  if (input.heard) return { ask: echo(input.heard), asked: null, close: () => {} };
  if (!input.openModel) {
    throw new RangeError("Cannot run as traders play that ask a language model: a model must be given");
  }
  const asked = await input.openModel(input.plan);
  const ask = asker(context, asked, beside);
  return { ask: suggests ? withSuggestions(ask, context, asked) : ask, asked, close: asked.close };
}

/** Everything that pipelines without lessons hear in a run, in the order of rows. */
export async function heardBy(
  input: Pick<JobInput, "plan" | "desk" | "openModel" | "heard">,
): Promise<readonly ThoughtEvent[]> {
  const context = learnerContext(input), { config, seed, desk, iterations } = context;
  if (input.heard || !playsLanguage(config)) return input.heard ?? [];
  const { ask, close } = await askingFor(input, context, referencePrompts(config, seed));
  const all: ThoughtEvent[] = [];
  try {
    let state = startState(config, seed, desk.arena.coins, desk.startingEquity);
    for (let k = 0; k < iterations; k++) {
      const { thoughts, aside = [] } = await ask!({ ...state, k });
      const calls = [...thoughts, ...aside].reduce((sum, one) => sum + one.calls, state.told?.calls ?? 0);
      state = { ...state, told: { since: {}, calls } };
      all.push(...thoughts, ...aside);
    }
  } finally {
    close();
  }
  return all;
}
