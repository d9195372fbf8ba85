import { type Gene, integer, linear, log } from "./gene.ts";
import type { Role } from "./role.ts";

/**
 * The common genes of each role. Bounds and scale belong to the role, so that a coordinate means the same
 * in every variant and knowledge can pass between them.
 */
export const COMMON_GENES = {
  analyst: [
    integer("shortLookback", 3, 240), // bars
    integer("middleLookback", 3, 240),
    integer("longLookback", 3, 240),
    linear("trendSensitivity", 0, 1),
    linear("regimeThreshold", 0, 1),
  ],
  researcher: [
    integer("shortHorizon", 1, 42), // bars
    integer("middleHorizon", 1, 42),
    integer("longHorizon", 1, 42),
    integer("calibrationWindow", 30, 250), // bars
    linear("shrinkage", 0, 0.95),
  ],
  trader: [
    linear("baseSize", 0.02, 0.6), // share of equity posted as margin
    log("leverage", 1, 10),
    log("riskPerTrade", 0.002, 0.05), // share of equity lost at the stop
    linear("takeProfit", 0.5, 5), // multiples of the forecast sd over the longest horizon
    linear("stopLoss", 0.25, 3), // multiples of the forecast sd over the middle horizon
    linear("entryThreshold", 1, 3), // round trips
  ],
  risk: [
    log("maxLeverage", 1, 10),
    log("maxDrawdown", 0.02, 0.5),
    linear("maxPosition", 0.05, 0.6),
    log("dailyLoss", 0.005, 0.2),
    linear("marginBuffer", 0, 0.6),
  ],
} as const satisfies Record<Role, readonly Gene[]>;
