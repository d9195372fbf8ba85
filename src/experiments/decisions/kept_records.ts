/** What a model answered before, beside what it answers now: nothing that was kept is lost, and unlike is not mixed. */
import { callHash, type Rung } from "../../llm/chat_call.ts";
import { isUnput } from "../../llm/failure.ts";
import { chatCall, type ServedModel } from "../../llm/ladder.ts";
import { benchmarkQuestions, HASH_DIGITS, modelQuestion } from "./ask_benchmark.ts";
import type { Benchmark } from "./benchmark.ts";
import type { ProbeQuestion } from "./probes.ts";
import type { ModelRecords, ReplyRecord } from "./reply_record.ts";

/** Records without questions that were never put, as they were once kept. */
export function putAlone(all: ModelRecords): ModelRecords {
  return { ...all, records: all.records.filter(({ reason }) => !isUnput(reason)) };
}

/**
 * Kept records whose question is asked otherwise today: other parameters, prompt, form or entry of the table.
 *
 * @param maxTokens Most tokens of an answer, as they are asked for today.
 */
export function askedOtherwise(
  benchmark: Benchmark,
  served: ServedModel,
  { records }: ModelRecords,
  maxTokens: number,
): readonly ReplyRecord[] {
  const questions = new Map(everyQuestion(benchmark).map((one) => [keyOf(one.point.id, one.probe), one]));
  return records.filter(({ point, probe, calls: [first] }) => {
    const question = questions.get(keyOf(point, probe));
    if (!question || !first) return true;
    const { rung } = first;
    const call = chatCall(served, modelQuestion(question, served.name, maxTokens), rung as Rung);
    return callHash(call).slice(0, HASH_DIGITS) !== first.hash;
  });
}

/**
 * Both as one, in the order in which questions are asked. Of a question that both hold the kept record stands, unless its
 * call failed.
 */
export function mergedRecords(benchmark: Benchmark, before: ModelRecords, now: ModelRecords): ModelRecords {
  const all = new Map<string, ReplyRecord>();
  for (const one of [...before.records, ...now.records]) {
    const key = keyOf(one.point, one.probe), kept = all.get(key);
    if (kept === undefined || kept.calls.at(-1)?.verdict === "failed") all.set(key, one);
  }
  const order = everyQuestion(benchmark).flatMap(({ point, probe }) => all.get(keyOf(point.id, probe)) ?? []);
  const model = { ...now.model, fingerprint: now.model.fingerprint ?? before.model.fingerprint };
  const other = now.model.served ?? before.model.served;
  return { ...now, model: other === undefined ? model : { ...model, served: other }, records: order };
}

function everyQuestion(benchmark: Benchmark): readonly ProbeQuestion[] {
  const { length } = benchmark.points;
  return benchmarkQuestions(benchmark, { points: length, probed: length });
}

function keyOf(point: string, probe: string): string {
  return `${point} ${probe}`;
}
