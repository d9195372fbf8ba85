import { Command } from "@commander-js/extra-typings";
import { PINNED } from "../../llm/ladder.ts";
import type { Answer, CallRecord } from "../../llm/language_model.ts";
import { UserError } from "../../core/user_error.ts";
import { countOf } from "../counts.ts";
import { flaggedModel, formIn, messagesOf, withCallFlags } from "../llm_flags.ts";
import { say, tell } from "../print.ts";

const EXAMPLES = `
The answer goes to stdout; what it took (calls, tokens, USD, seconds) to stderr. A reply that is no answer is named as
what it is (refused, truncated, wrongSchema, timeout ...), and the exit code is then 1. Spending is bounded by the
budget in the table of models, over all commands of a day.

Examples:
  deno task llm ask --model gpt-4.1 "Is BTC overbought at an RSI of 70?"
  deno task llm ask --model deepseek-flash --schema decision.schema.json "RSI 70, funding 0.03 %: what now?"
  deno task llm ask --model smollm2-135m --cassettes live "Good morning"   ask again, keep nothing
  deno task popagent llm ask --model gpt-4.1 --cassettes replay "Is BTC overbought at an RSI of 70?"`;

/** popagent llm ask: one prompt to one model. */
export function llmAskCommand() {
  return withCallFlags(new Command("ask").argument("<prompt>", "what to ask"))
    .description("Ask a model one thing")
    .option(
      "--cassettes <mode>",
      "record keeps new calls, replay sends nothing, live keeps nothing",
      "record",
    )
    .option("--json", "print the outcome and its calls as JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (prompt, flags) => {
      const form = await formIn(flags.schema);
      using model = await flaggedModel("ask", flags);
      const answer = await model.ask({
        model: flags.model,
        messages: messagesOf(prompt, flags.system),
        form,
        parameters: { ...PINNED, maxTokens: countOf(flags.maxTokens, "--max-tokens") },
        sample: 0,
        role: "ask",
      });
      if (flags.json) say(JSON.stringify(answer));
      else if (!isUnrecorded(answer)) tell(answer.calls.map(callText).join("\n")); // there was no call to tell of
      sayOutcome(answer, flags.json === true);
    });
}

/** @throws {UserError} If there is no answer, so that a script sees it. */
function sayOutcome({ outcome }: Answer<unknown>, isSaid: boolean): void {
  if (outcome.kind === "abstention") throw new UserError(`No answer: ${outcome.reason} (${outcome.detail}).`);
  if (isSaid) return;
  const { value, repairs } = outcome;
  if (repairs.length > 0) tell(`Mended: ${repairs.join(", ")}.`);
  say(typeof value === "string" ? value : JSON.stringify(value));
}

function isUnrecorded({ outcome }: Answer<unknown>): boolean {
  return outcome.kind === "abstention" && outcome.reason === "notRecorded";
}

function callText({ source, rung, verdict, attempts, usage, dollars, latencyMs }: CallRecord): string {
  const tokens = usage ? `${usage.input} + ${usage.output} tokens` : "tokens unknown";
  const from = source === "cassette" ? "from a cassette" : `${attempts} request${attempts === 1 ? "" : "s"}`;
  return `${rung}: ${verdict}, ${from}, ${tokens}, ${dollars.toFixed(6)} USD, ${
    (latencyMs / 1000).toFixed(1)
  } s`;
}
