/**
 * Asks every scripted model the committed benchmark over the loopback and keeps their answers beside it:
 *   deno run --allow-read --allow-write=results --allow-env --allow-sys --allow-net=127.0.0.1:8183 tools/scripted_model/record.ts
 */
import {
  COMMITTED_BENCHMARK,
  readBenchmark,
  writeModelRecords,
} from "popagent/adapters/llm/benchmark_files.ts";
import { servedModel } from "popagent/adapters/llm/models_file.ts";
import { openLanguageModel } from "popagent/adapters/llm/open_language_model.ts";
import type { Spending } from "popagent/adapters/llm/spending.ts";
import { askBenchmark } from "popagent/experiments/decisions/ask_benchmark.ts";
import { SCRIPTS } from "./scripts.ts";
import { PORT, respond, truthOf } from "./server.ts";

/** All points, and enough of them changed to see the planted rates. */
const ASKED = { points: 240, probed: 48, maxTokens: 400 };

/** Made-up prices are no money: nothing is journalled, nothing is bounded. */
const unspent: Spending = {
  reserve: () => ({ id: 0 }),
  settle: () => {},
  spentBy: () => ({ tokens: 0, pico: 0 }),
  close: () => {},
};

const benchmark = await readBenchmark(COMMITTED_BENCHMARK), truth = truthOf(benchmark);
const server = Deno.serve(
  { hostname: "127.0.0.1", port: PORT, onListen: () => {} },
  (request) => respond(request, truth),
);
using model = await openLanguageModel({
  cassettes: "live",
  ports: { spending: unspent },
  budget: { run: {}, day: {}, roles: {} },
});
for (const name of Object.keys(SCRIPTS)) {
  // Latencies are those of a busy loopback: a simulated model has none of its own.
  const { kept } = await askBenchmark(benchmark, servedModel(model.models, name), model, ASKED);
  const records = kept.records.map((record) => ({
    ...record,
    calls: record.calls.map((call) => ({ ...call, latencyMs: 0 })),
  }));
  console.log(await writeModelRecords(COMMITTED_BENCHMARK, { ...kept, records }));
}
await server.shutdown();
