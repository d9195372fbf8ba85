import assert from "node:assert/strict";
import { join } from "node:path";
import { gridFrame } from "popagent/adapters/ledger/grid_frame.ts";
import { gridNamed, placedCells } from "popagent/adapters/ledger/grid_table.ts";
import { openLedger } from "popagent/adapters/ledger/ledger_file.ts";
import { inFolder, popagent as freshPopagent, type Spoken, startPopagent } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

const GRID = `question: Does it run?
settings:
  data.source: synthetic
  market.rows: 1000
  population: { size: 3, transferEvery: 1, committeeShare: 0.11 }
  iterations: 2
markets: { weak: { settings: { market: { mode: planted, ic: 0.06 } }, marketSeeds: 1-2 } }
seeds: 1-2
sweep: { population.transferTau: [0, .1] }
`;
// 2 markets x 2 seeds x (full, tau 0, tau .1); tau .1 is full: 12 places, 8 cells

const withGrid = (use: (folder: string) => Promise<void>, text = GRID) =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "tiny.yaml"), text);
    await use(folder);
  });

const run = (folder: string, ...more: string[]) =>
  popagent(folder, "experiment", "run", "tiny.yaml", ...more);
const hashIn = ({ stdout, stderr }: Spoken) => {
  const found = /hash ([0-9a-f]{64})/.exec(stdout);
  assert.ok(found, stdout + stderr);
  return found[1]!;
};

let expected = "";

Deno.test("experiment plan, run, status: one and two workers leave the same, what is done is not done again", () =>
  withGrid(async (folder) => {
    const plan = await popagent(folder, "experiment", "plan", "tiny.yaml");
    assert.equal(plan.code, 0, plan.stderr);
    assert.match(plan.stdout, /12 cells, 4 of which are the same as another; 0 are done, 8 are to be run\./);
    assert.match(plan.stdout, /Time: about \d+ s with 2 workers .* no such cell was run here yet\./);
    await assert.rejects(Deno.stat(join(folder, "data")), Deno.errors.NotFound, "a plan writes nothing");

    const one = await run(folder, "--workers", "1");
    assert.equal(one.code, 0, one.stderr);
    assert.match(one.stdout, /tiny: 8 cells done now, 0 before, 0 failed\./);
    expected = hashIn(one);
    const again = await run(folder);
    assert.match(again.stdout, /tiny: 0 cells done now, 8 before, 0 failed\./);
    assert.equal(hashIn(again), expected);
    const two = await run(folder, "--workers", "2", "--store", "data/two");
    assert.equal(hashIn(two), expected);

    await Deno.mkdir(join(folder, "configs", "experiments"), { recursive: true });
    await Deno.copyFile(join(folder, "tiny.yaml"), join(folder, "configs", "experiments", "tiny.yaml"));
    const planned = await popagent(folder, "experiment", "plan", "tiny"); // issue 9.5
    assert.match(planned.stdout, /8 are done, 0 are to be run/);
    const status = await popagent(folder, "experiment", "status", "tiny", "--json");
    const byFile = await popagent(folder, "experiment", "status", "tiny.yaml", "--json"); // issue 9.5
    assert.equal(byFile.stdout, status.stdout, byFile.stderr);
    const [grid] = JSON.parse(status.stdout);
    assert.deepEqual(grid.counts, { waiting: 0, running: 0, done: 8, failed: 0 });
    assert.deepEqual([grid.hash, grid.places, grid.sessions.length], [expected, 12, 2]);
    const said = await popagent(folder, "experiment", "status");
    assert.match(said.stdout, /tiny: 8 of 8 cells done \(100 %\), 0 running, 0 waiting, 0 failed/);

    const compared = await popagent(folder, "experiment", "compare", "tiny");
    assert.equal(compared.code, 0, compared.stderr);
    assert.match(compared.stdout, /transferTau=0 +4 +\d/); // four cells, and how often their genomes changed
    assert.match(compared.stdout, /transferTau=0 minus full, paired.*\n.*\n +weak +populationMean/);
    const tests = compared.stdout.match(/^ +weak +\w.* [01]\.\d{3} +2$/gm)!.length;
    assert.match(
      compared.stdout,
      new RegExp(`^${tests} comparisons with a p value stand here\\..*uncorrected`, "m"),
    );
    const frame = await gridFrame("tiny", { store: join(folder, "data") });
    assert.equal(frame.height, 12 * 4, "champion, committee and both mirrored accounts of each place");
    using db = openLedger(join(folder, "data", "ledger.sqlite"), "process");
    assert.equal(
      db.prepare("SELECT count(DISTINCT key) AS n FROM trials").get()!.n,
      4,
      "two arms on two markets",
    );
  }));

/** How many cells of the ledger in a folder are done. */
function doneIn(folder: string): number {
  try {
    using db = openLedger(join(folder, "data", "ledger.sqlite"), "process");
    return Number(db.prepare("SELECT count(*) AS n FROM cells WHERE state = 'done'").get()!.n);
  } catch {
    return 0; // not there yet
  }
}

/** Starts the grid and sends a signal once so many cells are done. */
async function struck(
  folder: string,
  signal: Deno.Signal,
  done: number,
  workers: string,
): Promise<Deno.CommandStatus> {
  const child = startPopagent(folder, "experiment", "run", "tiny.yaml", "--workers", workers);
  let ended = false;
  const status = child.status.finally(() => ended = true);
  while (!ended && doneIn(folder) < done) await new Promise((go) => setTimeout(go, 20));
  if (!ended) child.kill(signal);
  return await status;
}

