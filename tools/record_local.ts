/**
 * Goes on with the benchmark decisions of both local models, with their grammars and without, until each has been asked
 * 200 or the minutes are over, whatever comes first; then packs their cassettes. They take turns, so that whenever it ends
 * all have been asked about as much. What is recorded is not asked again:
 *   deno run -P=llm --allow-run=node --allow-write=results,data tools/record_local.ts --minutes 60
 * It starts the servers of tools/local_model (its README says how to install them; --server names another folder).
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { COMMITTED_BENCHMARK, readBenchmarkFolder } from "popagent/adapters/llm/benchmark_files.ts";
import { packFolder } from "popagent/adapters/llm/cassette_pack.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { decimalOf } from "popagent/cli/counts.ts";
import { MODELS, SPENDING } from "popagent/cli/llm_flags.ts";
import { recordBenchmark } from "popagent/cli/record_benchmark.ts";

/** Decisions up to which each is asked before the next one's turn; loading a model takes as long as one or two. */
const TURNS = [10, 20, 50, 100, 200];
/** As the first of them were recorded. Further ways of asking (paraphrases, mirrors) are left to the scripted models. */
const ASKED = { probed: 0, maxTokens: 240 };
/** A server serves one model; the entries of the table that ask it. */
const SERVED = [
  { server: "smollm2", entries: ["smollm2-135m-bounded", "smollm2-135m-free"] },
  { server: "gemma3", entries: ["gemma3-270m-bounded", "gemma3-270m-free"] },
];
const ADDRESS = "http://127.0.0.1:8181/v1";
/** Decisions by which the rest is foreseen: earlier ones were made on a machine that was busier, or less so. */
const LATELY = 4;
const MOST_BYTES = 5_000_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "100000" },
    server: { type: "string", default: join(PROJECT, "tools", "local_model") },
  },
});
const ends = Date.now() + 60_000 * decimalOf(values.minutes, "--minutes", 0, 100_000);
const folder = join(COMMITTED_BENCHMARK, "cassettes");

/** Starts a server, and waits until it has loaded its model. */
async function serve(name: string): Promise<Deno.ChildProcess> {
  const child = new Deno.Command("node", { args: [join(values.server, "server.mjs"), name], stdout: "null" })
    .spawn();
  let ended = false;
  child.status.then(() => ended = true);
  while (!ended) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const answered = await fetch(ADDRESS).then((reply) => reply.body?.cancel().then(() => true), () => false);
    if (answered) return child;
  }
  console.error(
    `Cannot serve ${name} as ${values.server} must be installed: see tools/local_model/README.md`,
  );
  Deno.exit(1);
}

/** Asks one model up to so many decisions, and says how far it is. */
async function record(model: string, points: number): Promise<void> {
  const { kept: { records } } = await recordBenchmark({
    benchmark: COMMITTED_BENCHMARK,
    model,
    cassettes: "record",
    cassetteFolder: folder,
    models: MODELS,
    spending: SPENDING,
    asked: { ...ASKED, points },
    minutes: Math.max(0, ends - Date.now()) / 60_000,
  });
  const plain = records.filter(({ probe }) => probe === "plain");
  const seconds = plain.map(({ calls }) => calls.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / 1000);
  const lately = seconds.slice(-LATELY), each = lately.reduce((sum, one) => sum + one, 0) / lately.length;
  const most = TURNS.at(-1)!, hours = Math.max(0, most - plain.length) * each / 3600;
  console.log(
    `${model}: ${plain.length} of ${most} decisions, ${
      plain.filter(({ decision }) => decision !== null).length
    } answered; the last ${lately.length} took ${each.toFixed(1)} s each, the rest would take ${
      hours.toFixed(1)
    } h`,
  );
}

/** How many decisions each has, as they are kept beside the benchmark. */
async function decisionsOf(): Promise<ReadonlyMap<string, number>> {
  const { models } = await readBenchmarkFolder(COMMITTED_BENCHMARK);
  return new Map(models.map(({ model, records }) => [
    model.name,
    records.filter(({ probe }) => probe === "plain").length,
  ]));
}

for (const points of TURNS) {
  const had = await decisionsOf();
  for (const { server, entries } of SERVED) {
    const waiting = entries.filter((model) => (had.get(model) ?? 0) < points);
    if (waiting.length === 0 || Date.now() >= ends) continue;
    const child = await serve(server);
    for (const model of waiting) await record(model, points);
    child.kill();
    await child.status;
  }
}
const { path, cassettes } = await packFolder(folder), { size } = await Deno.stat(path);
console.log(`${path}: ${cassettes} cassettes, ${size} bytes`);
if (size > MOST_BYTES) console.error(`!! more than ${MOST_BYTES} bytes: do not commit it`);
