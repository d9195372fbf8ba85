import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLedger } from "popagent/adapters/ledger/ledger_file.ts";
import { killTrials } from "../../tools/kill_trials.ts";
import { inFolder, only, popagent as freshPopagent, shell, startPopagent, tree } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

/** One process for what is not killed: it knows nothing of what the killed ones did. */
const popagent = warmPopagent();

const CONFIG = fileURLToPath(new URL("../../configs/smoke.yaml", import.meta.url));
const ARGS = ["population", "--config", CONFIG, "--json"];
const SHORT = ["population", "--config", CONFIG, "--no-references", "--json"];
const SAME_BYTES = ["result.json", "events.jsonl", "series.parquet", "places.parquet"];
const PAUSE_MS = 5;

const runsOf = (folder: string) => join(folder, "data", "runs");

/** Iterations that the population's checkpoint says are done; 0 before the first. */
async function iterationsDone(folder: string): Promise<number> {
  try {
    const run = await only(join(runsOf(folder), ".unfinished"), /^population-s1-\w+$/);
    const checkpoint = join(run, "checkpoints", "population.json");
    return (JSON.parse(await Deno.readTextFile(checkpoint)) as { iterations: number }).iterations;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || (error as Error).message.startsWith("Cannot take")) return 0;
    throw error;
  }
}

/** Starts a run and waits until it has done some iterations. */
async function started(folder: string, iterations: number, args = ARGS): Promise<Deno.ChildProcess> {
  const child = startPopagent(folder, ...args);
  while (await iterationsDone(folder) < iterations) await new Promise((done) => setTimeout(done, PAUSE_MS));
  return child;
}

async function killed(folder: string, iterations: number, args = ARGS): Promise<void> {
  const child = await started(folder, iterations, args);
  child.kill("SIGKILL");
  await child.status;
  assert.ok(await iterationsDone(folder) >= iterations);
}

/** All trials of the ledger. */
function trialsIn(folder: string): unknown[] {
  using db = openLedger(join(folder, "data", "ledger.sqlite"), "process");
  return db.prepare("SELECT * FROM trials").all().map((row) => ({ ...row }));
}

async function bytesOf(folder: string): Promise<string[]> {
  const run = await only(runsOf(folder));
  return await Promise.all(SAME_BYTES.map(async (file) => (await Deno.readFile(join(run, file))).toHex()));
}

/** Folders that are made once for the tests below, each of which works on a copy. */
const made = new Map<string, string>();
Deno.test.afterAll(() => made.forEach((folder) => Deno.removeSync(folder, { recursive: true })));

/** Gives `use` a folder in which `make` was done: for the first of a name it is done, for others copied. */
function inCopy(
  name: string,
  make: (folder: string) => Promise<void>,
  use: (folder: string) => Promise<void>,
) {
  return inFolder(async (folder) => {
    if (!made.has(name)) {
      const first = await Deno.makeTempDir({ prefix: "popagent-cli-" });
      made.set(name, first);
      await make(first);
    }
    cpSync(made.get(name)!, folder, { recursive: true, preserveTimestamps: true });
    await use(folder);
  });
}

/** What the first and whole SHORT run said. */
let said = "";

/** A folder with a finished SHORT run. */
const withFinished = (use: (folder: string) => Promise<void>) =>
  inCopy("finished", async (folder) => {
    const { code, stdout, stderr } = await popagent(folder, ...SHORT);
    assert.equal(code, 0, stderr);
    said = stdout;
  }, use);

/** A folder with a SHORT run that was killed after an iteration. */
const withKilled = (use: (folder: string) => Promise<void>) =>
  inCopy("killed", (folder) => killed(folder, 1, SHORT), use);

