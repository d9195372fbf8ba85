import assert from "node:assert/strict";
import fc from "fast-check";
import { cellsOf, type Grid, type GridMarket, shardOf } from "popagent/experiments/grid/grid.ts";
import { expectedCost, expectedSeconds } from "popagent/experiments/grid/expected_cost.ts";
import { planCell, type PlannedCell } from "popagent/experiments/grid/plan_cell.ts";
import { runGrid } from "popagent/experiments/grid/run_grid.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { trialKey } from "popagent/experiments/trials.ts";
import { marketOf } from "popagent/experiments/market.ts";
import type { CellLedger } from "popagent/experiments/ports/cell_ledger.ts";
import type { CellFiles, Cells } from "popagent/experiments/ports/cells.ts";
import { populationConfig } from "../run_config.ts";

const config = populationConfig({ data: { source: "synthetic" }, market: { rows: 1000 }, iterations: 2 });
const noTransfer = { ...config, population: { ...config.population, transfer: "none" as const } };
const market: GridMarket = {
  name: "weak",
  marketSeeds: [3, 4],
  seeds: [1, 2],
  arms: [{ name: "full", config }, { name: "none", config: noTransfer }],
};
const grid: Grid = {
  name: "g",
  question: "?",
  markets: [market],
  beside: ["references", "singleAgent", "randomSwitching"],
  keep: ["series"],
};
const cells = cellsOf(grid);

Deno.test("a grid has a cell for each arm, market and seed, market by market, and what needs no arm once", () => {
  assert.deepEqual(cells.slice(0, cells.length / 2).map(({ label }) => label), [
    "references/weak.3", // the same whatever the run's seed
    "singleAgent/weak.3/1",
    "singleAgent/weak.3/2",
    "full/weak.3/1",
    "none/weak.3/1",
    "full/weak.3/2",
    "none/weak.3/2",
  ]);
  assert.deepEqual(new Set(cells.map(({ label }) => label)).size, cells.length);
  const jobs = (label: string) => cells.find((cell) => cell.label === label)!.jobs;
  assert.deepEqual(jobs("full/weak.3/1"), ["population", "randomSwitching"], "the placebo in full only");
  assert.deepEqual(jobs("none/weak.3/1"), ["population"]);
});

Deno.test("arms share their random numbers: they differ in what they depart in, and in nothing else", () => {
  const at = (arm: string) => cells.find(({ label }) => label === `${arm}/weak.4/2`)!.config;
  assert.deepEqual([at("full").seed, at("full").market.seed], [2, 4]);
  assert.deepEqual(at("none"), {
    ...at("full"),
    population: { ...at("full").population, transfer: "none" },
  });
});

Deno.test("seeds: market runs each market once, under its own seed", () => {
  const own = cellsOf({ ...grid, beside: [], markets: [{ ...market, seeds: "market" }] });
  assert.deepEqual(
    own.map(({ seed, marketSeed, config }) => [seed, marketSeed, config.seed]),
    [[3, 3, 3], [3, 3, 3], [4, 4, 4], [4, 4, 4]],
  );
});

Deno.test("shards are disjoint, complete and of equal size but for one cell", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 9 }), (size, count) => {
      const all = Array.from({ length: size }, (_, i) => i);
      const parts = Array.from({ length: count }, (_, index) => shardOf(all, index, count));
      assert.deepEqual(parts.flat().sort((a, b) => a - b), all);
      const sizes = parts.map(({ length }) => length);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }),
    { seed: 7 },
  );
  assert.throws(() => shardOf([1], 3, 3), /--index must be an integer from 0 to --count less 1: .* 3 of 3/);
  assert.throws(() => shardOf([1], NaN, 3), /NaN of 3/);
});

const { panel } = marketOf(cells[0]!.config);
const plan = (cell: typeof cells[number], code = "c") => planCell(cell, panel, code);

Deno.test("a cell's hash tells code, arm, seed and what is kept; two arms of one configuration are one cell", () => {
  const [full, none] = ["full/weak.3/1", "none/weak.3/1"].map((label) =>
    cells.find((cell) => cell.label === label)!
  );
  const key = plan(full!).key;
  assert.match(key, /^[0-9a-f]{64}$/);
  const others = [
    plan(none!),
    plan(full!, "d"),
    plan({ ...full!, keep: [] }),
    plan({ ...full!, config: { ...full!.config, seed: 9 } }),
    plan({ ...full!, jobs: ["population"] }),
  ].map((cell) => cell.key);
  assert.equal(new Set([key, ...others]).size, 6);
  assert.equal(plan({ ...full!, label: "again/weak.3/1", arm: "again" }).key, key);
  // tau is not read where nothing is taught
  const { population } = none!.config;
  const withTau = { ...none!, config: { ...none!.config, population: { ...population, transferTau: 0.7 } } };
  assert.equal(plan(withTau).key, plan(none!).key);
});

Deno.test("cells of an arm are the trials of the command population; what runs beside them is none", () => {
  const [beside] = cells;
  assert.equal(plan(beside!).trial, null);
  const trials = new Set(
    cells.filter(({ arm }) => arm !== null).map((cell) => planCell(cell, panel, "c").trial),
  );
  assert.equal(trials.size, 2, "two arms on the same rows, whatever the seed");
  const full = cells.find(({ label }) => label === "full/weak.3/1")!;
  const alone = planRun({ ...full.config, references: true, seed: 99 }, panel);
  assert.equal(plan(full).trial, trialKey("population", alone));
});

