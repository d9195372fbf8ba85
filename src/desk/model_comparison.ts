/** The decision benchmark in a notebook: what models answered, compared, and the questions they were asked. */
import { COMMITTED_BENCHMARK, readBenchmark, readBenchmarkFolder } from "../adapters/llm/benchmark_files.ts";
import { compareModels, type ModelComparison } from "../experiments/decisions/compare_models.ts";
import { benchmarkQuestions, modelQuestion } from "../experiments/decisions/ask_benchmark.ts";
import type { TraderAnswer } from "../experiments/language/answer.ts";
import type { Probe } from "../experiments/decisions/probes.ts";
import type { Question } from "../llm/language_model.ts";

/** Which comparison. */
export interface ModelComparisonRequest {
  /** A benchmark's folder; the committed one where left out. */
  readonly folder?: string;
  /** False leaves simulated models out. */
  readonly simulated?: boolean;
}

/** Compares what models answered to a benchmark; reads files and asks nobody. @throws {UserError} If there is none. */
export async function loadModelComparison(request: ModelComparisonRequest = {}): Promise<ModelComparison> {
  const { folder = COMMITTED_BENCHMARK, simulated = true } = request;
  const { benchmark, models } = await readBenchmarkFolder(folder);
  return compareModels(benchmark, models.filter(({ model }) => simulated || !model.simulated));
}

/** Which question of a benchmark, and how it is asked. */
export interface BenchmarkQuestionRequest extends Pick<ModelComparisonRequest, "folder"> {
  /** A model of the table. */
  readonly model: string;
  /** "001", "002" ... */
  readonly point: string;
  /** How it is asked; plainly where left out. */
  readonly probe?: Probe;
  /** Most tokens of the answer: part of what a recorded call is found by; 400 where left out. */
  readonly maxTokens?: number;
}

/**
 * A question of a benchmark, to be handed to `openLanguageModel(...).ask`.
 *
 * @throws {RangeError} If the benchmark does not ask it.
 */
export async function benchmarkQuestion(request: BenchmarkQuestionRequest): Promise<Question<TraderAnswer>> {
  const { folder = COMMITTED_BENCHMARK, model, point, probe = "plain", maxTokens = 400 } = request;
  const benchmark = await readBenchmark(folder), { length } = benchmark.points;
  const asked = benchmarkQuestions(benchmark, { points: length, probed: length });
  const found = asked.find((one) => one.point.id === point && one.probe === probe);
  if (found) return modelQuestion(found, model, maxTokens);
  throw new RangeError(
    `Cannot ask the benchmark as it must hold the question: current value is ${point}, ${probe}`,
  );
}
