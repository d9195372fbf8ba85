import { runFolders } from "../adapters/runs/run_folders.ts";
import { trialTable } from "../adapters/ledger/trial_table.ts";
import type { RunServices } from "../experiments/run.ts";
import { LEDGER_FILE } from "./paths.ts";

/** What runs are kept with on this machine: folders below `root`, the trial ledger, the clock. */
export function servicesOf(root: string): RunServices {
  return { runs: runFolders(root), trials: trialTable(LEDGER_FILE), now: Date.now };
}
