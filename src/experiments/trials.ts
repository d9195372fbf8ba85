import { hashJson } from "../core/hash.ts";
import type { TradingConfig } from "./config.ts";
import { hashedConfig } from "./hashed_config.ts";
import type { RunPlan } from "./run_plan.ts";

/** Hash of everything in a configuration but the seed: runs that differ in their seed alone are one trial. */
export function trialConfigHash(config: TradingConfig): string {
  return hashJson({ ...hashedConfig(config), seed: null });
}

/**
 * What the trial ledger counts: a distinct (command, settings that it reads but the seed, rows, reported rows) whose
 * prequential result was computed, aborted and notebook runs included. What a learner scores inside is the
 * algorithm.
 *
 * The rows' hash says which rows they are, with which news, wherever they came from: another folder or a longer market is no trial.
 * Neither is another source: a faster program tries nothing new.
 *
 * @param plan A resolved run: `planRun` has left its configuration with what it reads.
 */
export function trialKey(command: string, { config, panel, window }: RunPlan): string {
  const {
    data: _data,
    market: _market,
    news: _news,
    iterations: _iterations,
    clock: _clock,
    seed: _seed,
    ...tried
  } = hashedConfig(config);
  const { from, to } = window;
  // One pipeline decides at every row: of the clock it reads the reported rows alone.
  const { reportFrom: _reportFrom, ...steps } = config.clock;
  const pace = command === "population" ? steps : null;
  return hashJson({ command, tried, pace, rowsHash: panel.hash, from, to });
}
