import { hashJson } from "../core/hash.ts";
import type { RunConfig } from "./config.ts";

/** Hash of everything in a configuration but the seed: runs that differ in their seed alone are one trial. */
export function trialConfigHash(config: RunConfig): string {
  return hashJson({ ...config, seed: null });
}

/**
 * What the trial ledger counts: a distinct (configuration without seed, rows, reported rows) whose prequential
 * result was computed, aborted and notebook runs included. What a learner scores inside is the algorithm.
 */
export function trialKey(
  config: RunConfig,
  rowsHash: string,
  reported: { readonly from: number; readonly to: number },
): string {
  return hashJson({ config: trialConfigHash(config), rowsHash, from: reported.from, to: reported.to });
}
