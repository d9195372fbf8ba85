import { Command } from "@commander-js/extra-typings";
import { existsSync } from "node:fs";
import { cassettePath } from "../../adapters/llm/cassettes.ts";
import { readModels, servedModel } from "../../adapters/llm/models_file.ts";
import { estimator, tokenBound } from "../../adapters/llm/token_count.ts";
import { atPath } from "../../adapters/files/system_error.ts";
import { callHash } from "../../llm/chat_call.ts";
import { chatCall, PINNED, rungsOf } from "../../llm/ladder.ts";
import type { Caps } from "../../llm/model_card.ts";
import { type CallPlan, type ForeseenCall, planCalls } from "../../llm/plan.ts";
import { countOf } from "../counts.ts";
import { formIn, messagesOf, withCallFlags } from "../llm_flags.ts";
import { say } from "../print.ts";

const EXAMPLES = `
One prompt a line. Nothing is sent, and no key is needed. Tokens are those of the model's tokenizer, or of OpenAI's
where its own is not public, which may be off by a fifth; the most it can cost takes a tenth more of them, or every byte
for a token where the tokenizer is not public, and every call for one with a repair turn. Lower ways of asking for
JSON and tries after a timeout come on top.

Examples:
  deno task popagent llm plan prompts.txt --model gpt-4.1
  deno task popagent llm plan prompts.txt --model deepseek-flash --schema decision.schema.json --json`;

/** popagent llm plan: what a list of prompts would cost. */
export function llmPlanCommand() {
  return withCallFlags(new Command("plan").argument("<file>", "one prompt a line"))
    .description("Say what a list of prompts would cost: calls, cassettes, tokens, USD")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (file, flags) => {
      const models = await readModels(flags.models);
      const served = servedModel(models, flags.model);
      const form = await formIn(flags.schema);
      const maxTokens = countOf(flags.maxTokens, "--max-tokens");
      const estimate = await estimator(served.card.tokenizer),
        bound = await tokenBound(served.card.tokenizer);
      const rung = rungsOf(served, form)[0]!;
      const calls = (await promptsIn(file)).map((prompt): ForeseenCall => {
        const messages = messagesOf(prompt, flags.system);
        const call = chatCall(
          served,
          { messages, form, parameters: { ...PINNED, maxTokens }, sample: 0 },
          rung,
        );
        const sent = JSON.stringify(call.body);
        return {
          hash: callHash(call),
          inputTokens: estimate(sent),
          inputBound: bound(sent) + served.provider.hiddenTokens,
          outputTokens: maxTokens,
        };
      });
      const plan = planCalls(
        calls,
        (hash) => existsSync(cassettePath(flags.cassetteFolder, hash)),
        served.card.price,
      );
      say(flags.json ? JSON.stringify(plan) : planText(plan, served.name, models.budget));
    });
}

async function promptsIn(path: string): Promise<readonly string[]> {
  try {
    return (await Deno.readTextFile(path)).split(/\r?\n/).filter((line) => line.trim() !== "");
  } catch (error) {
    throw atPath("read", path, error);
  }
}

function planText(plan: CallPlan, model: string, { run }: Caps): string {
  const { calls, hits, toSend, inputTokens, dollars, mostDollars } = plan;
  const counted = `${model}: ${calls} calls, ${hits} from cassettes, ${toSend} to send`;
  if (dollars === null || mostDollars === null) {
    return `${counted}. Its price is not stated, so none would be sent: state it in the table of models.`;
  }
  const costs = `about ${inputTokens} tokens to it; about ${dollars.toFixed(4)} USD, at most ${
    mostDollars.toFixed(4)
  }`;
  const cap = run.dollars === undefined ? "" : ` A run may spend ${run.dollars} USD.`;
  return `${counted}; ${costs}.${cap}`;
}
