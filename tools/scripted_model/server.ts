/**
 * SIMULATED models behind an OpenAI-compatible endpoint on 127.0.0.1:8183, to see whether the benchmark's metrics find
 * faults that are known: POST /v1/chat/completions. Programs, no language models.
 *   deno run --allow-read --allow-net=127.0.0.1:8183 tools/scripted_model/server.ts
 */
import { COMMITTED_BENCHMARK, readBenchmark } from "popagent/adapters/llm/benchmark_files.ts";
import type { Benchmark } from "popagent/experiments/decisions/benchmark.ts";
import { SCRIPTS, type Truth } from "./scripts.ts";
import { placeOf, seenIn } from "./seen.ts";

/** Where configs/models.yaml looks for it. */
export const PORT = 8183;

/** What the remembering model knows. */
export function truthOf({ points }: Benchmark): Truth {
  return new Map(points.map(({ coin, closedAt, move }) => [placeOf(coin, closedAt), move]));
}

/** Answers one request. */
export async function respond(request: Request, truth: Truth): Promise<Response> {
  const { model, messages } = await request.json();
  const script = SCRIPTS[model];
  if (!script || new URL(request.url).pathname !== "/v1/chat/completions") {
    return Response.json({ error: { message: `no such model: ${model}`, code: "model_not_found" } }, {
      status: 404,
    });
  }
  const { content, finish, refusal } = script(seenIn(messages), truth);
  const prompt = Math.ceil(JSON.stringify(messages).length / 4), completion = Math.ceil(content.length / 4);
  return Response.json({
    id: "simulated",
    object: "chat.completion",
    created: 0,
    model,
    system_fingerprint: "simulated",
    choices: [{ index: 0, finish_reason: finish, message: { role: "assistant", content, refusal } }],
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  });
}

if (import.meta.main) {
  const truth = truthOf(await readBenchmark(Deno.args[0] ?? COMMITTED_BENCHMARK));
  Deno.serve({ hostname: "127.0.0.1", port: PORT }, (request) => respond(request, truth));
}
