import { runFolders } from "../adapters/runs/run_folders.ts";
import { trialFile } from "../adapters/runs/trial_ledger.ts";
import type { RunServices } from "../experiments/run.ts";
import { TRIALS_FILE } from "./paths.ts";

/** What runs are kept with on this machine: folders below `root`, the trial ledger, the clock. */
export function servicesOf(root: string): RunServices {
  return { runs: runFolders(root), trials: trialFile(TRIALS_FILE), now: Date.now };
}
