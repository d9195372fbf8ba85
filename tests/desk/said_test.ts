/** Errors of a cell say what happened, where, and what to write next. */
import assert from "node:assert/strict";
import { dirname, join, resolve } from "node:path";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { barsFolder } from "popagent/adapters/notebook/bars_folder.ts";
import { loadRun } from "popagent/adapters/runs/run_list.ts";
import { openPopulation } from "popagent/desk/inside_population.ts";
import { explain } from "popagent/desk/explain_stored.ts";
import { loadMarket } from "popagent/desk/market.ts";
import { runPopulation } from "popagent/desk/run_population.ts";
import { notebookWords } from "popagent/desk/said_in_notebook.ts";
import type { StoredRun } from "popagent/adapters/runs/run_files.ts";
import { explainText } from "popagent/report/text/explain_text.ts";
import { inFolder } from "../cli/cli.ts";

const SHORT = {
  data: { source: "synthetic" as const },
  market: { rows: 1000 },
  clock: { firstDecision: 419 },
  iterations: 3,
  population: { size: 3 as const, committeeShare: 5 / 81 },
  references: false,
};

Deno.test("a run that is stopped says that it was, where what it did is kept, and how it goes on", () =>
  inFolder(async (folder) => {
    const kept = {
      out: join(folder, "runs"),
      ledger: join(folder, "ledger.sqlite"),
      line: false,
      workers: 1,
    };
    await assert.rejects(
      runPopulation(SHORT, { ...kept, signal: AbortSignal.abort() }),
      /^UserError: The run was not begun as its signal had been aborted before \(.*\)\. Give a fresh signal/,
    );
    const language = {
      cassettes: "replay",
      folder: join(folder, "cassettes"),
      models: "models.yaml",
    } as const;
    await assert.rejects(
      runPopulation(SHORT, { ...kept, language, signal: AbortSignal.abort() }),
      /^UserError: The run was not begun/,
      "how models are asked is an option like any other",
    );
    const stop = new AbortController();
    const onProgress = ({ done }: { readonly done: number }) => done === 1 && stop.abort(new Error("enough"));
    await assert.rejects(
      runPopulation(SHORT, { ...kept, signal: stop.signal, onProgress: (now) => void onProgress(now) }),
      (error: Error) => {
        assert.match(
          error.message,
          /stopped by its signal \(enough\)\. What it did is kept in .*runs: .*resume: true/,
        );
        assert.equal((error.cause as Error).message, "enough");
        return true;
      },
    );
    await assert.rejects(
      runPopulation({ ...SHORT, seed: 7 }, { ...kept, resume: true }),
      /Cannot resume .*seed is 1 there and 7 here\nLooked in .*runs\. Give the settings .*leave resume out/s,
    );
    const seen: number[] = [];
    const resumed = await runPopulation(SHORT, {
      ...kept,
      resume: true,
      onProgress: ({ done }) => void seen.push(done),
    });
    const market = await loadMarket({ synthetic: { rows: 1000 } });
    const whole = await runPopulation(SHORT, { ...kept, out: join(folder, "whole"), market });
    const hashes = ({ directory }: StoredRun) => Deno.readTextFile(join(directory, "files.sha256"));
    assert.equal(await hashes(resumed), await hashes(whole), "the bytes of a run that nothing stopped");
    const { start } = whole.result.reported;
    const asked = [start, new Date(start), new Date(start).toISOString()];
    const [first, ...others] = await Promise.all(
      asked.map((time) => explain(whole, { time, coin: "SOL", market })),
    );
    for (const other of others) assert.deepEqual(other, first);
    assert.deepEqual([first!.time, first!.tick], [start, 0.01]);
    assert.doesNotMatch(explainText(first!), /\(\d+\.\d{3,}\)/, "the close has the digits of its tick");
    const source = { kind: "bybit" as const, folder: "mine.csv", unsealed: false, sealedRows: 0 };
    await assert.rejects(
      explain({ ...whole, result: { ...whole.result, source } }, { time: start, coin: "SOL" }),
      /it was given them \(Data of mine\.csv\), and its settings name others\. Give them again: explain\(run, \{ market/,
    );
    assert.ok(seen[0]! >= 2, `what was done is not done again: it went on at ${seen[0]}`);
  }));

Deno.test("a folder that is missing is told with where it was looked for and what to do", () =>
  inFolder(async (folder) => {
    const says =
      /Cannot load bars as "nowhere" must be a folder: looked at \/.*nowhere, and nothing is there; .*deno task fetch/;
    await assert.rejects(loadMarket({ folder: "nowhere" }), says);
    const known = await barsFolder("src"); // a folder of the project's, wherever a notebook's own is
    assert.equal(resolve(known), join(PROJECT, "src"));
    const settings = { ...SHORT, data: { source: "bybit" as const, folder: "nowhere" } };
    await assert.rejects(runPopulation(settings, { line: false, out: folder }), says);
    await assert.rejects(openPopulation(settings), says);
    await assert.rejects(
      loadRun("nowhere"),
      /\/.*nowhere is not there\)\. Give a run's folder, or one of runs/,
    );
  }));

/** Lines of messages that name flags and stay as they are: where both readings are given, or none is an error of a cell. */
const FOR_BOTH = [
  "src/adapters/ledger/reproduction.ts", // the command line that runs a cell again
  "src/adapters/bars/openings.ts", // sealed data are opened by the command line alone
  "src/adapters/llm/cassettes.ts",
  "src/adapters/runs/run_list.ts",
  "src/desk/explain_stored.ts",
  "src/desk/said_in_notebook.ts",
  "src/llm/json_text.ts", // --depth is no flag
  "src/experiments/grid/grid.ts", // shards are a command's
  "src/figures/learning_answer.ts", // a report's sentence, no error
];

/** Every module that src/mod.ts reads, with its text. */
function reachable(file: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(file)) return found;
  const text = Deno.readTextFileSync(join(PROJECT, file));
  found.set(file, text);
  for (const [, path] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
    reachable(join(dirname(file), path!), found);
  }
  return found;
}

