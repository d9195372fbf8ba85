import { createLimits, LIMITS, type Limits, LIMITS_WIDTH } from "../../simulation/limits.ts";

/** The declared default risk agent: passes everything through under a gross cap of 1x. */
export function defaultLimits(rows: number): Limits {
  const limits = createLimits(rows);
  for (let t = 0; t < rows; t++) {
    const at = t * LIMITS_WIDTH;
    limits.values[at + LIMITS.maxLeverage] = 1;
    limits.values[at + LIMITS.maxGross] = 1;
    limits.values[at + LIMITS.maxPosition] = 1;
    limits.values[at + LIMITS.marginBuffer] = 0;
    limits.values[at + LIMITS.dailyLoss] = 1;
    limits.values[at + LIMITS.maxDrawdown] = 1;
  }
  return limits;
}
