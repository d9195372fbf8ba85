import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { readActions, readBenchmark, writeActions } from "../../adapters/llm/benchmark_files.ts";
import { openLanguageModel } from "../../adapters/llm/open_language_model.ts";
import { type ActionsRecord, askActions, shiftOf } from "../../experiments/decisions/actions.ts";
import type { ShiftResult } from "../../llm/action_shift.ts";
import { UserError } from "../../core/user_error.ts";
import { plainTable } from "../../report/text/plain_table.ts";
import { countOf } from "../counts.ts";
import { withBenchmarkFolder } from "../benchmark_flags.ts";
import { cassetteMode, SPENDING, withCassetteFlags, withModels } from "../llm_flags.ts";
import { say } from "../print.ts";

const EXAMPLES = `
The same decisions are asked several times: how much the answers differ by themselves is the noise floor. With --keep the
actions are kept; without it they are held against those that were kept, and the exit code is 1 if they moved beyond the
noise: a clause that turns a trader into one that mostly holds does not ship unnoticed. Calls are kept as cassettes, so a
check that was recorded runs again without network.

Examples:
  deno task llm check --model gpt-4.1 --keep               before a prompt is changed
  deno task llm check --model gpt-4.1                      after it
  deno task llm check --model gpt-4o --before results/llm/planted/actions/gpt-4.1.trendShort.json`;

/** Decisions and times that each is asked: 60 calls. */
const POINTS = "12", SAMPLES = "5";

/** popagent llm check: has a change of prompt or model moved what is done? */
export function llmCheckCommand() {
  return withBenchmarkFolder(withCassetteFlags(withModels(new Command("check"))))
    .requiredOption("--model <name>", "a model of the table")
    .description("Say whether a change of prompt or model moved what a model does, beyond the noise")
    .option("--prompt <key>", "the prompt that asks; the benchmark's unless stated")
    .option("--points <count>", "decisions, from the first on", POINTS)
    .option("--samples <count>", "times that each is asked", SAMPLES)
    .option("--before <file>", "kept actions; those of this model and prompt unless stated")
    .option("--keep", "keep the actions instead of comparing them")
    .option(
      "--cassettes <mode>",
      "record keeps new calls, replay sends nothing, live keeps nothing",
      "record",
    )
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const benchmark = await readBenchmark(flags.benchmark), prompt = flags.prompt ?? benchmark.prompt;
      const kept = join(flags.benchmark, "actions", `${flags.model}.${prompt}.json`);
      const before = flags.keep ? null : await readActions(flags.before ?? kept);
      using model = await openLanguageModel({
        cassettes: cassetteMode(flags.cassettes),
        folder: flags.cassetteFolder,
        models: flags.models,
        spending: SPENDING,
        run: `check ${benchmark.name} ${flags.model} ${new Date().toISOString()}`,
      });
      const after = await askActions(benchmark, model, {
        model: flags.model,
        prompt,
        points: before ? before.actions.length : countOf(flags.points, "--points"),
        samples: countOf(flags.samples, "--samples", 2),
        maxTokens: countOf(flags.maxTokens, "--max-tokens"),
      });
      if (before === null) {
        await writeActions(kept, after);
        return say(`${after.actions.length} decisions of ${flags.model}, kept in ${kept}`, kept);
      }
      const shift = shiftOf(before, after);
      say(shiftText(before, after, shift));
      if (shift.moved) {
        throw new UserError("The change moved what is done, beyond the noise of asking twice.");
      }
    });
}

function shiftText(before: ActionsRecord, after: ActionsRecord, { distance, floor, p, shares }: ShiftResult) {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const named = ({ model, prompt, promptVersion }: ActionsRecord) => `${model}, ${prompt} ${promptVersion}`;
  const rows = Object.entries(shares).map(([action, one]) => [
    action,
    percent(one.before),
    percent(one.after),
  ]);
  return [
    `Before: ${named(before)}. After: ${named(after)}.`,
    plainTable([["Action", "left"], ["Before", "right"], ["After", "right"]], rows),
    `Distance ${distance.toFixed(3)}; chance alone passes ${floor.toFixed(3)} in 5 of 100 cases (p = ${p}).`,
  ].join("\n");
}