const FLAG = /(?:^|[ ("`'[])--[a-z][a-z-]*/;

Deno.test("no error that a cell can meet advises a flag: notebookWords() knows them all", () => {
  const left: string[] = [];
  let flags = 0;
  for (const [file, text] of reachable("src/mod.ts")) {
    if (FOR_BOTH.includes(file)) continue;
    for (const line of text.split("\n")) {
      const isCode = /["`']/.test(line) && !/^\s*(?:\*|\/[/*])/.test(line) &&
        !/--[a-z-]+:|var\(--/.test(line);
      if (!isCode || !FLAG.test(line)) continue;
      flags++;
      if (FLAG.test(notebookWords(line))) left.push(`${file}: ${line.trim()}`);
    }
  }
  assert.deepEqual(left, []);
  assert.ok(flags >= 8, `the search found ${flags}`);
});

Deno.test("advice is put as a notebook writes it", () =>
  inFolder(async (folder) => {
    await assert.rejects(loadMarket({ folder }), (error: Error) => {
      assert.match(error.message, /coins: \["BTC"\] in loadMarket, .*loadMarket\(\{ synthetic: \{\} \}\)/);
      assert.doesNotMatch(error.message, /--/);
      return true;
    });
    await assert.rejects(runPopulation(SHORT, { sigal: undefined } as object), /Did you mean signal\?/);
    await assert.rejects(
      runPopulation({ ...SHORT, market: { rows: 1000, seed: 1_000_000 } }, { line: false, out: folder }),
      /sealed for pre-registered experiments: the command line alone opens them; take a smaller seed/,
    );
  }));

Deno.test("explain() says what it takes: a run, a time, a coin", async () => {
  const source = { kind: "bybit", folder: "data/bybit", unsealed: true, sealedRows: 1 };
  const run = (unsealed: boolean) => ({
    result: { source: { ...source, unsealed } },
    events: [],
    series: {},
  });
  const refuses = (given: unknown, request: unknown, message: RegExp) =>
    assert.rejects(explain(given as StoredRun, request as { time: number; coin: string }), { message });
  const fine = { time: "2023-01-05", coin: "BTC" };
  for (
    const time of ["January", "2023-02-30", "2023-01-05 25:00", NaN, Infinity, null, undefined, new Date("x")]
  ) {
    await refuses(
      run(false),
      { ...fine, time },
      /time must be a date, ms UTC or text like "2025-03-01 08:00"/,
    );
  }
  await refuses(run(false), { time: 0 }, /coin must be a symbol: current value is undefined/);
  await refuses(run(false), undefined, /request must be an object of time, coin/);
  await refuses(run(false), { ...fine, when: 1 }, /it holds when/);
  await refuses("data/runs/one", fine, /must be what loadRun\(folder\).*: current value is data\/runs\/one/);
  await refuses(Promise.resolve(run(false)), fine, /write await before it/);
  await refuses(run(true), fine, /made from the sealed months, which the command line alone opens/);
});
