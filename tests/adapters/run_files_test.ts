import assert from "node:assert/strict";
import { join } from "node:path";
import { readRun, RUN_FILES, writeRun } from "popagent/adapters/runs/run_files.ts";
import { createRunFixture, type RunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture({ iterations: 6 });

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function store(directory: string, record: RunFixture): Promise<void> {
  await writeRun(directory, record, record.provenance);
}

/** Rewrites one JSON file of a run. */
async function spoil(path: string, change: (text: string) => string): Promise<void> {
  await Deno.writeTextFile(path, change(await Deno.readTextFile(path)));
}

Deno.test("readRun() gives back what writeRun() was given, to the last bit", () =>
  inFolder(async (folder) => {
    const directory = join(folder, "a");
    await store(directory, run);
    const back = await readRun(directory);
    assert.deepEqual(back.result, run.result);
    assert.deepEqual(back.events, run.events);
    assert.deepEqual(back.series, run.series);
    assert.deepEqual(back.provenance, run.provenance);
    assert.deepEqual(
      [...Deno.readDirSync(directory)].map((entry) => entry.name).sort(),
      ["events.jsonl", "files.sha256", "provenance.json", "result.json", "series.parquet"],
    );
  }));

Deno.test("writeRun() writes the same bytes whatever the order of keys and strategies' series", () =>
  inFolder(async (folder) => {
    const reversed = (value: object) => Object.fromEntries(Object.entries(value).reverse());
    const shuffled = {
      ...run,
      result: reversed(run.result) as unknown as typeof run.result,
      series: { ...run.series, equity: reversed(run.series.equity) as typeof run.series.equity },
      events: run.events.map((event) => reversed(event) as unknown as typeof event),
    };
    await store(join(folder, "a"), run);
    await store(join(folder, "b"), shuffled);
    for (const file of [RUN_FILES.result, RUN_FILES.events, RUN_FILES.series, RUN_FILES.hashes]) {
      assert.deepEqual(
        await Deno.readFile(join(folder, "a", file)),
        await Deno.readFile(join(folder, "b", file)),
        file,
      );
    }
    const text = await Deno.readTextFile(join(folder, "a", RUN_FILES.result));
    assert.ok(text.startsWith('{"agentPerformance":') && text.endsWith("}\n"));
  }));

Deno.test("writeRun() with a number that JSON cannot hold names it and writes nothing", () =>
  inFolder(async (folder) => {
    const strategies = run.result.strategies.map((
      strategy,
      i,
    ) => (i === 2 ? { ...strategy, metrics: { ...strategy.metrics, sharpe: NaN } } : strategy));
    const broken = { ...run, result: { ...run.result, strategies } };
    await assert.rejects(
      writeRun(join(folder, "a"), broken, run.provenance),
      /\$\.strategies\[2\]\.metrics\.sharpe/,
    );
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("writeRun() refuses series of unequal length", () =>
  inFolder(async (folder) => {
    const equity = { ...run.series.equity, champion: run.series.equity.champion!.slice(1) };
    await assert.rejects(
      writeRun(folder, { ...run, series: { ...run.series, equity } }, run.provenance),
      /champion has 215/,
    );
  }));

const broken: readonly (readonly [string, keyof typeof RUN_FILES, (text: string) => string, RegExp])[] = [
  [
    "a field of the wrong type",
    "result",
    (text) => text.replace(/"sharpe":-?[\d.e-]+/, '"sharpe":"high"'),
    /result\.json.*agentPerformance\[0\]\.sharpe/,
  ],
  ["a field too many", "result", (text) => text.replace("{", '{"extra":1,'), /result\.json.*extra/],
  [
    "a headline that is no strategy",
    "result",
    (text) => text.replace('"headline":"champion"', '"headline":"best"'),
    /result\.json.*headline/,
  ],
  ["another schema", "result", (text) => text.replace('"schema":2', '"schema":1'), /result\.json.*schema/],
  ["no JSON", "result", (text) => text.slice(0, 50), /result\.json as it must be JSON/],
  [
    "a bad event",
    "events",
    (text) => text.replaceAll('"meanScore":', '"meanscore":'),
    /events\.jsonl line 1.*meanScore/,
  ],
  [
    "an event left out",
    "events",
    (text) => text.split("\n").toSpliced(2, 1).join("\n"),
    /events\.jsonl line 3 as its k must be 2: current value is 3/,
  ],
  [
    "a last line cut short",
    "events",
    (text) => text.slice(0, -20),
    /events\.jsonl as its last line must end/,
  ],
  [
    "no start time",
    "provenance",
    (text) => text.replace("startedAt", "begun"),
    /provenance\.json.*startedAt/,
  ],
  ["no Parquet", "series", () => "no", /series\.parquet as it must be a Parquet file/],
];
for (const [what, file, change, message] of broken) {
  Deno.test(`readRun() names the file and the field of ${what}`, () =>
    inFolder(async (folder) => {
      await store(folder, run);
      await spoil(join(folder, RUN_FILES[file]), change);
      await assert.rejects(readRun(folder), message);
    }));
}

for (const file of ["events", "series", "provenance"] as const) {
  Deno.test(`readRun() names a missing ${RUN_FILES[file]}`, () =>
    inFolder(async (folder) => {
      await store(folder, run);
      await Deno.remove(join(folder, RUN_FILES[file]));
      await assert.rejects(readRun(folder), (error: Error) => error.message.includes(RUN_FILES[file]));
    }));
}

Deno.test("a run without iterations is stored and read, and its findings beside it", () =>
  inFolder(async (folder) => {
    const outcome = {
      ...run,
      events: [],
      findings: { evaluation: { brier: .25 } },
      result: { ...run.result, iterations: 0 },
    };
    await writeRun(folder, outcome, run.provenance);
    assert.deepEqual((await readRun(folder)).events, []);
    assert.equal(await Deno.readTextFile(join(folder, "evaluation.json")), '{"brier":0.25}\n');
  }));

const edits: readonly (readonly [keyof typeof RUN_FILES, (text: string) => string])[] = [
  ["result", (text) => text.replace(/"sharpe":-?[\d.e-]+/, '"sharpe":9.9')],
  ["events", (text) => text.replace(/"meanScore":-?[\d.e-]+/, '"meanScore":9.9')],
  ["hashes", (text) => text.replace(/^.*result\.json\n/m, "")],
  ["hashes", (text) => text.slice(0, -4)],
];
for (const [file, change] of edits) {
  Deno.test(`issue 9.4: readRun() tells of a changed ${RUN_FILES[file]}, and what to do`, () =>
    inFolder(async (folder) => {
      await store(folder, run);
      await spoil(join(folder, RUN_FILES[file]), change);
      await assert.rejects(
        readRun(folder),
        /Cannot trust \S+ as it must be what the run wrote: it was changed .*from a copy/s,
      );
    }));
}

Deno.test("issue 9.4: files.sha256 is what sha256sum reads, and a run of before it is read", () =>
  inFolder(async (folder) => {
    await store(folder, run);
    const lines = (await Deno.readTextFile(join(folder, RUN_FILES.hashes))).trimEnd().split("\n");
    assert.deepEqual(lines.map((line) => line.slice(66)), ["events.jsonl", "result.json", "series.parquet"]);
    for (const line of lines) {
      const bytes = await crypto.subtle.digest("SHA-256", await Deno.readFile(join(folder, line.slice(66))));
      assert.equal(line.slice(0, 66), `${new Uint8Array(bytes).toHex()}  `);
    }
    await Deno.remove(join(folder, RUN_FILES.hashes));
    assert.deepEqual((await readRun(folder)).result, run.result);
  }));