Deno.test("after kills and Ctrl-C the same command goes on: same bytes, no cell started more often than it was struck", () =>
  withGrid(async (folder) => {
    await struck(folder, "SIGKILL", 1, "2");
    await struck(folder, "SIGKILL", 4, "1");
    const stopped = await struck(folder, "SIGINT", 6, "1");
    assert.equal(stopped.code, 130);
    const status = await popagent(folder, "experiment", "status");
    assert.match(status.stdout, / 0 running, [1-9]\d* waiting, 0 failed/);
    assert.match(status.stdout, /not under way: experiment run goes on/);
    // a process of its own, which knows nothing but what the struck ones left
    const last = await freshPopagent(folder, "experiment", "run", "tiny.yaml", "--workers", "1");
    assert.equal(last.code, 0, last.stderr);
    assert.equal(hashIn(last), expected);
    using db = openLedger(join(folder, "data", "ledger.sqlite"), "process");
    for (const { label, starts, finishes, key } of placedCells(db, gridNamed(db, "tiny").id)) {
      const ends = db.prepare("SELECT ended FROM attempts WHERE cell = ? ORDER BY number").all(key).map((
        { ended },
      ) => ended);
      assert.deepEqual([finishes, ends.at(-1)], [1, "done"], label);
      assert.ok(ends.slice(0, -1).every((how) => how === "killed" || how === "stopped"), label);
      assert.equal(starts, ends.length);
    }
  }));

Deno.test("two shards that are merged leave what one run leaves, and one cell alone can be run", () =>
  withGrid(async (folder) => {
    const alone = await run(
      folder,
      ...["--only", "transferTau=0/weak.2/1", "--store", "data/alone", "--workers", "1"],
    );
    assert.match(
      alone.stdout,
      /1 cell done now, 0 before, 0 failed\. 11 of the grid's 12 places are not done\./,
    );
    const wrong = await run(folder, "--only", "none/weak.2/1");
    assert.equal(wrong.code, 1);
    assert.match(
      wrong.stderr,
      /Cannot run the cell none\/weak\.2\/1 as it must be one of the grid: there are full/,
    );
    const folders = [];
    for (const index of [0, 1]) {
      const shard = await popagent(
        folder,
        "experiment",
        "shard",
        "tiny.yaml",
        "--index",
        `${index}`,
        "--count",
        "2",
        "--workers",
        "1",
      );
      assert.equal(shard.code, 0, shard.stderr);
      folders.push(`data/shards/tiny-${index}-of-2`);
    }
    const merged = await popagent(folder, "experiment", "merge", ...folders);
    assert.equal(hashIn(merged), expected);
    assert.match(merged.stdout, /counts 4 distinct trials/);
  }));

Deno.test("a grid that cannot be read or planned is refused before anything is written", () =>
  withGrid(async (folder) => {
    const wrong = await run(folder);
    assert.equal(wrong.code, 1);
    assert.match(
      wrong.stderr,
      /population\.transferTau: must be a number from 0 to 1: current value is 3 \(tiny\.yaml, line 9\)/,
    );
    const missing = await popagent(folder, "experiment", "run", "none.yaml");
    assert.match(missing.stderr, /none\.yaml as it must exist: there is no such file/);
    await Deno.writeTextFile(join(folder, "tiny.yaml"), GRID.replace("iterations: 2", "iterations: 99"));
    const long = await run(folder);
    assert.match(long.stderr, /Cannot plan the cell full\/weak\.1\/1: .*iterations must be at most 8/);
    const none = await popagent(folder, "experiment", "status");
    assert.match(none.stderr, /data\/ledger\.sqlite must be there: none was started yet/);
    for (const spoken of [wrong, missing, long, none]) {
      assert.doesNotMatch(spoken.stderr, /fault of PopAgent/);
    }
    await assert.rejects(Deno.stat(join(folder, "data")), Deno.errors.NotFound);
  }, GRID.replace("[0, .1]", "[0, 3]")));

/** What `deno task grid-trials` has stored. */
async function storedTrial(name: string) {
  const path = new URL(`../results/grid_${name}.json`, import.meta.url);
  return JSON.parse(await Deno.readTextFile(path));
}

Deno.test("the smoke grid was run once with 1, 2, 4 and 8 workers, in shards and after five kills: one hash", async () => {
  const { hashes, kills, same, startsBeyondKills } = await storedTrial("same");
  assert.deepEqual([Object.keys(hashes).length, new Set(Object.values(hashes)).size, same], [6, 1, true]);
  assert.deepEqual([kills, startsBeyondKills], [5, 0]);
});

Deno.test("300 cells and more were run once with a kill every two minutes: complete, none started for nothing, memory flat, the ledger below 1 %", async () => {
  const night = await storedTrial("night");
  const { cells, kills, everySeconds, complete, failed, startsBeyondKills, ledgerShare } = night;
  const { peakMegabytesBySession } = night;
  assert.ok(cells >= 300 && kills >= 3 && everySeconds === 120 && complete);
  assert.deepEqual([failed, startsBeyondKills], [0, 0]);
  assert.ok(ledgerShare.cpu < .01, `${ledgerShare.cpu}`);
  const [first, last] = [peakMegabytesBySession[0], peakMegabytesBySession.at(-1)];
  assert.ok(last <= 1.1 * first, "the last session ran half of all cells, the first was killed after a few");
});