/** A ledger that writes down what it is told, and workers that fail where they are told. */
function scene(fails: (label: string) => boolean, workers: number) {
  const told: string[] = [];
  let active = 0, most = 0;
  const labels = new Map<string, string>();
  const ledger: CellLedger = {
    start: ({ label }) => void told.push(`start ${label}`),
    finish: ({ label }) => Promise.resolve(void told.push(`done ${label}`)),
    fail: ({ label }, { message, stack }) => void told.push(`failed ${label}: ${message} ${stack !== ""}`),
    checkpoints: () => null,
  };
  const pool: Cells = {
    workers,
    async run({ key }) {
      most = Math.max(most, ++active);
      await Promise.resolve();
      active--;
      if (fails(labels.get(key)!)) throw new RangeError("as planned");
      return { files: {} as CellFiles, cost: { cpuSeconds: 1, wallSeconds: 1 } };
    },
  };
  const run = (planned: readonly PlannedCell[]) => {
    for (const { key, label } of planned) labels.set(key, label);
    const progress = { onDone: () => {}, onFailed: () => {} };
    return runGrid(planned, pool, ledger, progress, () => 0);
  };
  return { told, run, most: () => most, ledger };
}

const planned = ["a", "b", "c", "d", "e"].map((label) =>
  ({ label, key: `k-${label}` }) as unknown as PlannedCell
);

Deno.test("every cell is started once and ends once; one that fails does not keep the others", async () => {
  const { told, run, most } = scene((label) => label === "b", 3);
  const { done, failed } = await run([...planned, { ...planned[0]!, label: "a again" }]);
  assert.deepEqual([done, failed.map(({ cell }) => cell.label)], [4, ["b"]]);
  assert.equal(told.filter((line) => line.startsWith("start")).length, 5, "two cells of one hash are one");
  assert.ok(told.includes("failed b: as planned true"));
  assert.equal(most(), 3);
});

Deno.test("a result that cannot be kept ends the grid with its error", async () => {
  const { run, ledger, told } = scene(() => false, 1);
  ledger.finish = () => Promise.reject(new Error("disk full"));
  await assert.rejects(run(planned), /disk full/);
  assert.deepEqual(told, ["start a"]);
});

// By hand: 3 of the known shape at 2 s; one of other rows whose first guess is 10 s, where the guess was half of what came.
Deno.test("expectedCost() takes what such cells took, and corrects first guesses by it", () => {
  const shape = (rows: number) => JSON.stringify({ jobs: ["population"], rows });
  const known = [{ shape: shape(1), guess: 1, cpuSeconds: 2 }];
  const cell = (rows: number, guess: number) => ({ shape: shape(rows), guess });
  assert.deepEqual(expectedCost([cell(1, 1), cell(1, 1), cell(1, 1), cell(2, 10)], known), {
    cpuSeconds: 26,
    measuredShare: 6 / 26,
  });
  assert.deepEqual(expectedCost([cell(1, 1)], []), { cpuSeconds: 1, measuredShare: 0 });
  const other = [{ shape: JSON.stringify({ jobs: ["references"] }), guess: 1, cpuSeconds: 9 }];
  assert.equal(expectedCost([cell(1, 1)], other).cpuSeconds, 1, "other jobs say nothing");
  assert.deepEqual(expectedCost([], known), { cpuSeconds: 0, measuredShare: 1 });
});

// As the ledger of a two-core server held them: mean CPU seconds of 20 cells and more of each, two of the smallest.
Deno.test("issue evidence C9: the first guess at what a cell costs is right within a factor of 1.5", () => {
  const whole = { rows: 4380, iterations: 102, size: 5 };
  const long = { rows: 8766, iterations: 224, size: 5 }, tiny = { rows: 792, iterations: 2, size: 3 };
  for (
    const [job, size, seconds] of [
      ["population", whole, 15.7],
      ["population", long, 66],
      ["population", tiny, .24],
      ["references", whole, 5.7],
      ["references", long, 8.4],
      ["references", tiny, .95],
      ["selectionOnly", whole, 5.4],
      ["homogeneousPbt", whole, 10.5],
      ["singleAgent", whole, 2.7],
      ["randomSwitching", whole, 3.1],
    ] as const
  ) {
    const off = expectedSeconds(job, size) / seconds;
    assert.ok(off < 1.5 && off > 1 / 1.5, `${job} of ${size.rows} rows: ${off}`);
  }
  // a ledger whose cells were entered with the guess of their day is read by today's
  const shape = JSON.stringify({ jobs: ["references"], ...whole });
  const other = { shape: JSON.stringify({ jobs: ["references"], ...long }), guess: 10 };
  const [one, ten] = [5.256, 35].map((guess) =>
    expectedCost([other], [{ shape, guess, cpuSeconds: 5.256 }]).cpuSeconds
  );
  assert.ok(one === ten && Math.abs(one! - 10) < 1e-9);
});
