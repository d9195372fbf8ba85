/** Errors of a cell say what happened, where, and what to write next. */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { barsFolder } from "popagent/adapters/notebook/bars_folder.ts";
import { loadRun } from "popagent/adapters/runs/run_list.ts";
import { openPopulation } from "popagent/desk/inside_population.ts";
import { loadMarket } from "popagent/desk/market.ts";
import { runPopulation } from "popagent/desk/run_population.ts";
import { inFolder } from "../cli/cli.ts";

const SHORT = {
  data: { source: "synthetic" as const },
  market: { rows: 1000 },
  clock: { firstDecision: 419 },
  iterations: 3,
  population: { size: 3 as const, committeeSize: 5 },
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
