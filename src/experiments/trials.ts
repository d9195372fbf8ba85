import { hashJson } from "../core/hash.ts";
import type { TradingConfig } from "./config.ts";
import type { RunPlan } from "./run_plan.ts";

/** Hash of everything in a configuration but the seed: runs that differ in their seed alone are one trial. */
export function trialConfigHash(config: TradingConfig): string {
  return hashJson({ ...config, seed: null });
}

/**
 * What the trial ledger counts: a distinct (command, configuration without seed, rows, reported rows) whose
 * prequential result was computed, aborted and notebook runs included. What a learner scores inside is the
 * algorithm.
 */
export function trialKey(command: string, { config, panel, window }: RunPlan): string {
  const { from, to } = window;
  return hashJson({ command, config: trialConfigHash(config), rowsHash: panel.hash, from, to });
}
