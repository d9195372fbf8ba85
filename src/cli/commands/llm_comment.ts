import { Command } from "@commander-js/extra-typings";
import { openLanguageModel } from "../../adapters/llm/open_language_model.ts";
import { printable } from "../../core/printable.ts";
import { groundingOf } from "../../experiments/decisions/grounding.ts";
import { COMMENT_FORM, commentQuestions } from "../../experiments/language/commentary.ts";
import { PINNED } from "../../llm/ladder.ts";
import { UserError } from "../../core/user_error.ts";
import { paragraph } from "../../report/text/paragraph.ts";
import { countOf } from "../counts.ts";
import { cassetteMode, SPENDING, withCassetteFlags, withModels } from "../llm_flags.ts";
import { say, tell } from "../print.ts";
import { RUNS_FOLDER } from "../paths.ts";
import { RUN_NAME, storedRun } from "../stored_run.ts";

const EXAMPLES = `
Three questions: on the analysts, on the researchers, and what the champion does. Nothing in a run reads the answers, and
no number depends on them. Each says how many of the numbers that it cites stand in what the model was shown.

Examples:
  deno task llm comment latest --model gpt-4.1
  deno task popagent llm comment latest --model gpt-4.1 --cassettes replay    what was recorded, without network`;

/** popagent llm comment: a run in a model's words. */
export function llmCommentCommand() {
  return withCassetteFlags(withModels(new Command("comment").argument("<run>", RUN_NAME)))
    .option("--runs <folder>", "the folder of runs", RUNS_FOLDER)
    .requiredOption("--model <name>", "a model of the table")
    .description("Have a model comment on a finished run's analysts, researchers and champion")
    .option(
      "--cassettes <mode>",
      "record keeps new calls, replay sends nothing, live keeps nothing",
      "record",
    )
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const { result } = await storedRun(flags.runs, name);
      if (result.command !== "population") {
        throw new UserError(
          `Cannot comment on this run as it must be one of a population: it is one of ${result.command}`,
        );
      }
      using model = await openLanguageModel({
        cassettes: cassetteMode(flags.cassettes),
        folder: flags.cassetteFolder,
        models: flags.models,
        spending: SPENDING,
        run: `comment ${new Date().toISOString()}`,
      });
      const maxTokens = countOf(flags.maxTokens, "--max-tokens"), comments = [];
      for (const { about, messages, facts } of commentQuestions(result)) {
        const { outcome } = await model.ask({
          model: flags.model,
          messages,
          form: COMMENT_FORM,
          parameters: { ...PINNED, maxTokens },
          sample: 0,
          role: "comment",
        });
        const said = outcome.kind === "proposal" ? outcome.value.text : null;
        const { numbers, matched } = groundingOf(said ?? "", facts, {});
        const text = said && printable(said);
        const reason = outcome.kind === "proposal" ? null : outcome.reason;
        comments.push({ about, text, reason, numbers, matched });
      }
      if (flags.json) return say(JSON.stringify({ model: flags.model, comments }));
      tell(`Written by ${flags.model}; nothing in the run depends on it.`);
      say(
        comments.map(({ about, text, reason, numbers, matched }) =>
          `${about}\n${
            text === null
              ? `No comment: ${reason}.`
              : `${paragraph(text)}\n(${matched} of ${numbers} cited numbers were shown)`
          }`
        ).join("\n\n"),
      );
    });
}
