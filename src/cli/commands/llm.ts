import { Command } from "@commander-js/extra-typings";
import { llmAskCommand } from "./llm_ask.ts";
import { llmCheckCommand } from "./llm_check.ts";
import { llmCommentCommand } from "./llm_comment.ts";
import { llmCompareCommand } from "./llm_compare.ts";
import { llmDistilCommand } from "./llm_distil.ts";
import { llmDrawCommand } from "./llm_draw.ts";
import { llmModelsCommand } from "./llm_models.ts";
import { llmPlanCommand } from "./llm_plan.ts";
import { llmRunCommand } from "./llm_run.ts";

const EXAMPLES = `
Models, their prices and what they may cost stand in configs/models.yaml; docs/MODELS.md explains it. Keys come from
variables of the environment (.env.example); of the tasks llm, language, news, paper-language and paper-bybit-language
may read them, and no other. Every call is kept as a cassette, and a call that was made before costs nothing.

Examples:
  deno task llm models                                       which can be called, and for how much
  deno task llm ask --model gpt-4.1 "Is BTC overbought at an RSI of 70?"
  deno task llm plan prompts.txt --model gpt-4.1             what a list of prompts would cost
  deno task popagent llm ask --help                          everything a command takes`;

/** popagent llm: language models from the command line. */
export function llmCommand() {
  return new Command("llm")
    .addCommand(llmModelsCommand())
    .addCommand(llmAskCommand())
    .addCommand(llmDrawCommand())
    .addCommand(llmPlanCommand())
    .addCommand(llmRunCommand())
    .addCommand(llmCheckCommand())
    .addCommand(llmCompareCommand())
    .addCommand(llmCommentCommand())
    .addCommand(llmDistilCommand())
    .addHelpText("after", EXAMPLES);
}
