import type { RunServices } from "../../experiments/run.ts";
import { trialTable } from "../ledger/trial_table.ts";
import { runFolders } from "./run_folders.ts";

/** What runs are kept with on this machine: folders below `root`, a ledger of trials, the clock. */
export function keptServices(root: string, ledger: string): RunServices {
  return { runs: runFolders(root), trials: trialTable(ledger), now: Date.now };
}
