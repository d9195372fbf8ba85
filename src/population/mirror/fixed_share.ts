/** Fixed-share Hedge over candidates (Herbster and Warmuth 1998, Machine Learning 32): it follows what earns, and never lets one go. */
import type { PopulationConfig } from "../config.ts";
import type { CandidateWindow } from "./weight_rules.ts";

/**
 * Shares after a window: each is multiplied by exp(eta x gain), then a part of all is dealt out evenly. A gain is the
 * candidate's return of the window in its own sd over as many rows; one that never moved gains nothing.
 *
 * @returns Shape [candidate], summing to 1.
 */
export function fixedShare(
  before: readonly number[],
  earned: readonly CandidateWindow[],
  { mirror: { hedgeRate, hedgeShare } }: Pick<PopulationConfig, "mirror">,
): number[] {
  const gains = earned.map(({ sum, rows, sd }) => sd > 0 && rows > 0 ? sum / (sd * Math.sqrt(rows)) : 0);
  const highest = Math.max(...gains);
  const grown = before.map((share, i) => share * Math.exp(hedgeRate * (gains[i]! - highest)));
  const all = grown.reduce((sum, one) => sum + one, 0);
  return grown.map((one) => (1 - hedgeShare) * one / all + hedgeShare / before.length);
}
