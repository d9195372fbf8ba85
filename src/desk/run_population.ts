/** A population run in a cell: awaited, with one line of progress, and kept like any other run. */
import { loadMarket as loadPanel } from "../adapters/bars/load_market.ts";
import { fromHere } from "../adapters/files/from_here.ts";
import { PROJECT_PLACES } from "../adapters/files/project.ts";
import { withBarsFolder } from "../adapters/notebook/bars_folder.ts";
import { progressLine } from "../adapters/notebook/progress_line.ts";
import { readRun, type StoredRun } from "../adapters/runs/run_files.ts";
import { keptServices } from "../adapters/runs/services.ts";
import { createJobPool } from "../adapters/workers/job_pool.ts";
import type { LanguageRequest } from "../experiments/ports/jobs.ts";
import { populationRunConfig } from "../experiments/config.ts";
import { runPopulationSeeds } from "../experiments/population_seeds.ts";
import { planRun } from "../experiments/run_plan.ts";
import { configure, type SettingsRequest } from "./configuration.ts";
import type { Market } from "./market.ts";
import { requireKeys } from "../core/known_names.ts";
import { requireMarket } from "./request_checks.ts";
import { inNotebookWords, resumeError, stoppedError } from "./said_in_notebook.ts";

/** How far a run is. */
export interface PopulationProgress {
  /** The job that has just come further: the population, or one of its references. */
  readonly job: string;
  /** Steps of that job that are done. */
  readonly done: number;
  /** Steps that it has. */
  readonly total: number;
  /** How far all jobs are that have begun, a fraction. */
  readonly share: number;
}

/** What a run may be told besides its settings. None of it changes a number of its result but the extensions. */
export interface PopulationOptions {
  /** Told whenever a job has come further. */
  readonly onProgress?: (progress: PopulationProgress) => void;
  /** Ends the run when it is aborted. What it did is kept, to be gone on from with `resume`. */
  readonly signal?: AbortSignal;
  /** Modules of one's own, by paths from the working folder; see `Extension`. */
  readonly extensions?: readonly string[];
  /** Rows at hand, instead of those that the settings name. */
  readonly market?: Market;
  /** Web Workers; 2 unless given. */
  readonly workers?: number;
  /** Where run folders go; the project's `data/runs` unless given. */
  readonly out?: string;
  /** JSONL file of trials; the project's own unless given. */
  readonly ledger?: string;
  /** How language traders ask; from what is recorded in the project's folder unless given. */
  readonly language?: LanguageRequest;
  /** Go on from an unfinished run of the same settings. */
  readonly resume?: boolean;
  /** False shows no progress line. */
  readonly line?: boolean;
}

const OPTION_KEYS = "onProgress signal extensions market workers out ledger language resume line".split(" ");

/** Bytes of shared series over all workers. */
const MEMO_BYTES = 192 * 2 ** 20;

/**
 * Runs a population beside its references, keeps the run and returns it as it is stored.
 *
 * @param settings Some settings, or the path of a YAML file of them.
 * @throws {UserError} If a setting breaks a rule, an extension cannot be loaded or the run cannot be kept.
 * @throws {UserError} If its signal is aborted: the reason is its cause, and what to do stands in its message.
 */
export async function runPopulation(
  settings: SettingsRequest | string,
  options: PopulationOptions = {},
): Promise<StoredRun> {
  requireKeys("Cannot run a population as its options", options, OPTION_KEYS);
  requireOptions(options);
  return await inNotebookWords(() => runKept(settings, options));
}

/** Refuses options of another kind than they must be: a market that was not awaited would leave its rows unread. */
function requireOptions({ market, signal, onProgress, out, ledger }: PopulationOptions): void {
  if (market !== undefined) requireMarket(market);
  const fits = {
    "signal must be an AbortSignal, such as new AbortController().signal": signal === undefined ||
      signal instanceof AbortSignal,
    "onProgress must be a function": onProgress === undefined || typeof onProgress === "function",
    "out must be a path": out === undefined || typeof out === "string",
    "ledger must be a path": ledger === undefined || typeof ledger === "string",
  };
  const broken = Object.entries(fits).find(([, holds]) => !holds)?.[0];
  if (broken !== undefined) throw new RangeError(`Cannot run a population as ${broken}`);
}

async function runKept(settings: SettingsRequest | string, options: PopulationOptions): Promise<StoredRun> {
  const { signal, workers = 2, out = PROJECT_PLACES.runs, ledger = PROJECT_PLACES.trials } = options;
  if (signal?.aborted) throw stoppedError(signal.reason, out, false);
  const config = populationRunConfig(await configure(settings, options.extensions));
  const panel = options.market?.panel ??
    await loadPanel({
      config: await withBarsFolder(config),
      opening: null,
      holdoutLog: PROJECT_PLACES.holdout,
      now: 0,
    });
  const plan = planRun(config, panel);
  const pool = createJobPool({ workers, memoBytes: Math.floor(MEMO_BYTES / workers) });
  const line = progressLine(options.line === false);
  const stop = () => pool.close(signal!.reason);
  signal?.addEventListener("abort", stop, { once: true });
  const shares = new Map<string, number>();
  const onProgress = (_seed: number, job: string, done: number, total: number) => {
    shares.set(job, done / total);
    const share = [...shares.values()].reduce((sum, one) => sum + one, 0) / shares.size;
    line.show(
      `Population run: ${job} ${done}/${total}, ${Math.round(100 * share)} % of ${shares.size} jobs so far`,
    );
    options.onProgress?.({ job, done, total, share });
  };
  try {
    if (signal?.aborted) throw stoppedError(signal.reason, out, false);
    const { language } = options;
    const asked = { plan, seeds: [config.seed], resume: options.resume === true, onProgress, language };
    const [run] = await runPopulationSeeds(asked, pool, keptServices(out, ledger));
    line.end(`Population run: finished, ${fromHere(run!.report)}`);
    return await readRun(folderOf(run!.report));
  } catch (error) {
    line.end(
      signal?.aborted ? "Population run: stopped; resume goes on from here" : "Population run: failed",
    );
    if (signal?.aborted && error === signal.reason) throw stoppedError(error, out, true);
    throw options.resume ? resumeError(error, out) : error;
  } finally {
    signal?.removeEventListener("abort", stop);
    pool.close();
  }
}

/** The folder that a report lies in. */
function folderOf(report: string): string {
  return report.slice(0, Math.max(report.lastIndexOf("/"), report.lastIndexOf("\\")));
}
