/** A model's answers to a benchmark: asked as long as there is time, and kept beside it. */
import { readBenchmark, writeModelRecords } from "../adapters/llm/benchmark_files.ts";
import type { CassetteMode } from "../adapters/llm/cassettes.ts";
import { servedModel } from "../adapters/llm/models_file.ts";
import { openLanguageModel } from "../adapters/llm/open_language_model.ts";
import { askBenchmark, type AskRequest, recordedAlone } from "../experiments/decisions/ask_benchmark.ts";
import type { ModelRecords, ReplyRecord } from "../experiments/decisions/reply_record.ts";
import { tell } from "./print.ts";

/** Who is asked what, and where it is kept. */
export interface RecordRequest {
  /** The benchmark's folder. */
  readonly benchmark: string;
  /** The model, by its name in the table. */
  readonly model: string;
  readonly cassettes: CassetteMode;
  readonly cassetteFolder: string;
  readonly models: string;
  readonly spending: string;
  readonly asked: AskRequest;
  /** Asking ends after so many minutes, with the question that is under way; null asks everything. */
  readonly minutes: number | null;
}

/** Every way in which a decision may have been asked before. */
const MOST_PROBED = 18;

/** What was kept, and where. */
export interface Recorded {
  readonly kept: ModelRecords;
  readonly path: string;
}

/**
 * Asks a model. Where the time ends first, what any run recorded is kept all the same, probes among it: the next one goes
 * on from there.
 */
export async function recordBenchmark(request: RecordRequest): Promise<Recorded> {
  const { benchmark: folder, model: name, cassettes, asked, minutes } = request;
  const benchmark = await readBenchmark(folder), began = Date.now();
  const places = { folder: request.cassetteFolder, models: request.models, spending: request.spending };
  const run = `benchmark ${benchmark.name} ${name} ${new Date(began).toISOString()}`;
  using model = await openLanguageModel({ ...places, cassettes, run });
  const served = servedModel(model.models, name);
  if (served.card.simulated) tell(`!! ${name} is SIMULATED: a program, no language model.`);
  const goOn = () => minutes === null || Date.now() - began < 60_000 * minutes;
  const whole = await askBenchmark(benchmark, served, model, { ...asked, goOn }, tellProgress);
  if (minutes === null || cassettes !== "record") {
    return { kept: whole, path: await writeModelRecords(folder, whole) };
  }
  using recorded = await openLanguageModel({ ...places, cassettes: "offline" });
  const everything = { ...asked, probed: Math.max(asked.probed, Math.min(MOST_PROBED, asked.points)) };
  const kept = recordedAlone(await askBenchmark(benchmark, served, recorded, everything));
  return { kept, path: await writeModelRecords(folder, kept) };
}

/** A line every now and then: long runs are watched. */
function tellProgress(done: number, total: number, { calls, reason }: ReplyRecord): void {
  if (done % 10 !== 0 && done !== total) return;
  const seconds = calls.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / 1000;
  tell(`${done} of ${total}: ${reason ?? "answered"}, ${seconds.toFixed(1)} s`);
}
