import { Command } from "@commander-js/extra-typings";
import { readBenchmark } from "../../adapters/llm/benchmark_files.ts";
import { atPath } from "../../adapters/files/system_error.ts";
import { benchmarkQuestions, modelQuestion } from "../../experiments/decisions/ask_benchmark.ts";
import { type CallRequest, PINNED } from "../../llm/ladder.ts";
import { askRequest, withBenchmark } from "../benchmark_flags.ts";
import { callPlanText } from "../call_plan.ts";
import { countOf } from "../counts.ts";
import { formIn, messagesOf, withCallFlags } from "../llm_flags.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Without a file: the questions of the decision benchmark, as llm run asks them. With one: a prompt a line. Nothing is
sent, and no key is needed. Tokens are those of the model's tokenizer, or of OpenAI's where its own is not public, which
may be off by a fifth; the most it can cost takes a tenth more of them, or every byte for a token where the tokenizer is
not public, and every call for one with a repair turn. Lower ways of asking for JSON and tries after a timeout come on
top.

Examples:
  deno task popagent llm plan --model gpt-4.1                            the benchmark that is committed
  deno task popagent llm plan --model gpt-4.1 --points 240 --probed 60
  deno task popagent llm plan prompts.txt --model gpt-4.1                a prompt a line
  deno task popagent llm plan prompts.txt --model deepseek-flash --schema decision.schema.json --json`;

/** popagent llm plan: what the benchmark, or a list of prompts, would cost. */
export function llmPlanCommand() {
  return withBenchmark(
    withCallFlags(new Command("plan").argument("[file]", "one prompt a line; the benchmark where left out")),
  )
    .description("Say what the benchmark or a list of prompts would cost: calls, cassettes, tokens, USD")
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (file, flags) => {
      const requests = file === undefined
        ? await benchmarkRequests(flags)
        : await promptRequests(file, flags);
      say(await callPlanText(requests, flags, flags.json === true));
    });
}

type PlanFlags = Parameters<typeof askRequest>[0] & {
  readonly benchmark: string;
  readonly model: string;
  readonly system?: string | undefined;
  readonly schema?: string | undefined;
};

async function benchmarkRequests(flags: PlanFlags): Promise<readonly CallRequest[]> {
  const asked = askRequest(flags);
  return benchmarkQuestions(await readBenchmark(flags.benchmark), asked)
    .map((question) => modelQuestion(question, flags.model, asked.maxTokens));
}

async function promptRequests(file: string, flags: PlanFlags): Promise<readonly CallRequest[]> {
  const form = await formIn(flags.schema), maxTokens = countOf(flags.maxTokens, "--max-tokens");
  return (await promptsIn(file)).map((prompt) => ({
    messages: messagesOf(prompt, flags.system),
    form,
    parameters: { ...PINNED, maxTokens },
    sample: 0,
  }));
}

async function promptsIn(path: string): Promise<readonly string[]> {
  try {
    return (await Deno.readTextFile(path)).split(/\r?\n/).filter((line) => line.trim() !== "");
  } catch (error) {
    throw atPath("read", path, error);
  }
}
