/** A model's answers to a benchmark: asked as long as there is time, and kept beside it. */
import {
  readBenchmark,
  readModelRecords,
  recordsPath,
  writeModelRecords,
} from "../adapters/llm/benchmark_files.ts";
import type { CassetteMode } from "../adapters/llm/cassettes.ts";
import { servedModel } from "../adapters/llm/models_file.ts";
import { openLanguageModel } from "../adapters/llm/open_language_model.ts";
import { UserError } from "../core/user_error.ts";
import { askBenchmark, type AskRequest } from "../experiments/decisions/ask_benchmark.ts";
import { askedOtherwise, mergedRecords, putAlone } from "../experiments/decisions/kept_records.ts";
import type { ModelRecords, ReplyRecord } from "../experiments/decisions/reply_record.ts";
import { isNamed } from "../llm/served_name.ts";
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

/** What is kept now, and where. */
export interface Recorded {
  readonly kept: ModelRecords;
  /** Null where there is nothing to keep: no file is written. */
  readonly path: string | null;
}

/**
 * Asks a model, and adds what it answers to what is kept of it. Where the time ends first, what any run recorded is kept
 * all the same, probes among it: the next one goes on from there.
 *
 * @throws {UserError} If what is kept was asked otherwise (nobody is asked then), or a question could not be put (what was
 * answered before it is kept).
 */
export async function recordBenchmark(request: RecordRequest): Promise<Recorded> {
  const { benchmark: folder, model: name, cassettes, asked, minutes } = request;
  const benchmark = await readBenchmark(folder), began = Date.now();
  const places = { folder: request.cassetteFolder, models: request.models, spending: request.spending };
  const run = `benchmark ${benchmark.name} ${name} ${new Date(began).toISOString()}`;
  using model = await openLanguageModel({ ...places, cassettes, run });
  const served = servedModel(model.models, name);
  const before = await readModelRecords(folder, name, benchmark), path = recordsPath(folder, name);
  if (before) {
    const otherwise = askedOtherwise(benchmark, served, before, asked.maxTokens);
    if (otherwise.length > 0) throw unlike(path, before, otherwise[0]!, otherwise.length);
  }
  if (served.card.simulated) tell(`!! ${name} is SIMULATED: a program, no language model.`);
  const goOn = () => minutes === null || Date.now() - began < 60_000 * minutes;
  const whole = await askBenchmark(benchmark, served, model, { ...asked, goOn }, tellProgress);
  let now = whole.kept;
  if (minutes !== null && cassettes === "record") {
    using recorded = await openLanguageModel({ ...places, cassettes: "offline" });
    const everything = { ...asked, probed: Math.max(asked.probed, Math.min(MOST_PROBED, asked.points)) };
    now = (await askBenchmark(benchmark, served, recorded, everything)).kept;
  }
  tellServed(now, before);
  const kept = before ? mergedRecords(benchmark, putAlone(before), now) : now;
  const isWritten = kept.records.length > 0 && now.records.length > 0;
  if (isWritten) await writeModelRecords(folder, kept);
  if (whole.stopped === null) return { kept, path: kept.records.length > 0 ? path : null };
  throw new UserError(
    `Cannot ask ${name} further as the next question could not be put: ${whole.stopped}. ` +
      (isWritten
        ? `The ${kept.records.length} answers that there are stand in ${path}.`
        : "Nothing was written.") +
      " Mend that and run it again: what is recorded is not asked twice.",
  );
}

function unlike(path: string, { records }: ModelRecords, first: ReplyRecord, n: number): UserError {
  return new UserError(
    `Cannot add to ${path} as its answers must be to the same calls: ${n} of its ${records.length} were asked otherwise ` +
      `(other --max-tokens, prompt, form or entry of the table), the first of them decision ${first.point} ` +
      `(${first.probe}). Ask as they were asked, or copy benchmark.json to another folder and name that with --benchmark.`,
  );
}

/** Another model under the name is told once, and so is another build of it than what is kept came from. */
function tellServed({ model: { name, id, served, fingerprint } }: ModelRecords, before: ModelRecords | null) {
  if (served !== undefined && !isNamed(served, id)) {
    tell(
      `!! ${name} was asked as ${id}, and replies say that they are of ${served}: another model may have answered.`,
    );
  }
  const old = before?.model.fingerprint ?? null;
  if (old !== null && fingerprint !== null && old !== fingerprint) {
    tell(
      `!! The answers kept of ${name} came from ${old}, these from ${fingerprint}: it was changed in between.`,
    );
  }
}

/** A line every now and then: long runs are watched. */
function tellProgress(done: number, total: number, { calls, reason }: ReplyRecord): void {
  if (done % 10 !== 0 && done !== total) return;
  const seconds = calls.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / 1000;
  tell(`${done} of ${total}: ${reason ?? "answered"}, ${seconds.toFixed(1)} s`);
}