Deno.test("configs/smoke.yaml runs whole, with all its references; killed in the middle and resumed it leaves the same bytes", async () => {
  await inFolder(async (whole) => {
    const { code, stdout, stderr } = await popagent(whole, ...ARGS);
    assert.equal(code, 0, stderr);
    const { strategies, iterations } = JSON.parse(stdout);
    assert.equal(iterations, 7);
    assert.ok(strategies.length >= 15);
    await inFolder(async (broken) => {
      await killed(broken, 3);
      const resumed = await freshPopagent(broken, ...ARGS, "--resume");
      assert.equal(resumed.code, 0, resumed.stderr);
      assert.deepEqual(await bytesOf(broken), await bytesOf(whole));
      const path = join(await only(runsOf(broken)), "provenance.json");
      const provenance = JSON.parse(await Deno.readTextFile(path)) as { resumed: boolean };
      assert.equal(provenance.resumed, true);
    });
  });
});

Deno.test("several seeds resumed: the finished one is read, the missing one is run, the table is the same", async () => {
  await inFolder(async (folder) => {
    const args = ["population", "--config", CONFIG, "--iterations", "2", "--no-references", "--seeds", "1-2"];
    const whole = await popagent(folder, ...args);
    assert.equal(whole.code, 0, whole.stderr);
    const runs = runsOf(folder);
    const names = [...Deno.readDirSync(runs)].map(({ name }) => name).sort();
    assert.equal(names.length, 2);
    const kept = join(runs, names[0]!, "provenance.json");
    const before = await Deno.readTextFile(kept);
    await Deno.remove(join(runs, names[1]!), { recursive: true });

    const resumed = await popagent(folder, ...args, "--resume");
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(resumed.stdout, whole.stdout);
    assert.match(resumed.stdout, /Population \(champion\)/);
    assert.match(resumed.stderr, /1 of 2 runs were finished before and not run again/);
    assert.equal(await Deno.readTextFile(kept), before);
    assert.deepEqual([...Deno.readDirSync(runs)].map(({ name }) => name).sort(), names);
  });
});

Deno.test("findings G.1: a second start beside a live run is refused with its holder's name, and the first ends whole", async () => {
  await withFinished(async (alone) => {
    await inFolder(async (folder) => {
      const first = await started(folder, 2, SHORT);
      first.kill("SIGSTOP"); // so that it is still at work, however long the others take to start
      for (const more of [[], ["--resume"]]) {
        const second = await popagent(folder, ...SHORT, ...more);
        assert.equal(second.code, 1, second.stderr);
        assert.match(
          second.stderr,
          new RegExp(`one process at a time.*process ${first.pid} on .*, since 20`),
        );
        assert.doesNotMatch(second.stderr, /fault of PopAgent/);
      }
      first.kill("SIGCONT");
      assert.equal((await first.status).code, 0);
      assert.deepEqual(await bytesOf(folder), await bytesOf(alone));
    });
  });
});

Deno.test("findings J.1: --resume on a finished run says so, prints its result and changes nothing", () =>
  withFinished(async (folder) => {
    const before = await bytesOf(folder), names = await tree(folder);
    const ledger = trialsIn(folder);
    const again = await popagent(folder, ...SHORT, "--resume");
    assert.equal(again.code, 0, again.stderr);
    assert.equal(again.stdout, said);
    assert.match(again.stderr, /This run is finished: nothing was run again/);
    assert.deepEqual(await bytesOf(folder), before);
    assert.deepEqual(await tree(folder), names);
    assert.deepEqual(trialsIn(folder), ledger);
  }));

Deno.test("findings G.1: a run that is killed while it repeats a finished one leaves that one, and is resumed", () =>
  withFinished(async (folder) => {
    const run = await only(runsOf(folder));
    const before = await Deno.readTextFile(join(run, "provenance.json"));
    await killed(folder, 2, SHORT);
    assert.equal(await Deno.readTextFile(join(run, "provenance.json")), before);
    const resumed = await popagent(folder, ...SHORT, "--resume");
    assert.equal(resumed.code, 0, resumed.stderr);
    const { sequence, resumed: wasResumed } = JSON.parse(
      await Deno.readTextFile(join(run, "provenance.json")),
    );
    assert.deepEqual([sequence, wasResumed], [2, true]);
  }));

