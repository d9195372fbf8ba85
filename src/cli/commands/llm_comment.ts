import { printable } from "../../core/printable.ts";
import { groundingOf } from "../../experiments/decisions/grounding.ts";
import { COMMENT_FORM, commentQuestions } from "../../experiments/language/commentary.ts";
import { PINNED } from "../../llm/ladder.ts";
import { UserError } from "../../core/user_error.ts";
import { paragraph } from "../../report/text/paragraph.ts";
import { callPlanText } from "../call_plan.ts";
import { countOf } from "../counts.ts";
import { aboutRun, flaggedModel } from "../llm_flags.ts";
import { say, tell } from "../print.ts";
import { storedRun } from "../stored_run.ts";

const EXAMPLES = `
Three questions: on the analysts, on the researchers, and what the champion does. Nothing in a run reads the answers, and
no number depends on them. Each says how many of the numbers that it cites stand in what the model was shown.

Examples:
  deno task popagent llm comment latest --model gpt-4.1 --plan    what the three would cost; nothing is sent
  deno task llm comment latest --model gpt-4.1
  deno task popagent llm comment latest --model gpt-4.1 --cassettes replay    what was recorded, without network`;

/** popagent llm comment: a run in a model's words. */
export function llmCommentCommand() {
  return aboutRun("comment")
    .description("Have a model comment on a finished run's analysts, researchers and champion")
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const { result } = await storedRun(flags.runs, name);
      if (result.command !== "population") {
        throw new UserError(
          `Cannot comment on this run as it must be one of a population: it is one of ${result.command}`,
        );
      }
      const maxTokens = countOf(flags.maxTokens, "--max-tokens");
      const asked = commentQuestions(result).map(({ messages, ...rest }) => ({
        ...rest,
        question: { messages, form: COMMENT_FORM, parameters: { ...PINNED, maxTokens }, sample: 0 },
      }));
      if (flags.plan) {
        return say(await callPlanText(asked.map(({ question }) => question), flags, flags.json === true));
      }
      using model = await flaggedModel("comment", flags);
      const comments = [];
      for (const { about, question, facts } of asked) {
        const { outcome } = await model.ask({ ...question, model: flags.model, role: "comment" });
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
