/** One question: down the ladder where a rung is refused, one repair turn, then abstention. */
import { callHash, type ChatCall, type Message } from "./chat_call.ts";
import { chatCall, rungsOf, type ServedModel } from "./ladder.ts";
import type { Answer, CallRecord, Question } from "./language_model.ts";
import { outcomeOf } from "./outcome.ts";
import type { RawReply } from "./raw_reply.ts";
import { readReply, type Verdict } from "./reading.ts";
import { repairTurn } from "./repair_turn.ts";

/** A reply and how it was had. */
export interface CallResult {
  readonly reply: RawReply;
  readonly source: CallRecord["source"];
  readonly attempts: number;
  readonly latencyMs: number;
  readonly dollars: number;
}

/** Makes calls: from a cassette, or from a provider. */
export type Caller = (call: ChatCall, served: ServedModel, role: string) => Promise<CallResult>;

/** Asks a model. Whatever comes back is an outcome; what the caller throws passes through. */
export async function ask<Value>(
  question: Question<Value>,
  served: ServedModel,
  caller: Caller,
): Promise<Answer<Value>> {
  const { form, parameters, sample, role } = question;
  const calls: CallRecord[] = [];
  const rungs = rungsOf(served, form);

  const put = async (messages: readonly Message[], step: number): Promise<Verdict<Value>> => {
    const call = chatCall(served, { messages, form, parameters, sample }, rungs[step]!);
    const result = await caller(call, served, role);
    const { verdict, usage, served: by } = readReply(result.reply, form);
    const { source, attempts, latencyMs, dollars } = result;
    calls.push({
      hash: callHash(call),
      rung: call.rung,
      verdict: verdict.kind,
      source,
      attempts,
      latencyMs,
      usage,
      dollars,
      served: by,
    });
    return verdict;
  };

  let step = 0;
  let verdict = await put(question.messages, step);
  while (isRungRefused(verdict) && step + 1 < rungs.length) {
    verdict = await put(question.messages, ++step);
  }
  const turn = form === null ? null : repairTurn(question.messages, verdict);
  if (turn) verdict = await put(turn, step);
  return { outcome: outcomeOf(verdict, turn !== null), calls };
}

function isRungRefused(verdict: Verdict<unknown>): boolean {
  return verdict.kind === "failed" && verdict.failure.kind === "notSupported";
}
