import assert from "node:assert/strict";
import { join } from "node:path";
import { trialFile } from "popagent/adapters/runs/trial_ledger.ts";

/** Calls `body` with the path of a ledger that does not exist yet. */
function withLedger(body: (path: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    body(join(folder, "runs", "trials.jsonl"));
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
    assert.equal(trialFile(path).record(entry("a")), 1);
    assert.equal(trialFile(path).record(entry("a", 2)), 1);
    assert.equal(trialFile(path).record(entry("b")), 2);
    assert.equal(trialFile(path).record(entry("a")), 2);
    assert.equal(trialFile(path).record(entry("c")), 3);
  }));

Deno.test("the ledger only grows: every call leaves one line, the ones before stay as they were", () =>
  withLedger((path) => {
    let before = "";
    for (const key of ["a", "a", "b"]) {
      trialFile(path).record(entry(key));
      const text = Deno.readTextFileSync(path);
      assert.ok(text.startsWith(before));
      assert.deepEqual(JSON.parse(text.slice(before.length)), entry(key));
      before = text;
    }
  }));

Deno.test("a line that a crash cut counts as one trial and does not swallow the next", () => {
  const path = Deno.makeTempDirSync() + "/trials.jsonl";
  const entry = { time: "2026-01-01T00:00:00Z", command: "run", rowsHash: "r", seed: 1 };
  trialFile(path).record({ ...entry, key: "a" });
  Deno.writeTextFileSync(path, '{"command":"run","ke', { append: true });
  assert.equal(trialFile(path).record({ ...entry, key: "b" }), 3);
  assert.equal(trialFile(path).record({ ...entry, key: "b" }), 3);
});

Deno.test("findings G.1: processes that count trials at once lose none and mix no lines", async () => {
  const path = join(Deno.makeTempDirSync(), "trials.jsonl");
  const module = new URL("../../src/adapters/runs/trial_ledger.ts", import.meta.url).href;
  const code = (writer: number) => `
    import { trialFile } from "${module}";
    for (let i = 0; i < 50; i++) {
      trialFile(${
    JSON.stringify(path)
  }).record({ key: "${writer}-" + i, time: "", command: "x".repeat(2000), rowsHash: "", seed: i });
    }`;
  const writers = [1, 2, 3].map((writer) =>
    new Deno.Command(Deno.execPath(), { args: ["eval", code(writer)], stderr: "inherit" }).output()
  );
  for (const { code } of await Promise.all(writers)) assert.equal(code, 0);
  const keys = Deno.readTextFileSync(path).trimEnd().split("\n").map((line) =>
    JSON.parse(line).key as string
  );
  assert.equal(new Set(keys).size, 150);
  assert.equal(trialFile(path).record(entry("last")), 151);
});

Deno.test("findings J.7: a ledger that cannot be written is a mistake that names it", () => {
  const path = Deno.makeTempDirSync(); // a folder in its place
  assert.throws(() => trialFile(path).record(entry("a")), {
    name: "UserError",
    message: `Cannot write ${path} as it must be a file: it is a folder. Give the path of a file.`,
  });
});
