import { Command } from "@commander-js/extra-typings";
import { askRequest, withBenchmark } from "../benchmark_flags.ts";
import { decimalOf } from "../counts.ts";
import { cassetteMode, SPENDING, withCassetteFlags, withModels } from "../llm_flags.ts";
import { say } from "../print.ts";
import { recordBenchmark } from "../record_benchmark.ts";

const EXAMPLES = `
Asks every question, keeps each call as a cassette and writes what came of it beside the benchmark, where compare reads
it; answers that are kept there stay, and must have been asked with the same flags. A run that was stopped goes on from
its cassettes, and one without a key or money stops at once. What it costs: llm plan with the same flags.

Examples:
  deno task llm run --model smollm2-135m                      tools/local_model must be running
  deno task llm run --model gpt-4.1 --points 240 --probed 60
  deno task llm run --model smollm2-135m --minutes 30         goes on with what is not recorded, for half an hour
  deno task llm run --model smollm2-135m --max-tokens 240 --points 12 --probed 0 --cassettes replay --cassette-folder results/llm/planted/cassettes
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
    .option("--minutes <count>", "stop asking then; what was recorded is kept, and the next run goes on")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const { kept, path } = await recordBenchmark({
        ...flags,
        cassettes: cassetteMode(flags.cassettes),
        spending: SPENDING,
        asked: askRequest(flags),
        minutes: flags.minutes === undefined ? null : decimalOf(flags.minutes, "--minutes", 0, 100_000),
      });
      const answered = kept.records.filter(({ decision }) => decision !== null).length;
      if (path === null) return say(`${flags.model}: no question was asked in that time, nothing is kept`);
      say(`${flags.model}: ${answered} of ${kept.records.length} questions answered, kept in ${path}`, path);
    });
}
