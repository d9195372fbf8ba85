import { isUnput } from "../../llm/failure.ts";
import { PINNED, type ServedModel } from "../../llm/ladder.ts";
import type { Answer, LanguageModel, Question } from "../../llm/language_model.ts";
import { isNamed } from "../../llm/served_name.ts";
import { promptNamed } from "../../inventory/trader/prompts/catalogue.ts";
import { ANSWER_FORM, type TraderAnswer } from "../language/answer.ts";
import { promptVersion } from "../language/question.ts";
import { type Benchmark, benchmarkHash } from "./benchmark.ts";
import { groundingOf } from "./grounding.ts";
import { type ProbeQuestion, probeQuestions } from "./probes.ts";
import type { ModelRecords, ReplyRecord } from "./reply_record.ts";

/** The role under which the benchmark's calls are charged. */
export const BENCHMARK_ROLE = "benchmark";

/** Enough of a call's hash to find its cassette by. */
export const HASH_DIGITS = 12;

/** How much of a benchmark is asked. */
export interface AskRequest {
  /** Points that are asked plainly, from the first on. */
  readonly points: number;
  /** Points that are asked in every other way too, from the first on. */
  readonly probed: number;
  /** Most tokens of an answer. */
  readonly maxTokens: number;
  /** Asked before each question: false ends the asking there. */
  readonly goOn?: () => boolean;
}

/**
 * The questions of a benchmark, in the order in which they are asked.
 *
 * @throws {RangeError} If more points are asked than it has, or more are probed than asked.
 */
export function benchmarkQuestions(
  benchmark: Benchmark,
  { points, probed }: Pick<AskRequest, "points" | "probed">,
): readonly ProbeQuestion[] {
  if (!(points >= 1 && points <= benchmark.points.length && probed >= 0 && probed <= points)) {
    throw new RangeError(
      `Cannot ask a benchmark as points must be in 1..${benchmark.points.length} and probed in 0..points: ` +
        `current values are ${points} and ${probed}`,
    );
  }
  return probeQuestions(benchmark.points.slice(0, points), probed, promptNamed(benchmark.prompt));
}

/** A question as a model is asked it. */
export function modelQuestion(
  { messages }: ProbeQuestion,
  model: string,
  maxTokens: number,
): Question<TraderAnswer> {
  return {
    model,
    messages,
    form: ANSWER_FORM,
    parameters: { ...PINNED, maxTokens },
    sample: 0,
    role: BENCHMARK_ROLE,
  };
}

/** What came of asking. */
export interface AskedBenchmark {
  readonly kept: ModelRecords;
  /** Why the asking ended at a question that could not be put; null if it did not. */
  readonly stopped: string | null;
}

/**
 * Asks a model every question, one after the other. What could not be put for the caller's reasons is no answer and left
 * out; where one was to be sent, the asking ends there, for the next one would fare as it did.
 *
 * @param onAnswer Told after each, with how many are done.
 */
export async function askBenchmark(
  benchmark: Benchmark,
  served: ServedModel,
  model: LanguageModel,
  request: AskRequest,
  onAnswer: (done: number, total: number, record: ReplyRecord) => void = () => {},
): Promise<AskedBenchmark> {
  const questions = benchmarkQuestions(benchmark, request), records: ReplyRecord[] = [];
  const { name, card: { id, cutoff, price, simulated } } = served;
  let fingerprint: string | null = null, other: string | null = null, stopped: string | null = null, done = 0;
  for (const question of questions) {
    if (request.goOn?.() === false) break;
    const { outcome, calls } = await model.ask(modelQuestion(question, name, request.maxTokens));
    done++;
    if (outcome.kind === "abstention" && isUnput(outcome.reason)) {
      if (calls.at(-1)!.source === "cassette") continue;
      stopped = `${outcome.reason} (${outcome.detail})`;
      break;
    }
    for (const { served: by } of calls) {
      fingerprint ??= by.fingerprint;
      if (by.model !== null && by.model !== id && (other === null || isNamed(other, id))) other = by.model;
    }
    records.push(recordOf(question, { outcome, calls }, benchmark));
    onAnswer(done, questions.length, records.at(-1)!);
  }
  const head = { name, id, fingerprint, simulated, cutoff, priced: price?.date ?? null };
  const kept: ModelRecords = {
    version: 1,
    benchmark: {
      name: benchmark.name,
      hash: benchmarkHash(benchmark),
      promptVersion: promptVersion(promptNamed(benchmark.prompt)),
    },
    model: other === null ? head : { ...head, served: other },
    records,
  };
  return { kept, stopped };
}

function recordOf(
  { point, probe, shown }: ProbeQuestion,
  { outcome, calls }: Answer<TraderAnswer>,
  { points }: Benchmark,
): ReplyRecord {
  const kept = calls.map(({ hash, rung, verdict, usage, latencyMs, dollars }) => ({
    hash: hash.slice(0, HASH_DIGITS),
    rung,
    verdict,
    input: usage?.input ?? null,
    output: usage?.output ?? null,
    latencyMs,
    dollars,
  }));
  const base = { point: point.id, probe, calls: kept };
  if (outcome.kind === "abstention") {
    return { ...base, decision: null, reason: outcome.reason, repairs: [], grounding: null };
  }
  const { rationale, ...decision } = outcome.value;
  const other = points[(points.indexOf(point) + Math.floor(points.length / 2)) % points.length]!;
  return {
    ...base,
    decision,
    reason: null,
    repairs: [...outcome.repairs],
    grounding: shown && groundingOf(rationale, shown, other.observation),
  };
}
