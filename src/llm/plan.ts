/** What a list of questions will cost before anything is spent. */
import type { ModelCard } from "./model_card.ts";
import { costOf, DOLLAR, mostCost } from "./price.ts";

/** One call that is foreseen; a repair turn and lower rungs come on top and are not. */
export interface ForeseenCall {
  readonly hash: string;
  /** Tokens of what is sent, by estimate. */
  readonly inputTokens: number;
  /** Tokens that what is sent cannot exceed. */
  readonly inputBound: number;
  /** Most tokens of output. */
  readonly outputTokens: number;
}

/** A plan in numbers. USD are null where the model has no price. */
export interface CallPlan {
  readonly calls: number;
  /** Calls that a cassette answers, and questions that stand twice in the list. */
  readonly hits: number;
  readonly toSend: number;
  readonly inputTokens: number;
  /** Estimate: the estimated prompt and the whole output. */
  readonly dollars: number | null;
  /** The most it can cost: the bound on each prompt, and each call followed by a repair turn that quotes the answer. */
  readonly mostDollars: number | null;
}

/** @param isRecorded Whether a cassette holds the call of a hash. */
export function planCalls(
  calls: readonly ForeseenCall[],
  isRecorded: (hash: string) => boolean,
  price: ModelCard["price"],
): CallPlan {
  const distinct = [...new Map(calls.map((call) => [call.hash, call])).values()];
  const sent = distinct.filter(({ hash }) => !isRecorded(hash));
  const sum = (of: (call: ForeseenCall) => number) => sent.reduce((total, call) => total + of(call), 0);
  return {
    calls: calls.length,
    hits: calls.length - sent.length,
    toSend: sent.length,
    inputTokens: sum(({ inputTokens }) => inputTokens),
    dollars: price &&
      sum(({ inputTokens, outputTokens }) =>
          costOf({
            input: inputTokens,
            output: outputTokens,
            cachedInput: 0,
            reasoning: 0,
            reportedDollars: null,
          }, price)
        ) / DOLLAR,
    mostDollars: price &&
      sum(({ inputBound, outputTokens }) =>
          mostCost(2 * inputBound + outputTokens + REPAIR_TOKENS, 2 * outputTokens, price)
        ) / DOLLAR,
  };
}

/** What a repair turn adds of its own, generously. */
const REPAIR_TOKENS = 1000;
