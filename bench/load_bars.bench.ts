/**
 * Five CSVs of bars, read strictly (cold) and from their kept columns, over `readCSV` of polars on the same files, which
 * checks nothing. Real bars where POPAGENT_DATA or data/bybit holds them, else three synthetic years. The ways take
 * turns; wall time is the figure, as polars reads on all cores, and CPU stands beside it.
 * Run: deno task bench load_bars.
 */
import { join } from "node:path";
import process from "node:process";
import pl from "nodejs-polars";
import { readBybitFolder } from "../src/adapters/bars/bybit_csv.ts";
import { writeBybitFolder } from "../src/adapters/bars/bybit_csv_writer.ts";
import { csvFileName } from "../src/adapters/bars/csv_columns.ts";
import { readKeptFile } from "../src/adapters/bars/kept_bars.ts";
import { DECLARED_COINS } from "../src/core/universe.ts";
import { syntheticMarket } from "../src/market/synthetic/synthetic_market.ts";
import { realBarsFolder } from "../tests/real_bars.ts";

const REPEATS = 25, ROWS = 6574;

const temporary = await Deno.makeTempDir();
const keeping = { folder: join(temporary, "kept"), least: 0, most: 5 };
const folder = realBarsFolder() ?? join(temporary, "bars");
if (realBarsFolder() === null) {
  await writeBybitFolder(
    folder,
    syntheticMarket({ seed: 1, rows: ROWS, mode: "default", ic: 0 }).panel,
    "bench",
  );
}
const files = DECLARED_COINS.map((coin) => join(folder, csvFileName(coin)));
const ways = {
  polars: () => void files.map((file) => pl.readCSV(file)),
  cold: () => void readBybitFolder(folder),
  kept: () => void readBybitFolder(folder, DECLARED_COINS, (file, coin) => readKeptFile(file, coin, keeping)),
};

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** Least ms of each way. */
const least = new Map<string, Cost>();
for (let repeat = 0; repeat <= REPEATS; repeat++) {
  for (const [name, work] of Object.entries(ways)) {
    const cpu = process.cpuUsage(), start = performance.now();
    work();
    const wall = performance.now() - start, { user, system } = process.cpuUsage(cpu);
    if (repeat === 0) continue; // it compiles, and keeps what is kept
    const before = least.get(name) ?? { wall: Infinity, cpu: Infinity };
    least.set(name, { wall: Math.min(before.wall, wall), cpu: Math.min(before.cpu, (user + system) / 1000) });
  }
}
await Deno.remove(temporary, { recursive: true });
const polars = least.get("polars")!;
for (const [name, { wall, cpu }] of least) {
  console.log(
    `${name}: ${wall.toFixed(1)} ms, ratio ${(wall / polars.wall).toFixed(2)}; CPU ${
      cpu.toFixed(1)
    } ms, ratio ${(cpu / polars.cpu).toFixed(2)}`,
  );
}
console.log("reach 2 cold and .2 kept, aim 1 and .1");
