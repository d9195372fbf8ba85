import assert from "node:assert/strict";
import { join } from "node:path";
import { COMMITTED_BENCHMARK, readBenchmarkFolder } from "popagent/adapters/llm/benchmark_files.ts";
import { isNamed } from "popagent/llm/served_name.ts";
import { json, type Setting, withProvider, type World } from "../adapters/llm/fake_provider.ts";
import { completion } from "../llm/forms.ts";
import { popagent } from "./cli.ts";

const ANSWER = {
  action: "long",
  size: 0.1,
  leverage: 1,
  stop: 0,
  target: 0,
  confidence: 0.6,
  pUp: 0.6,
  quantiles: { p05: -0.05, p25: -0.02, p50: 0, p75: 0.02, p95: 0.05 },
  rationale: "none",
};
const said = (model: string) => json(completion(JSON.stringify(ANSWER), { model }));
const CARD: Setting = { card: { structured: ["jsonSchema"], id: "asked" } };

/** A copy of the benchmark without answers, and the command on it. */
async function runner({ folder, open }: World) {
  using model = await open();
  const models = join(folder, "models.yaml"), benchmark = join(folder, "mine");
  await Deno.writeTextFile(models, JSON.stringify(model.models));
  await Deno.mkdir(benchmark);
  await Deno.copyFile(join(COMMITTED_BENCHMARK, "benchmark.json"), join(benchmark, "benchmark.json"));
  const kept = async () => (await readBenchmarkFolder(benchmark)).models[0];
  const run = (...flags: string[]) =>
    popagent(
      folder,
      ...["llm", "run", "--model", "m", "--models", models, "--benchmark", benchmark, "--probed", "0"],
      ...["--cassette-folder", join(folder, "cassettes"), ...flags],
    );
  return { run, kept };
}

Deno.test("issue 14: llm run stops at the first question that cannot be put, and keeps no abstention of it", async () => {
  await withProvider(() => said("asked"), { ...CARD, provider: { key: "NO_SUCH_KEY" } }, async (world) => {
    const { run, kept } = await runner(world);
    const { code, stderr } = await run("--points", "3");
    assert.equal(code, 1);
    assert.match(
      stderr,
      /could not be put: keyMissing \(the variable NO_SUCH_KEY is not set.*Nothing was written/,
    );
    assert.deepEqual([world.arrived.length, await kept()], [0, undefined]);
  });
  await withProvider((_, n) => n < 2 ? said("asked") : json("{}", 401), CARD, async (world) => {
    const { run, kept } = await runner(world);
    const { code, stderr } = await run("--points", "6");
    assert.equal(code, 1);
    assert.match(stderr, /keyRefused .*The 2 answers that there are stand in/);
    assert.deepEqual([world.arrived.length, (await kept())!.records.length], [3, 2]);
  });
});

Deno.test("issue 14: llm run loses no kept answer, mixes none that were asked otherwise, and tells of another model", () =>
  withProvider(() => said("gpt-2-tiny"), CARD, async (world) => {
    const { run, kept } = await runner(world);
    const first = await run("--points", "3");
    assert.equal(first.code, 0, first.stderr);
    assert.equal(first.stderr.match(/replies say that they are of gpt-2-tiny/g)!.length, 1);
    const three = (await kept())!;
    assert.deepEqual([three.records.length, three.model.served], [3, "gpt-2-tiny"]);
    assert.equal((await run("--points", "1")).code, 0);
    assert.deepEqual(await kept(), three);
    assert.equal((await run("--points", "4")).code, 0);
    assert.deepEqual((await kept())!.records.slice(0, 3), three.records);
    assert.equal((await kept())!.records.length, 4);
    const sent = world.arrived.length, other = await run("--points", "5", "--max-tokens", "240");
    assert.equal(other.code, 1);
    assert.match(
      other.stderr,
      /4 of its 4 were asked otherwise .*decision 001 \(plain\)\. Ask as they were asked/,
    );
    assert.deepEqual([world.arrived.length, (await kept())!.records.length], [sent, 4], "nobody is asked");
  }));

Deno.test("isNamed(): a dated snapshot is the model that was asked, a smaller one is not", () => {
  for (const one of ["gpt-4.1", "gpt-4.1-2025-04-14", "gpt-4.1-0613"]) {
    assert.ok(isNamed(one, "gpt-4.1"), one);
  }
  for (const one of ["gpt-4.1-mini", "gpt-4", "gpt-2-tiny"]) assert.ok(!isNamed(one, "gpt-4.1"), one);
});
