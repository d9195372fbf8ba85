/**
 * Does a grid by a queue leave the same bytes, whatever breaks, and what does the queue cost?
 *
 *   deno task queue-trials                      all of what follows; needs Debian's redis-server
 *   deno task queue-trials --only same          pool, queue, shards and (where it is installed) a Slurm array: one hash
 *   deno task queue-trials --only breaks        20 kills, a server started anew, a network cut, poisoned cells
 *   deno task queue-trials --only speed         cells a second beside a bare loop; two workers beside one; sizes
 *   deno task queue-trials --only speed --cells 10000 --pairs 5
 *
 * Results go to tests/results/queue_<name>.json, the measured part of docs/SCALE.md is written from them; the exit
 * code is 1 if anything differs. Read ratios by the load that stands beside them: they want idle cores.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { cutOff, killed, poisoned, restarted } from "./queue_breaks.ts";
import { writeScale } from "./queue_scale.ts";
import { sameEverywhere } from "./queue_same.ts";
import { scaling, sizes, throughput } from "./queue_speed.ts";

const RESULTS = fileURLToPath(new URL("../tests/results/", import.meta.url));

const { values } = parseArgs({
  args: [...Deno.args],
  options: {
    only: { type: "string", default: "all" },
    cells: { type: "string", default: "10000" },
    pairs: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});
const pairs = Number(values.pairs), cells = Number(values.cells);

const trials = {
  async same() {
    const folder = await Deno.makeTempDir({ prefix: "popagent-same-" });
    const report = await sameEverywhere(folder);
    await Deno.remove(folder, { recursive: true });
    return { report, fine: report.same };
  },
  async breaks() {
    const report = {
      killed: await killed(20, Number(values.seed)),
      restarted: await restarted(),
      cutOff: await cutOff(),
      poisoned: await poisoned(),
    };
    const whole = [report.killed, report.restarted, report.cutOff];
    const fine = whole.every((one) => one.done === one.cells && one.countedTwice === 0) &&
      report.poisoned.done === report.poisoned.cells - 2 && report.poisoned.countedTwice === 0;
    return { report, fine };
  },
  async speed() {
    const report = {
      throughput: await throughput(cells, pairs),
      scaling: await scaling(pairs),
      sizes: await sizes([100, 1000, 10_000].filter((size) => size <= cells)),
    };
    return { report, fine: true };
  },
};

let fine = true;
for (const name of ["same", "breaks", "speed"] as const) {
  if (values.only !== "all" && values.only !== name) continue;
  const trial = await trials[name]();
  await Deno.writeTextFile(join(RESULTS, `queue_${name}.json`), `${JSON.stringify(trial.report, null, 2)}\n`);
  console.log(trial.report);
  fine &&= trial.fine;
}
await writeScale();
Deno.exit(fine ? 0 : 1);
