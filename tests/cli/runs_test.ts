import assert from "node:assert/strict";
import { join } from "node:path";
import { readParquetSeries } from "popagent/adapters/runs/parquet_series.ts";
import type { RunComparison } from "popagent/experiments/compare_runs.ts";
import { inFolder, only } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

const SHORT = ["--set", "market.rows=1000"];

Deno.test("popagent runs lists, shows, compares and prunes what was run", () =>
  inFolder(async (folder) => {
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await popagent(folder, ...args);
      assert.equal(code, 0, stderr);
      return stdout;
    };
    assert.match(await run("runs", "list"), /No finished runs in data\/runs/);
    await run("multi", ...SHORT);
    await run("multi", ...SHORT, "--trader", "contrarian", "--seed", "2");
    assert.match(await run("runs", "list"), /multi-s2-\w{10} +20[\s\S]*multi-s1-\w{10} +20/);
    assert.match(
      await run("runs", "show", "multi-s2"),
      /pipeline\.trader: "contrarian" \(default "[\s\S]*Sharpe ± SE/,
    );

    const text = await run("runs", "compare", "multi-s1", "multi-s2");
    assert.match(text, /Settings that differ[\s\S]*pipeline\.trader +"\w+" +"contrarian"[\s\S]*seed +1 +2/);
    assert.match(text, /Paired differences, first minus second, over the 280 bars of both/);
    const compared = JSON.parse(
      await run("runs", "compare", "multi-s1", "multi-s2", "--json"),
    ) as RunComparison;
    assert.deepEqual(compared.settings.map(({ path }) => path).sort(), ["pipeline.trader", "seed"]);
    const [a, b] = await Promise.all(["multi-s1", "multi-s2"].map(async (id) => {
      const home = await only(join(folder, "data", "runs"), new RegExp(`^${id}`));
      const { equity } = await readParquetSeries(join(home, "series.parquet"));
      const returns = Array.from(equity.pipeline!, (value, t) =>
        value / (t === 0 ? 10_000 : equity.pipeline![t - 1]!) - 1);
      const mean = returns.reduce((sum, r) =>
        sum + r, 0) / returns.length;
      const sd = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1));
      return mean / sd * Math.sqrt(2190);
    }));
    const pipeline = compared.strategies.find(({ name }) => name === "pipeline")!;
    assert.ok(Math.abs(pipeline.difference - (a! - b!)) < 1e-9 && pipeline.test!.se > 0);
    const hold = compared.strategies.find(({ name }) => name === "buyAndHold")!;
    assert.deepEqual([hold.difference, hold.test!.p], [0, 1], "nothing of it differs");

    const wrong = await popagent(folder, "runs", "show", "mutli-s1");
    assert.deepEqual([wrong.code, wrong.stdout], [1, ""]);
    assert.match(wrong.stderr, /Cannot find the run mutli-s1 in data\/runs: did you mean multi-s1-/);
    assert.match(
      await run("runs", "prune", "--keep", "1"),
      /1 runs, \d+ kB, would go\. Nothing went: add --yes/,
    );
    assert.match(await run("runs", "prune", "--keep", "1", "--yes"), /1 of 1 runs are gone/);
    assert.match(await run("runs", "list", "--json"), /^\{"runs":\[\{"id":"multi-s2-/);
  }));
