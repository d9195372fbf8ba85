/** What a model does at some decisions, each asked several times: the noise that a change of prompt or model is held against. */
import * as z from "zod";
import { promptNamed } from "../../inventory/trader/prompts/catalogue.ts";
import { actionShift, type ShiftResult } from "../../llm/action_shift.ts";
import { PINNED } from "../../llm/ladder.ts";
import type { LanguageModel } from "../../llm/language_model.ts";
import { ANSWER_FORM } from "../language/answer.ts";
import { promptVersion } from "../language/question.ts";
import { BENCHMARK_ROLE } from "./ask_benchmark.ts";
import { type Benchmark, benchmarkHash } from "./benchmark.ts";
import { probeQuestions } from "./probes.ts";

/** @internal The shape stands in the schema. */
export const actionsSchema = z.strictObject({
  version: z.literal(1),
  benchmark: z.strictObject({ name: z.string(), hash: z.string() }),
  model: z.string(),
  prompt: z.string(),
  /** Hash of the prompt's words. */
  promptVersion: z.string(),
  /** By decision, what was done at each time of asking; an abstention is an action of its own. */
  actions: z.array(z.array(z.string()).min(1)).min(1),
});

/**
 * What a model did under a prompt.
 *
 * @internal
 */
export type ActionsRecord = Readonly<z.output<typeof actionsSchema>>;

/** Which decisions are asked, and how often. */
export interface ActionsRequest {
  readonly model: string;
  /** Key of the prompt. */
  readonly prompt: string;
  /** Decisions, from the first of the benchmark on. */
  readonly points: number;
  /** Times that each is asked; seeds follow one another. */
  readonly samples: number;
  readonly maxTokens: number;
}

/**
 * Asks for actions, one question after the other.
 *
 * @throws {RangeError} If the benchmark has fewer points, or nothing is asked.
 */
export async function askActions(
  benchmark: Benchmark,
  model: LanguageModel,
  { model: name, prompt, points, samples, maxTokens }: ActionsRequest,
): Promise<ActionsRecord> {
  if (!(points >= 1 && points <= benchmark.points.length && samples >= 1)) {
    throw new RangeError(
      `Cannot ask for actions as points must be in 1..${benchmark.points.length} and samples at least 1: ` +
        `current values are ${points} and ${samples}`,
    );
  }
  const words = promptNamed(prompt), actions: string[][] = [];
  for (const { messages } of probeQuestions(benchmark.points.slice(0, points), 0, words)) {
    const done: string[] = [];
    for (let sample = 0; sample < samples; sample++) {
      const parameters = { ...PINNED, maxTokens };
      const { outcome } = await model.ask({
        model: name,
        messages,
        form: ANSWER_FORM,
        parameters,
        sample,
        role: BENCHMARK_ROLE,
      });
      done.push(outcome.kind === "proposal" ? outcome.value.action : "no answer");
    }
    actions.push(done);
  }
  return {
    version: 1,
    benchmark: { name: benchmark.name, hash: benchmarkHash(benchmark) },
    model: name,
    prompt,
    promptVersion: promptVersion(words),
    actions,
  };
}

/**
 * Whether actions moved beyond the noise of asking twice, by a permutation test within decisions.
 *
 * @throws {RangeError} If the two are not about the same decisions.
 */
export function shiftOf(before: ActionsRecord, after: ActionsRecord): ShiftResult {
  if (before.benchmark.hash !== after.benchmark.hash) {
    throw new RangeError(
      `Cannot compare actions as both must be about the benchmark ${before.benchmark.hash}: ` +
        `the later ones are about ${after.benchmark.hash}`,
    );
  }
  const names = [before, after].map((one) => `${one.model} ${one.promptVersion}`);
  return actionShift(before.actions, after.actions, names.join(" / "));
}
