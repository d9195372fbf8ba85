/** How a session asks language models: what is recorded of the past, a model about the present, and never for long. */
import type { ThoughtEvent } from "../events/thought.ts";
import { type Ask, type AskedModel, asker, promptsInPlay, rowAsker } from "../experiments/language/asker.ts";
import { echo } from "../experiments/language/references.ts";
import type { Answer, LanguageModel } from "../llm/language_model.ts";
import type { RunContext } from "../population/decide.ts";
import type { PopulationState } from "../population/state.ts";

/** How a session asks. */
export interface Asking {
  /** Of iterations that its history holds. */
  readonly past: (context: RunContext) => Ask;
  /** About a row that has closed just now, or in the iteration under way. It settles always, and soon. */
  readonly now: (
    context: RunContext,
    state: PopulationState,
    row: number,
  ) => Promise<readonly ThoughtEvent[]>;
}

/** Ms that a session waits for the answers of one row. */
export const PATIENCE_MS = 120_000;

/**
 * Asks models. A history hears what is recorded of it and nothing is sent about it; about the present a model is asked,
 * and one that fails or takes too long has abstained: what was said last stands until it expires.
 *
 * @param past What is recorded.
 * @param wait Waits so long, ms, or until it is told that nobody waits any more.
 */
export function askingModels(
  past: AskedModel,
  present: AskedModel,
  wait: (ms: number, over: AbortSignal) => Promise<unknown>,
  patience = PATIENCE_MS,
): Asking {
  return {
    past: (context) => asker(context, past),
    now: async (context, state, row) => {
      const over = new AbortController();
      const late = wait(patience, over.signal).catch(() => {}); // one that is called off waits no more
      const model = patientModel(present.model, late);
      try {
        return await rowAsker(context, { ...present, model })(state, row, state.told?.calls ?? 0);
      } finally {
        over.abort();
      }
    },
  };
}

/** A model whose answers count until an instant, and whose faults are abstentions. */
function patientModel(model: LanguageModel, late: Promise<unknown>): LanguageModel {
  const silent = (reason: "timeout" | "connection", detail: string): Answer<never> => ({
    outcome: { kind: "abstention", reason, detail },
    calls: [],
  });
  return {
    ask: <Value>(question: Parameters<typeof model.ask<Value>>[0]) => {
      const fault = (error: unknown): Answer<Value> =>
        silent("connection", error instanceof Error ? error.message : String(error));
      let answer: Promise<Answer<Value>>;
      try {
        answer = model.ask(question).catch(fault);
      } catch (error) {
        answer = Promise.resolve(fault(error));
      }
      return Promise.race([answer, late.then(() => silent("timeout", "no answer in time"))]);
    },
  };
}

/** The answers that a session was given, told again: nobody is asked. */
export function askingRecord(events: readonly { readonly type: string }[]): Asking {
  const heard = events.filter((event): event is ThoughtEvent => event.type === "thought");
  const byRow = Map.groupBy(heard, ({ row }) => row);
  return {
    past: () => echo(heard),
    now: (_, state, row) => {
      const own = new Set(promptsInPlay(state).map(({ key }) => key));
      const said = (byRow.get(row) ?? []).filter(({ prompt }) => own.has(prompt));
      return Promise.resolve(said.map((one) => ({ ...one, verdict: null })));
    },
  };
}
