/** The port through which everything else asks models. */
import type { AnswerForm } from "./answer_form.ts";
import type { Message, Rung } from "./chat_call.ts";
import type { Served } from "./envelope.ts";
import type { Parameters } from "./ladder.ts";
import type { Outcome } from "./outcome.ts";
import type { Verdict } from "./reading.ts";
import type { Usage } from "./usage.ts";

/** A question to a model. */
export interface Question<Value> {
  /** The model's name in the configuration. */
  readonly model: string;
  /** The prompt. */
  readonly messages: readonly Message[];
  /** Null asks for free text, which is then the value. */
  readonly form: AnswerForm<Value> | null;
  /** Limits and randomness. */
  readonly parameters: Parameters;
  /** 0; further numbers ask the same again, for a noise floor. */
  readonly sample: number;
  /** Who asks: its cost is counted under this name. */
  readonly role: string;
}

/** One call that an answer needed. */
export interface CallRecord {
  /** Of the call; its cassette lies under it. */
  readonly hash: string;
  /** How the form was asked for. */
  readonly rung: Rung;
  /** What the reply turned out to be. */
  readonly verdict: Verdict<unknown>["kind"];
  /** Where the reply came from. */
  readonly source: "cassette" | "provider";
  /** Requests sent; more than 1 after failures that passed. */
  readonly attempts: number;
  /** From the first request to the last reply, ms, as it was when recorded. */
  readonly latencyMs: number;
  /** Tokens; null where the reply says nothing of them. */
  readonly usage: Usage | null;
  /** USD when it was made; 0 for calls that were not sent. Replaying it costs nothing. */
  readonly dollars: number;
  /** Who answered. */
  readonly served: Served;
}

/** What came of a question, and every call it took. */
export interface Answer<Value> {
  /** A proposal or an abstention. */
  readonly outcome: Outcome<Value>;
  /** Rungs, the answer, the repair turn: in their order. */
  readonly calls: readonly CallRecord[];
}

/** Models, asked one question at a time; many may be under way. */
export interface LanguageModel {
  /** Asks. @throws {UserError} If the question cannot be put: no such model, or a replay without its cassette. */
  ask<Value>(question: Question<Value>): Promise<Answer<Value>>;
}
