import assert from "node:assert/strict";
import { join } from "node:path";
import { checkpointFiles } from "popagent/adapters/runs/checkpoint_files.ts";
import { UserError } from "popagent/core/user_error.ts";
import { inFolder } from "../cli/cli.ts";

const ITERATIONS = 7;
const STATE = "population.json";
const LINES = "population.iterations.jsonl";

const iteration = (k: number) => ({
  events: [{ k, score: k / 3 }],
  bars: { champion: { equity: [1e4 + k, 0.1] } },
});

/** Calls `use` with a folder in which a learner has stored seven iterations. */
function inCheckpoints(use: (folder: string) => void): Promise<void> {
  return inFolder((folder) => {
    const checkpoints = checkpointFiles(folder);
    for (let k = 0; k < ITERATIONS; k++) {
      checkpoints.append("population", { k: k + 1, genomes: [k / 7] }, iteration(k));
    }
    use(folder);
    return Promise.resolve();
  });
}

/** Expects a mistake that names a file and says what to do. */
function refuses(folder: string, file: string, why: RegExp): void {
  assert.throws(() => checkpointFiles(folder).load("population"), (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.ok(error.message.includes(join(folder, file)), error.message);
    assert.match(error.message, why);
    assert.match(error.message, /Bring it back from a copy, or start the run again without --resume/);
    return true;
  });
}

Deno.test("what was stored is loaded", () =>
  inCheckpoints((folder) => {
    assert.deepEqual(checkpointFiles(folder).load("population"), {
      state: { k: ITERATIONS, genomes: [6 / 7] },
      iterations: Array.from({ length: ITERATIONS }, (_, k) => iteration(k)),
    });
  }));

// The state that destroyed results: iterations: 7 in the state, and no line left of them.
for (const left of [0, 1, 6]) {
  Deno.test(`findings J.1: a state of seven iterations beside ${left} lines is refused`, () =>
    inCheckpoints((folder) => {
      const lines = Deno.readTextFileSync(join(folder, LINES)).split("\n").slice(0, left);
      Deno.writeTextFileSync(join(folder, LINES), lines.map((line) => `${line}\n`).join(""));
      refuses(folder, LINES, new RegExp(`counts 7 iterations and ${left} are there`));
    }));
}

Deno.test("findings J.1: a state without its file of iterations is refused", () =>
  inCheckpoints((folder) => {
    Deno.removeSync(join(folder, LINES));
    refuses(folder, LINES, /counts 7 iterations and 0 are there/);
  }));

/** Kinds of damage to a file, as a text of its own. */
const DAMAGE: readonly (readonly [string, string, (text: string) => string, RegExp])[] = [
  ["an empty state", STATE, () => "", /it is empty/],
  ["a cut state", STATE, (text) => text.slice(0, -40), /it is no JSON/],
  ["noise in a state", STATE, () => "\u0000\u0007noise\uFFFD", /it is no JSON/],
  ["a state of another kind", STATE, () => "[]", /no state of a learner/],
  [
    "a state without its genomes",
    STATE,
    (text) => text.replace(/,"genomes":\[[^\]]*\]/, ""),
    /not what was written/,
  ],
  ["a changed number in a state", STATE, (text) => text.replace("0.857", "0.858"), /not what was written/],
  [
    "another count in a state",
    STATE,
    (text) => text.replace('"iterations":7', '"iterations":6'),
    /not what was written/,
  ],
  [
    "a changed number in an iteration",
    LINES,
    (text) => text.replace("10003", "10004"),
    /not the ones that were written/,
  ],
  ["iterations in another order", LINES, (text) => {
    const [first, second, ...rest] = text.split("\n");
    return [second, first, ...rest].join("\n");
  }, /not the ones that were written/],
  [
    "a line cut in the middle",
    LINES,
    (text) => text.replace('{"k":3', '{"k'),
    /not the ones that were written/,
  ],
];

for (const [what, file, damage, why] of DAMAGE) {
  Deno.test(`findings J.6: ${what} is a mistake that names the file and what to do`, () =>
    inCheckpoints((folder) => {
      const path = join(folder, file);
      const before = Deno.readTextFileSync(path), after = damage(before);
      assert.notEqual(after, before);
      Deno.writeTextFileSync(path, after);
      refuses(folder, file, why);
    }));
}

Deno.test("findings J.6: any byte of a state or of an iteration that changes is noticed", () =>
  inCheckpoints((folder) => {
    for (const file of [STATE, LINES]) {
      const path = join(folder, file);
      const before = Deno.readFileSync(path);
      for (let at = 0; at < before.length - 1; at += 3) {
        const after = Uint8Array.from(before);
        after[at]! ^= 1;
        Deno.writeFileSync(path, after);
        assert.throws(() => checkpointFiles(folder).load("population"), UserError, `${file} byte ${at}`);
      }
      Deno.writeFileSync(path, before);
    }
    assert.ok(checkpointFiles(folder).load("population"));
  }));

Deno.test("findings J.6: line and state are forced to the disk before they count", () =>
  inFolder((folder) => {
    const calls: string[] = [];
    const { syncDataSync } = Deno.FsFile.prototype;
    const { renameSync } = Deno;
    Deno.FsFile.prototype.syncDataSync = function () {
      calls.push("sync");
      syncDataSync.call(this);
    };
    Deno.renameSync = (from, to) => {
      calls.push("rename");
      renameSync(from, to);
    };
    try {
      checkpointFiles(folder).append("population", {}, iteration(0));
    } finally {
      Deno.FsFile.prototype.syncDataSync = syncDataSync;
      Deno.renameSync = renameSync;
    }
    assert.deepEqual(calls, ["sync", "sync", "rename"]);
    return Promise.resolve();
  }));
