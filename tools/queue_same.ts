/** One experiment by the pool, by a queue with two workers, by three shards merged and by a Slurm array: one hash? */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLedger } from "../src/adapters/ledger/ledger_file.ts";
import { storePlaces } from "../src/adapters/ledger/store_folder.ts";
import { experiment, held } from "./grid_trials.ts";
import { startRedis } from "./queue_redis.ts";
import { startSlurm } from "./queue_slurm.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Eight cells in twelve places. */
export const TINY = `question: Does it run the same everywhere?
settings:
  data.source: synthetic
  market.rows: 1000
  population: { size: 3, transferEvery: 1, committeeShare: 0.11 }
  iterations: 2
markets: { weak: { settings: { market: { mode: planted, ic: 0.06 } }, marketSeeds: 1-2 } }
seeds: 1-2
sweep: { population.transferTau: [0, .1] }
`;

/** A worker as a process of its own. */
function startWorker(queue: string, share: string): Deno.ChildProcess {
  const args = [
    "run",
    "-A",
    join(ROOT, "src/cli/main.ts"),
    "worker",
    "--queue",
    queue,
    "--workers",
    "1",
    "--share",
    share,
  ];
  return new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
}

async function byQueue(file: string, folder: string, store: string): Promise<boolean> {
  const server = await startRedis(folder);
  if (!server) return false;
  const share = join(folder, "shared");
  const workers = [startWorker(server.queue, share), startWorker(server.queue, share)];
  try {
    await mustRun("run", file, "--store", store, "--queue", server.queue, "--share", share);
  } finally {
    workers.forEach((worker) => worker.kill("SIGINT"));
    await Promise.all(workers.map(({ status }) => status));
    await server.stop();
  }
  return true;
}

async function bySlurm(file: string, folder: string, store: string): Promise<boolean> {
  const slurm = await startSlurm(join(folder, "slurm"));
  if (!slurm) return false;
  try {
    const script = (name: string) => join(ROOT, "docs/cluster", name);
    const where = ["--chdir", ROOT, "--output", join(folder, "slurm-%A-%a.log"), "--mem=0"];
    const id = (await slurm.run(
      "sbatch",
      "--parsable",
      "--wait",
      ...where,
      "--array=0-2",
      "--cpus-per-task=1",
      script("slurm_array.sh"),
      file,
    )).trim();
    const shards = [0, 1, 2].map((index) => join(ROOT, "data/shards", `tiny-${index}-of-3`));
    await slurm.run(
      "sbatch",
      "--wait",
      ...where,
      `--dependency=afterok:${id}`,
      script("slurm_merge.sh"),
      ...shards,
      "--store",
      store,
    );
    for (const shard of shards) await Deno.remove(shard, { recursive: true });
  } finally {
    await slurm.stop();
  }
  return true;
}

async function mustRun(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await experiment(args);
  if (code !== 0) throw new Error(`Cannot try queues as this must run: ${args.join(" ")}: ${stderr}`);
}

/** Distinct trials of a store. */
function trialsIn(store: string): number {
  using db = openLedger(storePlaces(store).ledger, "process");
  return Number(db.prepare("SELECT count(DISTINCT key || rows_hash) AS n FROM trials").get()!.n);
}

/** Runs it everywhere. What is not installed is null. */
export async function sameEverywhere(folder: string) {
  // in the project, which is all that the tasks may read and write
  const place = join(ROOT, "data/queue-trial");
  await Deno.mkdir(place, { recursive: true });
  const file = join("data/queue-trial", "tiny.yaml");
  await Deno.writeTextFile(join(ROOT, file), TINY);
  const stores = {
    pool: join(folder, "pool"),
    queue: join(folder, "by-queue"),
    shards: join(folder, "merged"),
  };
  const slurm = join("data/queue-trial", "slurm");
  const there = { pool: true, queue: false, shards: true, slurm: false };
  await mustRun("run", join(ROOT, file), "--store", stores.pool);
  there.queue = await byQueue(join(ROOT, file), folder, stores.queue);
  const parts = [0, 1, 2].map((index) => join(folder, `shard${index}`));
  for (const [index, store] of parts.entries()) {
    await mustRun("shard", join(ROOT, file), "--index", `${index}`, "--count", "3", "--store", store);
  }
  await mustRun("merge", ...parts, "--store", stores.shards);
  there.slurm = await bySlurm(file, folder, slurm);
  const all = { ...stores, slurm: join(ROOT, slurm) };
  const ways = Object.entries(all).filter(([way]) => there[way as keyof typeof there]);
  const hashes = Object.fromEntries(ways.map(([way, store]) => [way, held(store, "tiny").hash]));
  const trials = Object.fromEntries(ways.map(([way, store]) => [way, trialsIn(store)]));
  await Deno.remove(place, { recursive: true });
  const same = new Set(Object.values(hashes)).size === 1 && !Object.values(hashes).includes(null) &&
    new Set(Object.values(trials)).size === 1;
  return { grid: "tiny", hashes, trials, same };
}

if (import.meta.main) {
  const folder = await Deno.makeTempDir({ prefix: "popagent-same-" });
  console.log(await sameEverywhere(folder));
}
