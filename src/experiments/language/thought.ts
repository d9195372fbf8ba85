/** An answer as the thought log keeps it. */
import { printable } from "../../core/printable.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import type { FailureKind } from "../../llm/failure.ts";
import type { Answer, CallRecord } from "../../llm/language_model.ts";
import type { AbstentionReason } from "../../llm/outcome.ts";
import { MOST_RATIONALE, type TraderAnswer } from "./answer.ts";

/** What an answer says of itself, whatever it was asked about. */
export type ThoughtAnswer = Pick<
  ThoughtEvent,
  | "outcome"
  | "decision"
  | "reason"
  | "cap"
  | "repaired"
  | "reply"
  | "calls"
  | "inputTokens"
  | "outputTokens"
  | "dollars"
>;

/** Reasons for which nothing was sent. */
const UNSENT: ReadonlySet<string> = new Set<FailureKind>([
  "budget",
  "priceUnknown",
  "keyMissing",
  "notRecorded",
  "tooLong",
]);
/** Reasons for which a reply came that was of no use. */
const USELESS: ReadonlySet<string> = new Set<AbstentionReason>([
  "wrongSchema",
  "noJson",
  "empty",
  "refused",
  "truncated",
  "foreign",
]);

/** An answer as it is kept. What it cost is what it cost when it was made, so that a replay keeps the same bytes. */
export function thoughtOf({ outcome, calls: all }: Answer<TraderAnswer>): ThoughtAnswer {
  const spent = spendingOf(all);
  if (outcome.kind === "abstention") {
    return {
      outcome: unansweredOf(outcome.reason),
      decision: null,
      reason: outcome.reason,
      ...(outcome.reason === "budget" ? { cap: outcome.detail } : {}),
      repaired: false,
      ...spent,
    };
  }
  const { quantiles: _, rationale, ...decision } = outcome.value;
  return {
    outcome: decision.action === "hold" ? "held" : "answered",
    decision: { ...decision, rationale: printable(rationale, MOST_RATIONALE) },
    reason: null,
    repaired: outcome.repairs.length > 0,
    ...spent,
  };
}

/** What calls took; those that were not sent took nothing. */
export function spendingOf(
  all: readonly CallRecord[],
): Pick<ThoughtAnswer, "reply" | "calls" | "inputTokens" | "outputTokens" | "dollars"> {
  const calls = all.filter(({ attempts }) => attempts > 0);
  const sum = (of: (call: CallRecord) => number) => calls.reduce((total, call) => total + of(call), 0);
  return {
    reply: calls.at(-1)?.hash ?? null,
    calls: calls.length,
    inputTokens: sum(({ usage }) => usage?.input ?? 0),
    outputTokens: sum(({ usage }) => usage?.output ?? 0),
    dollars: sum(({ dollars }) => dollars),
  };
}

/** How a question without an answer is counted, by its reason. */
export function unansweredOf(reason: AbstentionReason): "unasked" | "abstained" | "failed" {
  return UNSENT.has(reason) ? "unasked" : USELESS.has(reason) ? "abstained" : "failed";
}

/** A question that was not put. */
export function unaskedThought(reason: string): ThoughtAnswer {
  return {
    outcome: "unasked",
    decision: null,
    reason,
    repaired: false,
    reply: null,
    calls: 0,
    inputTokens: 0,
    outputTokens: 0,
    dollars: 0,
  };
}