Deno.test("findings G.1: a folder of checkpoints without a configuration is named and crashes nothing", () =>
  withKilled(async (folder) => {
    const run = await only(join(runsOf(folder), ".unfinished"), /^population-s1-\w+$/);
    await Deno.remove(join(run, "config.json"));
    for (const seed of ["1", "2"]) {
      const { code, stderr } = await popagent(folder, ...SHORT, "--seed", seed, "--resume");
      assert.equal(code, 1);
      assert.match(stderr, /config\.json.*copied or restored in part/);
      assert.doesNotMatch(stderr, /fault of PopAgent/);
    }
  }));

Deno.test("findings J.6: a damaged checkpoint is told with its file's name, by workers too", () =>
  withKilled(async (folder) => {
    const run = await only(join(runsOf(folder), ".unfinished"), /^population-s1-\w+$/);
    const path = join(run, "checkpoints", "population.json");
    await Deno.truncate(path, 100);
    const { code, stderr } = await popagent(folder, ...SHORT, "--resume");
    assert.equal(code, 1);
    assert.match(
      stderr,
      /Cannot resume as .*checkpoints\/population\.json must be as the run left it: it is no JSON/,
    );
    assert.match(stderr, /start the run again without --resume/);
    assert.doesNotMatch(stderr, /fault of PopAgent|^ +at /m);
  }));

Deno.test("findings J.1: a file where the folder of checkpoints was is told", () =>
  withKilled(async (folder) => {
    const run = await only(join(runsOf(folder), ".unfinished"), /^population-s1-\w+$/);
    await Deno.remove(join(run, "checkpoints"), { recursive: true });
    await Deno.writeTextFile(join(run, "checkpoints"), "");
    const { code, stderr } = await popagent(folder, ...SHORT, "--resume");
    assert.equal(code, 1);
    assert.match(stderr, /Cannot make the folder .*checkpoints as nothing may be there yet/);
    assert.doesNotMatch(stderr, /fault of PopAgent|^ +at /m);
  }));

Deno.test({
  name:
    "findings J.1: a limit on the size of files ends a run like a kill, and it is resumed to the same bytes",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder((folder) =>
      withFinished(async (whole) => {
        const bytes = await bytesOf(whole); // its run wrote Deno's own caches, without a limit
        const line = `$popagent ${SHORT.join(" ")}`;
        for (const blocks of [1, 120, 400]) { // of 512 bytes: at once, before and within the iterations
          const limited = await shell(folder, `ulimit -f ${blocks}; ${line}; true`, "--no-code-cache");
          assert.equal(limited.stdout, "", `${blocks} blocks`);
        }
        assert.ok(await iterationsDone(folder) > 0);
        assert.deepEqual([...Deno.readDirSync(runsOf(folder))].map(({ name }) => name), [".unfinished"]);
        const resumed = await popagent(folder, ...SHORT, "--resume");
        assert.equal(resumed.code, 0, resumed.stderr);
        assert.deepEqual(await bytesOf(folder), bytes);
      })
    ),
});

Deno.test("kills at seeded times, half of them aimed at a run's last moments, change no byte", async () => {
  const report = await killTrials({ kills: 2, seed: 1, args: SHORT }); // one in its midst, one aimed
  assert.deepEqual([report.kills, report.different, report.refused], [2, 0, []]);
});

Deno.test("fifty kills and more were tried once with all references, and changed no byte", async () => {
  const path = new URL("../results/kill_trials.json", import.meta.url);
  const report = JSON.parse(await Deno.readTextFile(path)) as Awaited<ReturnType<typeof killTrials>>;
  assert.ok(report.kills >= 50 && report.aimedKills >= 20);
  assert.deepEqual([report.different, report.refused], [0, []]);
});
