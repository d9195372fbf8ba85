import { assertInOrder } from "../in_order.ts";
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { readRun } from "popagent/adapters/runs/run_files.ts";
import { inFolder, only, popagent as freshPopagent, tree } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

const SHORT = ["--iterations", "2", "--set", "market.rows=1000"];

/** The deterministic files of a run folder, as bytes. */
async function bytesOf(directory: string): Promise<Uint8Array[]> {
  const names = ["result.json", "series.parquet", "fills.parquet", "events.jsonl", "evaluation.json"];
  return await Promise.all(names.map((name) => Deno.readFile(join(directory, name))));
}

Deno.test("multi trades one pipeline beside passive references and leaves a whole run folder", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await popagent(
      folder,
      "multi",
      ...SHORT,
      "--trades",
      "3",
      "--metrics",
      "all",
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Did it earn anything\? [^\d]*\[SYNTHETIC\s+data/, "said before any number");
    assert.match(
      stdout,
      /Pipeline: technical analyst -> statistical researcher -> adaptive trader -> moderate risk/,
    );
    assert.match(stdout, /Forecasts of the statistical researcher 6 bars ahead \(24 h\), 60 outcomes/);
    for (const row of ["Calibration error", "Brier", "Pinball", "Inside the 90% interval"]) {
      assert.ok(stdout.includes(row), row);
    }
    for (const title of ["Growth and ratios", "Tails", "Round trips", "Profit by coin", "Monthly returns"]) {
      assert.match(stdout, new RegExp(`^${title}`, "m"));
    }
    assert.match(stdout, /How good each researcher's forecasts were/);
    assert.match(stdout, /Trades: the last 3 of \d+ fills/);
    assert.match(stdout, /Report: data\/runs\/multi-s1-\w+\/report\.html/);

    const run = await readRun(await only(join(folder, "data", "runs")));
    assert.equal(run.result.command, "multi");
    assert.equal(run.result.headline, "pipeline");
    assertInOrder(run.result.strategies.map(({ name }) => name), [
      "pipeline",
      "buyAndHold",
      "volatilityTarget",
      "momentum180",
    ]);
    assert.deepEqual(
      [run.result.reported.from, run.result.reported.to],
      [720, 791],
      "as a population reports",
    );
    assert.equal(run.series.openTime.length, 72);
    assert.deepEqual(run.events, []);
    assert.equal(run.provenance.trial, 1);
    assert.ok((await tree(folder)).some((path) => path.endsWith("report.html")));
    assert.ok(!(await tree(folder)).some((path) => path.includes("checkpoints")));
  }));

Deno.test("multi prints what it stores as JSON, and the same again gives the same bytes and no second trial", () =>
  inFolder(async (folder) => {
    const args = ["multi", ...SHORT, "--synthetic", "planted", "--ic", "0.1", "--out", "runs", "--json"];
    const first = await popagent(folder, ...args, "--trades", "2");
    assert.equal(first.code, 0, first.stderr);
    const { evaluation, trades, ...result } = JSON.parse(first.stdout);
    const directory = await only(join(folder, "runs"));
    const before = await bytesOf(directory);
    assert.deepEqual(result, JSON.parse(new TextDecoder().decode(before[0])));
    assert.deepEqual(evaluation, JSON.parse(new TextDecoder().decode(before[4])));
    assert.equal(evaluation.horizon, 6);
    assert.equal(trades.length, 2);
    assert.equal(result.strategies.at(-1).name, "plantedOracle");
    assert.equal(result.strategies.at(-1).kind, "oracle");

    const second = await freshPopagent(folder, ...args);
    assert.equal(second.code, 0, second.stderr);
    assert.deepEqual(await bytesOf(directory), before);
    assert.equal((await readRun(directory)).provenance.trial, 1);
    assert.ok(!("trades" in JSON.parse(second.stdout)));
  }));

Deno.test("run trades its one coin only, in letters of any case", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await popagent(
      folder,
      ...["run", ...SHORT, "--coin", "eth", "--trader", "aggressive", "--trades", "1000", "--json"],
    );
    assert.equal(code, 0, stderr);
    const { command, trades, evaluation } = JSON.parse(stdout);
    assert.equal(command, "run");
    assert.ok(trades.length > 0);
    assert.ok(
      trades.every(({ coin, kind }: { coin: number; kind: string }) => coin === 0 && kind !== "funding"),
    );
    assert.equal(evaluation.count, 12, "72 bars, a horizon of 6, one coin");
    const run = await readRun(await only(join(folder, "data", "runs")));
    assert.equal(run.result.config.coins, null, "all that are looked at");
    assert.deepEqual(
      (run.result.config.universe as { coins: unknown }).coins,
      ["ETH"],
      "and looks at no other",
    );
    assert.match(run.result.warnings[1]!, /cross-asset signals are absent as there is one coin/);
    assert.equal((run.result.config.pipeline as { trader: string }).trader, "aggressive");
  }));

Deno.test("a resume under another configuration names the unfinished run and where it differs", () =>
  inFolder(async (folder) => {
    const small = ["--pop-size", "3", "--no-references", ...SHORT];
    const args = ["population", ...small, "--out", "runs"];
    const finished = await popagent(folder, ...args);
    assert.equal(finished.code, 0, finished.stderr);
    const directory = join(folder, "runs", ".unfinished", "population-s1-0123456789"); // as a killed run leaves it
    await Deno.mkdir(dirname(directory));
    await Deno.rename(await only(join(folder, "runs"), /^population/), directory);
    await Deno.mkdir(join(directory, "checkpoints"));
    await Deno.remove(join(directory, "result.json"));
    const before = await tree(folder);
    const { code, stderr } = await popagent(
      folder,
      ...args,
      "--resume",
      "--set",
      "population.transferTau=0.2",
    );
    assert.equal(code, 1);
    assert.match(stderr, /goes on only with the same configuration/);
    assert.match(stderr, /population-s1-\w+: population\.transferTau is 0\.1 there and 0\.2 here/);
    assert.deepEqual(await tree(folder), before);
  }));
