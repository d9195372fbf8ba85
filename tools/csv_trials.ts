/**
 * Trials of the CSV reader: folders drawn at random, lawful or with one fault of sixty kinds, each accepted with the
 * right values or refused with file, line and rule; then one file read over and over. Prints the memory on the way;
 * --store keeps the result beside this file.
 */
import { join } from "node:path";
import { readBybitFile } from "popagent/adapters/bars/bybit_file.ts";
import { bybitCsv } from "popagent/adapters/bars/bybit_csv_writer.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { KINDS, runTrial } from "../tests/adapters/csv_trials/trial.ts";

const [trials = 10_000, reads = 10_000] = Deno.args.filter((arg) => /^\d+$/.test(arg)).map(Number);
const RESULT = new URL("results/csv_trials.json", import.meta.url);
const MARKS = 10;

interface Memory {
  readonly done: number;
  readonly rssMiB: number;
  /** Live objects; after a collection where the engine may be told to collect. */
  readonly heapMiB: number;
}

function memory(done: number): Memory {
  (globalThis as { gc?: () => void }).gc?.();
  const { rss, heapUsed } = Deno.memoryUsage();
  const mark = { done, rssMiB: Math.round(rss / 2 ** 20), heapMiB: Math.round(heapUsed / 2 ** 20) };
  console.log(`${done} done: ${mark.rssMiB} MiB, of them ${mark.heapMiB} MiB of objects`);
  return mark;
}

/** Does something `count` times and looks at the memory ten times on the way. */
function repeated(count: number, step: (i: number) => void): { marks: Memory[]; milliseconds: number } {
  const marks: Memory[] = [], start = performance.now();
  for (let i = 0; i < count; i++) {
    step(i);
    if ((i + 1) % Math.ceil(count / MARKS) === 0 || i + 1 === count) marks.push(memory(i + 1));
  }
  return { marks, milliseconds: Number(((performance.now() - start) / count).toFixed(2)) };
}

const root = Deno.makeTempDirSync({ prefix: "csv-trials-" });
const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
const wrong: string[] = [];
let accepted = 0;

console.log(`${trials} folders of ${KINDS.length} kinds`);
const tried = repeated(trials, (seed) => {
  const folder = join(root, String(seed));
  Deno.mkdirSync(folder);
  try {
    const trial = runTrial(seed, folder);
    counts[trial.kind]!++;
    if (trial.accepted) accepted++;
  } catch (error) {
    wrong.push(`trial ${seed}: ${error instanceof Error ? error.message : error}`);
  }
  Deno.removeSync(folder, { recursive: true });
});

console.log(`One file of 1,000 rows, ${reads} times`);
const { panel } = syntheticMarket({ seed: 1, rows: 1000, mode: "default", ic: 0 });
const file = join(root, "Bybit_BTC.csv");
Deno.writeTextFileSync(file, bybitCsv(panel.coins[0]!, panel.openTime));
const read = repeated(reads, () => readBybitFile(file, "BTC"));
Deno.removeSync(root, { recursive: true });

const result = {
  trials,
  accepted,
  refused: trials - accepted - wrong.length,
  wrong,
  kinds: counts,
  tried,
  read,
};
console.log(`${accepted} accepted, ${result.refused} refused, ${wrong.length} wrong`);
for (const line of wrong.slice(0, 10)) console.log(line);
if (Deno.args.includes("--store")) {
  Deno.writeTextFileSync(RESULT, `${JSON.stringify(result, null, 1)}\n`);
}
if (wrong.length > 0) Deno.exit(1);
