import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { createJobPool } from "../../adapters/job_pool.ts";
import { loadMarket } from "../../adapters/load_market.ts";
import { type PopulationOutcome, rowsOfRun, runPopulation } from "../../adapters/population_run.ts";
import {
  createRunFolder,
  finishedResult,
  finishRun,
  type RunFolder,
  type RunFolderRequest,
  runStage,
} from "../../adapters/run_folder.ts";
import { recordTrial } from "../../adapters/trial_ledger.ts";
import type { RunConfig } from "../../experiments/config.ts";
import { type JobResult, runWindow } from "../../experiments/jobs.ts";
import type { RunResult } from "../../experiments/result.ts";
import { trialKey } from "../../experiments/trials.ts";
import type { Panel } from "../../market/panel.ts";
import { configOf, numeric, withConfigFlags } from "../config_options.ts";
import { onInterrupt } from "../interrupt.ts";
import { HOLDOUT_FILE, RUNS_FOLDER, TRIALS_FILE } from "../paths.ts";
import { createProgressView } from "../progress.ts";
import { resultText } from "../result_table.ts";
import { parseSeeds } from "../seeds.ts";
import { seedsText } from "../seeds_table.ts";

/** Bytes of shared series over all workers. */
const MEMO_BYTES = 192 * 2 ** 20;

const EXAMPLES = `
Examples:
  deno task population                                  two synthetic years, five coins, all references
  deno task population --data data/bybit                real bars; the last 12 months stay sealed
  deno task population --seeds 1-5                      five seeds and a paired table
  deno task population --synthetic planted --ic 0.1     a market whose edge is known
  deno task population --set population.transfer=none   any setting by its path
  deno task population --resume                         go on where a killed run stopped`;

/** popagent population: the main job. */
export function populationCommand() {
  return withConfigFlags(new Command("population"))
    .description("Let populations of agents learn and trade, test-then-train, beside their references")
    .option("--pop-size <agents>", "agents per role: 3, 5 or 9")
    .option("--transfer-freq <iterations>", "iterations between two transfers")
    .option("--iterations <count>", "stop after this many iterations")
    .option("--seeds <list>", "several seeds, e.g. 1-5 or 1,4,7, with a paired table")
    .option("--no-references", "leave the reference strategies out")
    .option("--holdout <reason>", "open the sealed last 12 months, for this reason; it is logged")
    .option("--resume", "go on from the checkpoint of an unfinished run of the same configuration")
    .option("--workers <count>", "Web Workers; results do not depend on it", "2")
    .option("--out <folder>", "where run folders go", RUNS_FOLDER)
    .option("--json", "print result.json instead of tables")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const config = await configOf(flags, [
        ["population.size", numeric(flags.popSize)],
        ["population.transferEvery", numeric(flags.transferFreq)],
        ["iterations", numeric(flags.iterations)],
        ["references", flags.references ? undefined : false],
      ]);
      const seeds = flags.seeds === undefined ? [config.seed] : parseSeeds(flags.seeds);
      const workers = Number(flags.workers);
      const panel = await loadMarket({
        config,
        holdout: flags.holdout ?? null,
        holdoutLog: HOLDOUT_FILE,
        now: Date.now(),
      });
      runWindow(panel.rows, config); // says what is wrong before any work

      const results: RunResult[] = [];
      const view = createProgressView(flags.json === true);
      const pool = createJobPool(workers);
      const restore = onInterrupt(() => {
        view.stop();
        pool.close();
        console.error(
          "\nStopped. At most the iteration under way is lost; go on with the same command and --resume.",
        );
      });
      try {
        let references: JobResult | null = null;
        for (const seed of seeds) {
          const seeded = { ...config, seed };
          const label = seeds.length > 1 ? `seed ${seed} ` : "";
          const request: RunFolderRequest = {
            root: flags.out,
            command: "population",
            config: seeded,
            panel,
            resume: flags.resume === true,
          };
          // Of several seeds a kill leaves some finished, one under way and some not begun.
          const stage = request.resume && seeds.length > 1 ? await runStage(request) : null;
          if (stage === "finished") {
            results.push(await finishedResult(request));
            continue;
          }
          const folder = await createRunFolder(stage === "absent" ? { ...request, resume: false } : request);
          const trial = countTrial(seeded, panel);
          const startedAt = Date.now();
          const outcome = await runPopulation({
            config: seeded,
            panel,
            checkpoints: folder.checkpoints,
            pool,
            memoBytes: Math.floor(MEMO_BYTES / workers),
            references,
            onProgress: (job, done, total) => view.update(`${label}${job}`, done, total),
          });
          references = outcome.references;
          results.push(outcome.result);
          await finishRun(folder, { ...outcome, config: seeded, trial, startedAt, finishedAt: Date.now() });
          if (!flags.json && seeds.length > 1) view.update(`${label}done`, 1, 1);
          if (seeds.length === 1) report(outcome, folder, flags.json === true, view.stop);
        }
        if (seeds.length > 1) {
          view.stop();
          console.log(
            flags.json ? JSON.stringify(results) : seedsText(results),
          );
          if (!flags.json) console.log(`\nRun folders are in ${flags.out}.`);
        }
      } finally {
        restore();
        view.stop();
        pool.close();
      }
    });
}

function countTrial(config: RunConfig, panel: Panel): number {
  const rows = rowsOfRun(panel, config);
  const key = trialKey(config, rows.hash, runWindow(rows.rows, config));
  const time = new Date().toISOString();
  return recordTrial(TRIALS_FILE, {
    key,
    time,
    command: "population",
    rowsHash: rows.hash,
    seed: config.seed,
  });
}

function report(outcome: PopulationOutcome, folder: RunFolder, json: boolean, stop: () => void): void {
  stop();
  console.log(json ? JSON.stringify(outcome.result) : resultText(outcome.result));
  if (!json) console.log(`\nReport: ${join(folder.directory, "report.html")}`);
}
