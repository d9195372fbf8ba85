import type { RunServices } from "../../experiments/run.ts";
import { runFolders } from "./run_folders.ts";
import { trialFile } from "./trial_ledger.ts";

/** What runs are kept with on this machine: folders below `root`, a ledger of trials, the clock. */
export function keptServices(root: string, ledger: string): RunServices {
  return { runs: runFolders(root), trials: trialFile(ledger), now: Date.now };
}
