import { type ClockConfig, decisionRow, type PopulationConfig } from "./config.ts";

/**
 * Rows that anyone reads while the agents of iteration k live as they are. Teaching changes nearly every genome at
 * once, and what the old ones would have said of later rows is never asked for: up to the end of the window after
 * the next lesson is enough. Where genomes stay, or change one by one, it is all rows.
 */
export function rowsInUse(k: number, config: PopulationConfig, clock: ClockConfig): number {
  const { learning, transfer, transferTau, tauSchedule, transferEvery } = config;
  const taught = learning === "teaching" && transfer !== "none" &&
    !(tauSchedule === "constant" && transferTau === 0);
  if (!taught) return Infinity;
  const lesson = Math.max(1, Math.ceil(k / transferEvery)) * transferEvery; // the first iteration >= k that ends with one
  return decisionRow(lesson + 1, clock) + 1;
}
