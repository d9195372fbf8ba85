import { assembleRun } from "../experiments/assemble.ts";
import type { RunConfig } from "../experiments/config.ts";
import { type JobName, type JobResult, runWindow } from "../experiments/jobs.ts";
import type { RunResult, RunSeries } from "../experiments/result.ts";
import { type Panel, truncatePanel } from "../market/panel.ts";
import type { IterationEvent } from "../population/events.ts";
import type { JobPool } from "./job_pool.ts";
import { sharePanel } from "./shared_panel.ts";

/** What a population run is asked for. */
export interface PopulationRun {
  readonly config: RunConfig;
  readonly panel: Panel;
  /** Folder of checkpoints; null keeps none, so that the run cannot be resumed. */
  readonly checkpoints: string | null;
  readonly pool: JobPool;
  /** Bytes of shared series that each worker may keep. */
  readonly memoBytes: number;
  /** The references of this market, where another seed's run has them already. */
  readonly references: JobResult | null;
  readonly onProgress: (job: string, done: number, total: number) => void;
}

/** What it leaves. */
export interface PopulationOutcome {
  readonly result: RunResult;
  readonly series: RunSeries;
  readonly events: readonly IterationEvent[];
  /** The references, to be handed to the next seed on the same market; null without them. */
  readonly references: JobResult | null;
}

/** The rows a run reads: all, or up to the end of its last iteration. Cut here, nothing later can be read. */
export function rowsOfRun(panel: Panel, config: RunConfig): Panel {
  const { to } = runWindow(panel.rows, config);
  return to + 1 === panel.rows ? panel : truncatePanel(panel, to + 1);
}

/** Runs the population and, unless the configuration leaves them out, its references, on a pool of workers. */
export async function runPopulation(run: PopulationRun): Promise<PopulationOutcome> {
  const { config, pool, onProgress } = run;
  const rows = rowsOfRun(run.panel, config);
  const panel = sharePanel(rows);
  const request = { config, panel, memoBytes: run.memoBytes, checkpoints: run.checkpoints };
  const start = (job: JobName) =>
    pool.run({ ...request, job, events: [] }, (done, total) => onProgress(job, done, total));
  const placeboAfter = async (population: Promise<JobResult>): Promise<JobResult> => {
    const { events } = await population;
    return pool.run(
      { ...request, job: "placebo", events },
      (done, total) => onProgress("randomSwitching", done, total),
    );
  };

  const population = start("population");
  const others = config.references
    ? [
      run.references ? Promise.resolve(run.references) : start("references"),
      start("selectionOnly"),
      start("homogeneousPbt"),
      start("singleAgent"),
      placeboAfter(population),
    ]
    : [];
  const jobs = await Promise.all([population, ...others]);
  const { from, to } = runWindow(rows.rows, config);
  const { result, series } = assembleRun({
    command: "population",
    config,
    panel: rows,
    jobs,
    reported: { from, to },
    headline: config.population.deploy,
  });
  return { result, series, events: jobs[0]!.events, references: config.references ? jobs[1]! : null };
}
