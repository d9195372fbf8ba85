/** Has a change of prompt or model moved what a model does? Planted: a clause that makes a trader hold. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { COMMITTED_BENCHMARK, readBenchmark } from "popagent/adapters/llm/benchmark_files.ts";
import { rng } from "popagent/core/rng.ts";
import { type ActionsRequest, askActions, shiftOf } from "popagent/experiments/decisions/actions.ts";
import type { LanguageModel } from "popagent/llm/language_model.ts";
import { json, withProvider } from "../../adapters/llm/fake_provider.ts";
import { completion } from "../../llm/forms.ts";
import { warmPopagent } from "../../cli/warm.ts";

const popagent = warmPopagent();

const ANSWER = {
  rationale: "r",
  size: 0.1,
  leverage: 2,
  stop: 0,
  target: 0,
  confidence: 0.5,
  pUp: 0.5,
  quantiles: { p05: -0.1, p25: -0.05, p50: 0, p75: 0.05, p95: 0.1 },
};

/** Holds in a share of cases, and else goes long or short. */
function noisy(seed: string, holds: number): LanguageModel {
  const random = rng("a noisy model", seed);
  return {
    ask: <Value>() => {
      const action = random.uniform() < holds ? "hold" : random.uniform() < 0.5 ? "long" : "short";
      const value = { ...ANSWER, action } as Value;
      return Promise.resolve({ outcome: { kind: "proposal" as const, value, repairs: [] }, calls: [] });
    },
  };
}

const REQUEST: ActionsRequest = { model: "m", prompt: "trendShort", points: 12, samples: 5, maxTokens: 240 };

Deno.test("issue 14: a clause that makes a trader hold is seen beyond the noise of asking twice; asking again is not", async () => {
  const benchmark = await readBenchmark(COMMITTED_BENCHMARK);
  const before = await askActions(benchmark, noisy("before", 0.1), REQUEST);
  assert.deepEqual([before.actions.length, before.actions[0]!.length], [12, 5]);
  const clause = shiftOf(before, await askActions(benchmark, noisy("after", 0.9), REQUEST));
  assert.ok(clause.moved && clause.shares.hold!.after > 0.7, `${clause.p}`);
  const again = shiftOf(before, await askActions(benchmark, noisy("again", 0.1), REQUEST));
  assert.ok(!again.moved && again.distance < clause.distance, `${again.p}`);
  const other = { ...before, benchmark: { ...before.benchmark, hash: "another" } };
  assert.throws(() => shiftOf(before, other), /later ones are about another/);
});

Deno.test("issue 14: llm check fails when a change moves the actions, and a recorded check runs without network", () => {
  let holds = false, n = 0;
  return withProvider(
    () =>
      json(completion(JSON.stringify({ ...ANSWER, action: holds ? "hold" : n++ % 2 ? "long" : "short" }))),
    { card: { structured: ["jsonSchema"] } },
    async ({ folder, open, arrived }) => {
      using model = await open();
      const models = join(folder, "models.yaml"), benchmark = join(folder, "mine");
      await Deno.writeTextFile(models, JSON.stringify(model.models));
      await Deno.mkdir(benchmark);
      await Deno.copyFile(join(COMMITTED_BENCHMARK, "benchmark.json"), join(benchmark, "benchmark.json"));
      const check = (cassettes: string, ...more: string[]) =>
        popagent(
          ...[folder, "llm", "check", "--model", "m", "--models", models, "--benchmark", benchmark],
          ...["--points", "4", "--samples", "3", "--cassettes", "record"],
          ...["--cassette-folder", join(folder, cassettes), ...more],
        );
      assert.equal((await check("one", "--keep")).code, 0);
      assert.equal(arrived.length, 12);
      const same = await check("one");
      assert.deepEqual([same.code, arrived.length], [0, 12], same.stderr);
      assert.match(same.stdout, /chance alone passes/);
      holds = true; // the clause
      const moved = await check("two");
      assert.equal(moved.code, 1, moved.stdout);
      assert.match(moved.stdout, /hold +0 % +100 %/);
      assert.match(moved.stderr, /moved what is done/);
    },
  );
});
