import { logarithm } from "../../../core/series.ts";
import { ewmaZ } from "../../../features/standardise.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

/** Standardises by mean and sd of the whole sample. */
function fullSampleZ(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
  return values.map((x) => (x - mean) / sd);
}

/** CHEAT: a z-score by the moments of the whole sample. Honest: by the exponentially weighted moments so far. */
export const fullSampleZScore: PlantedCheat = {
  cheat: (panel) => ({ series: [{ name: "z", values: fullSampleZ(logarithm(panel.coins[0]!.turnover)) }] }),
  honest: (panel) => ({
    series: [{ name: "z", values: ewmaZ(logarithm(panel.coins[0]!.turnover), 90, 30) }],
  }),
};
