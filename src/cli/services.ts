import { keptServices } from "../adapters/runs/services.ts";
import type { RunServices } from "../experiments/run.ts";
import { LEDGER_FILE } from "./paths.ts";

/** What a command keeps runs with: folders below `root`, the trial ledger, the clock. */
export function servicesOf(root: string): RunServices {
  return keptServices(root, LEDGER_FILE);
}
