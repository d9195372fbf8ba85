import assert from "node:assert/strict";
import { join } from "node:path";
import { openLedger } from "popagent/adapters/ledger/ledger_file.ts";
import { countTrials, trialTable } from "popagent/adapters/ledger/trial_table.ts";

/** Calls `body` with the path of a ledger that does not exist yet. */
async function withLedger(body: (path: string) => void | Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await body(join(folder, "data", "ledger.sqlite"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const entry = (key: string, seed = 1) => ({
  key,
  time: "2026-01-01 00:00",
  command: "population",
  rowsHash: "rows",
  seed,
});

Deno.test("the ledger counts distinct trials: a seed more or a run again is none", () =>
  withLedger((path) => {
    assert.equal(trialTable(path).record(entry("a")), 1);
    assert.equal(trialTable(path).record(entry("a", 2)), 1);
    assert.equal(trialTable(path).record(entry("b")), 2);
    assert.equal(trialTable(path).record(entry("a")), 2);
    assert.equal(trialTable(path).record(entry("c")), 3);
  }));

Deno.test("trials only grow in number: none is changed or removed, not even by SQL", () =>
  withLedger((path) => {
    for (const key of ["a", "a", "b"]) trialTable(path).record(entry(key));
    using db = openLedger(path, "disk");
    const rows = db.prepare("SELECT key, seed, command FROM trials ORDER BY id").all();
    assert.deepEqual(rows.map(({ key }) => key), ["a", "a", "b"]);
    assert.throws(() => db.exec("DELETE FROM trials"), /a trial is never removed/);
    assert.throws(() => db.exec("UPDATE trials SET key = 'x'"), /a trial is never changed/);
    assert.equal(countTrials(db), 2);
  }));

Deno.test("the file of trials of 0.1.0 is imported once, a line that a crash cut as one trial", () =>
  withLedger((path) => {
    const file = join(path, "..", "trials.jsonl");
    Deno.mkdirSync(join(path, ".."));
    const lines = [entry("a"), entry("b"), entry("a", 7)].map((one) => `${JSON.stringify(one)}\n`);
    const text = `${lines.join("")}{"command":"run","ke`;
    Deno.writeTextFileSync(file, text);
    assert.equal(trialTable(path).record(entry("c")), 4);
    assert.equal(trialTable(path).record(entry("a")), 4);
    assert.equal(Deno.readTextFileSync(file), text, "the file stays as it was");
    using db = openLedger(path, "disk");
    assert.equal(db.prepare("SELECT count(*) AS n FROM trials").get()!.n, 6, "four lines and two entries");
    assert.deepEqual({ ...db.prepare("SELECT path, lines FROM imports").get()! }, {
      path: "trials.jsonl",
      lines: 4,
    });
  }));

Deno.test("findings G.1: processes that count trials at once lose none", () =>
  withLedger(async (path) => {
    const module = new URL("../../src/adapters/ledger/trial_table.ts", import.meta.url).href;
    const code = (writer: number) => `
    import { trialTable } from "${module}";
    for (let i = 0; i < 20; i++) {
      trialTable(${
      JSON.stringify(path)
    }).record({ key: "${writer}-" + i, time: "", command: "x".repeat(2000), rowsHash: "", seed: i });
    }`;
    const writers = [1, 2, 3].map((writer) =>
      new Deno.Command(Deno.execPath(), { args: ["eval", code(writer)], stderr: "inherit" }).output()
    );
    for (const { code } of await Promise.all(writers)) assert.equal(code, 0);
    assert.equal(trialTable(path).record(entry("last")), 61);
  }));

Deno.test("findings J.7: a ledger that cannot be written is a mistake that names it", () => {
  const path = Deno.makeTempDirSync(); // a folder in its place
  assert.throws(() => trialTable(path).record(entry("a")), {
    name: "UserError",
    message: `Cannot open the ledger ${path} as it must be a file: it is a folder. Give the path of a file.`,
  });
  const other = join(path, "ledger.sqlite");
  Deno.writeTextFileSync(other, "this is no ledger".repeat(100));
  assert.throws(() => trialTable(other).record(entry("a")), {
    name: "UserError",
    message: `Cannot open the ledger ${other} as it must be one: it is another file. Move it away.`,
  });
});

Deno.test("a ledger of a later version is refused, and stays as it is", () =>
  withLedger((path) => {
    trialTable(path).record(entry("a"));
    openLedger(path, "disk")[Symbol.dispose]();
    {
      using db = openLedger(path, "disk");
      db.exec("PRAGMA user_version = 99");
    }
    assert.throws(() => trialTable(path).record(entry("b")), /version must be 1: current value is 99/);
  }));
