import { Command } from "@commander-js/extra-typings";
import { readBenchmark, writeModelRecords } from "../../adapters/llm/benchmark_files.ts";
import { servedModel } from "../../adapters/llm/models_file.ts";
import { openLanguageModel } from "../../adapters/llm/open_language_model.ts";
import { askBenchmark } from "../../experiments/decisions/ask_benchmark.ts";
import type { ReplyRecord } from "../../experiments/decisions/reply_record.ts";
import { askRequest, withBenchmark } from "../benchmark_flags.ts";
import { cassetteMode, SPENDING, withCassetteFlags, withModels } from "../llm_flags.ts";
import { say, tell } from "../print.ts";

const EXAMPLES = `
Asks every question, keeps each call as a cassette and writes what came of it beside the benchmark, where compare reads
it. A run that was stopped goes on from its cassettes. Say what it costs beforehand: llm plan with the same flags.

Examples:
  deno task llm run --model smollm2-135m                      tools/local_model must be running
  deno task llm run --model gpt-4.1 --points 240 --probed 60
  deno task llm run --model smollm2-135m --cassettes replay --cassette-folder results/llm/planted/cassettes
  deno task llm run --model scripted-biased --cassettes live  tools/scripted_model must be running; SIMULATED`;

/** popagent llm run: a model's answers to a benchmark. */
export function llmRunCommand() {
  return withBenchmark(withCassetteFlags(withModels(new Command("run"))))
    .requiredOption("--model <name>", "a model of the table")
    .description("Ask a model the decisions of a benchmark, and keep its answers")
    .option(
      "--cassettes <mode>",
      "record keeps new calls, replay sends nothing, live keeps nothing",
      "record",
    )
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const benchmark = await readBenchmark(flags.benchmark);
      using model = await openLanguageModel({
        cassettes: cassetteMode(flags.cassettes),
        folder: flags.cassetteFolder,
        models: flags.models,
        spending: SPENDING,
        run: `benchmark ${benchmark.name} ${flags.model} ${new Date().toISOString()}`,
      });
      const served = servedModel(model.models, flags.model);
      if (served.card.simulated) tell(`!! ${flags.model} is SIMULATED: a program, no language model.`);
      const kept = await askBenchmark(benchmark, served, model, askRequest(flags), tellProgress);
      const path = await writeModelRecords(flags.benchmark, kept);
      const answered = kept.records.filter(({ decision }) => decision !== null).length;
      say(`${flags.model}: ${answered} of ${kept.records.length} questions answered, kept in ${path}`, path);
    });
}

/** A line every now and then: long runs are watched. */
function tellProgress(done: number, total: number, { calls, reason }: ReplyRecord): void {
  if (done % 10 !== 0 && done !== total) return;
  const seconds = calls.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / 1000;
  tell(`${done} of ${total}: ${reason ?? "answered"}, ${seconds.toFixed(1)} s`);
}
