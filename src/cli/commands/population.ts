import { dirname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { loadMarket } from "../../adapters/bars/load_market.ts";
import { createJobPool } from "../../adapters/workers/job_pool.ts";
import { canonicalJson } from "../../core/hash.ts";
import { populationRunConfig } from "../../experiments/config.ts";
import type { EarlyResult } from "../../experiments/jobs/job.ts";
import { JOB_NAMES, type JobName, JOBS } from "../../experiments/jobs/registry.ts";
import { jobCosts } from "../../experiments/population_run.ts";
import { runPopulationSeeds, type SeedRun } from "../../experiments/population_seeds.ts";
import type { RunResult } from "../../experiments/result.ts";
import type { LanguageRequest } from "../../experiments/ports/jobs.ts";
import { planRun } from "../../experiments/run_plan.ts";
import { workingSet } from "../../population/working_set.ts";
import { resultText } from "../../report/text/run_text.ts";
import { seedsText } from "../../report/text/seeds_text.ts";
import { settingsOf, withConfigFlags } from "../config_options.ts";
import { furtherMetrics, METRICS_FLAG } from "../metrics_flag.ts";
import { memoryOfEach, parseMemory } from "../memory.ts";
import { cassetteMode, CASSETTES, MODELS } from "../llm_flags.ts";
import { onInterrupt } from "../interrupt.ts";
import { HOLDOUT_FILE, RUNS_FOLDER } from "../paths.ts";
import { createProgressView } from "../progress.ts";
import { createRunProgress } from "../run_progress.ts";
import { say, tell, unheard } from "../print.ts";
import { parseSeeds } from "../../experiments/seeds.ts";
import { servicesOf } from "../services.ts";
import { parseWorkers } from "../workers.ts";

const EXAMPLES = `
Examples:
  deno task population                                  two synthetic years, all references
  deno task population --data data/bybit                real bars; the last 12 months stay sealed
  deno task population --seeds 1-5                      five seeds and a paired table
  deno task population --synthetic planted --ic 0.1     a market whose edge is known
  deno task population --set population.transfer=none   any setting by its path
  deno task population --config configs/llm_trader.yaml          traders that ask a language model
  deno task population --config configs/llm_trader.yaml --plan   what they would ask, and what it may cost
  deno task population --resume                         go on where a killed run stopped`;

/** popagent population: the main job. */
export function populationCommand() {
  return withConfigFlags(new Command("population"))
    .option("--pop-size <agents>", "agents per role: 3, 5 or 9")
    .option("--transfer-freq <iterations>", "iterations between two transfers")
    .option("--iterations <count>", "stop after this many iterations")
    .option("--seeds <list>", "several seeds, e.g. 1-5 or 1,4,7, with a paired table")
    .option("--no-references", "leave the reference strategies out")
    .option("--opening <id>", "see the sealed last 12 months by this opening (holdout open); it is logged")
    .option("--resume", "go on from the checkpoint of an unfinished run of the same configuration")
    .option("--workers <count>", "Web Workers; results do not depend on it", "2")
    .option(
      "--memory <MiB>",
      "most that series kept for reuse may take over all workers; half of what is free",
    )
    .option("--out <folder>", "where run folders go", RUNS_FOLDER)
    .option(
      "--cassettes <mode>",
      "what language traders do: offline (what is recorded), replay (and nothing may be missing), record, live",
      "offline",
    )
    .option("--cassette-folder <folder>", "the folder of cassettes", CASSETTES)
    .option("--models <file>", "the table of models", MODELS)
    .option("--plan", "say what language traders would ask and what it may cost; ask nobody, run nothing")
    .option(...METRICS_FLAG)
    .option("--json", "print result.json instead of tables")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const settings = await settingsOf(flags, [
        ["population.size", flags.popSize, "--pop-size"],
        ["population.transferEvery", flags.transferFreq, "--transfer-freq"],
        ["iterations", flags.iterations, "--iterations"],
        ["references", flags.references ? undefined : false, "--no-references"],
      ], { learns: true });
      const config = populationRunConfig(settings);
      const seeds = flags.seeds === undefined ? [config.seed] : parseSeeds(flags.seeds);
      const workers = parseWorkers(flags.workers);
      const further = furtherMetrics(flags.metrics);
      const request = { config, opening: flags.opening ?? null, holdoutLog: HOLDOUT_FILE, now: Date.now() };
      const plan = planRun(config, await loadMarket(request)); // says what is wrong before any work

      const language: LanguageRequest = {
        cassettes: cassetteMode(flags.cassettes),
        folder: flags.cassetteFolder,
        models: flags.models,
      };
      if (flags.plan) {
        const { languagePlanText } = await import("../language_plan.ts");
        return say(await languagePlanText(plan, language));
      }

      const atATime = Math.min(workers, config.references ? JOB_NAMES.length : 1);
      const needed = workingSet(plan.panel.rows, plan.panel.coins.length, config.population);
      const memoBytes = memoryOfEach(parseMemory(flags.memory), atATime, needed);

      const view = createProgressView(flags.json === true);
      const pool = createJobPool({ workers, memoBytes });
      const restore = onInterrupt(() => {
        view.stop();
        pool.close();
        tell("\nStopped. At most the iteration under way is lost; go on with the same command and --resume.");
      });
      try {
        const shared = (job: string) => JOBS[job as JobName].sharedBySeeds;
        const shown = createRunProgress(view, jobCosts(config), shared, seeds, workers, Date.now);
        const onProgress = (seed: number, job: string, done: number, total: number) =>
          unheard(() => shown.progress(seed, job, done, total));
        const onEarly = (seed: number, early: EarlyResult) => unheard(() => shown.early(seed, early));
        const asked = { plan, seeds, resume: flags.resume === true, onProgress, onEarly, language };
        const runs = await runPopulationSeeds(asked, pool, servicesOf(flags.out));
        view.stop();
        for (const note of notesOf(runs)) tell(note);
        say(flags.json ? jsonOf(runs) : textOf(runs, flags.out, further), placeOf(runs, flags.out));
      } finally {
        restore();
        view.stop();
        pool.close();
      }
    });
}

/** What a person who asked to go on should know. */
function notesOf(runs: readonly SeedRun[]): string[] {
  const before = runs.filter((run) => run.before).length;
  if (before === 0) return [];
  if (before === runs.length) {
    const which = runs.length === 1 ? "This run is" : `All ${before} runs are`;
    return [
      `${which} finished: nothing was run again. Without --resume ${
        runs.length === 1 ? "it" : "they"
      } would be.`,
    ];
  }
  return [
    `${before} of ${runs.length} runs were finished before and not run again. Without --resume they would be.`,
  ];
}

/** Where what came of it is: the folder of the one run, or that of all. */
function placeOf(runs: readonly SeedRun[], folder: string): string {
  return runs.length === 1 ? dirname(runs[0]!.report) : folder;
}

function jsonOf(runs: readonly SeedRun[]): string {
  const results = runs.map(({ result }) => result);
  return canonicalJson(results.length === 1 ? results[0] : results); // as result.json holds it
}

function textOf(
  runs: readonly SeedRun[],
  folder: string,
  further: (result: RunResult) => readonly string[],
): string {
  if (runs.length === 1) {
    const [{ result, series, report }] = runs as [SeedRun];
    return [resultText(result, series), ...further(result), `Report: ${report}`].join("\n\n");
  }
  const seeds = runs.flatMap(({ result }) => further(result).map((text) => `Seed ${result.seed}\n\n${text}`));
  return [seedsText(runs), ...seeds, `Run folders are in ${folder}.`].join("\n\n");
}
