import assert from "node:assert/strict";
import { COMMITTED_BENCHMARK, readBenchmarkFolder } from "../../../src/adapters/llm/benchmark_files.ts";
import { askBenchmark } from "../../../src/experiments/decisions/ask_benchmark.ts";
import { decidersOf } from "../../../src/experiments/decisions/compare_models.ts";
import { openLanguageModel } from "../../../src/adapters/llm/open_language_model.ts";
import { servedModel } from "../../../src/adapters/llm/models_file.ts";
import { recoveries } from "../../../tools/scripted_model/instrument.ts";
import { respond, truthOf } from "../../../tools/scripted_model/server.ts";

const { benchmark, models } = await readBenchmarkFolder(COMMITTED_BENCHMARK);
const simulated = models.filter(({ model }) => model.simulated);

Deno.test("issue 14, instrument check: the metrics give back every fault that was planted in the scripted models", () => {
  const found = recoveries(decidersOf(benchmark, simulated));
  assert.deepEqual(found.filter(({ recovered }) => !recovered), []);
});

Deno.test("the instrument check fails where a fault is not there: the honest model under the biased one's name", () => {
  const honest = simulated.find(({ model }) => model.name === "scripted-honest")!;
  const swapped = simulated.map((one) =>
    one.model.name === "scripted-biased" ? { ...honest, model: one.model } : one
  );
  const lost = recoveries(decidersOf(benchmark, swapped)).filter(({ recovered }) => !recovered);
  assert.deepEqual(new Set(lost.map(({ model }) => model)), new Set(["scripted-biased"]));
});

Deno.test("the stored answers of a scripted model are those that it gives today", async () => {
  const truth = truthOf(benchmark);
  using model = await openLanguageModel({
    cassettes: "live",
    budget: { run: {}, day: {}, roles: {} },
    ports: {
      spending: {
        reserve: () => ({ id: 0 }),
        settle: () => {},
        spentBy: () => ({ tokens: 0, pico: 0 }),
        close: () => {},
      },
      transport: async ({ body }) => {
        const request = new Request("http://127.0.0.1/v1/chat/completions", {
          method: "POST",
          body: JSON.stringify(body),
        });
        return { kind: "body", text: await (await respond(request, truth)).text() };
      },
    },
  });
  const name = "scripted-malformed", asked = { points: 6, probed: 2, maxTokens: 400 };
  const { kept: { records } } = await askBenchmark(benchmark, servedModel(model.models, name), model, asked);
  const stored = simulated.find((one) => one.model.name === name)!.records;
  const plain = (one: (typeof records)[number]) => ({
    ...one,
    calls: one.calls.map((call) => ({ ...call, latencyMs: 0 })),
  });
  for (const record of records) {
    const same = stored.find(({ point, probe }) => point === record.point && probe === record.probe)!;
    assert.deepEqual(plain(record), plain(same));
  }
});
