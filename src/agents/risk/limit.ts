import { createLimits, LIMITS, type Limits, LIMITS_WIDTH } from "../../simulation/limits.ts";
import type { Plan } from "../../simulation/plan.ts";
import type { GeneValues } from "../genome.ts";
import type { MarketView } from "../market_view.ts";
import { RISK_METHODS } from "./methods.ts";
import type { RiskVariant } from "./variants.ts";

/**
 * Runs a risk agent over a plan: its genes' limits, the leverage scaled by its method. Leverage alone, since it caps
 * each position and the gross: scaling the margin share too would cut twice. Row t reads rows <= t.
 */
export function limit(plan: Plan, market: MarketView, variant: RiskVariant, genes: GeneValues): Limits {
  const limits = createLimits(plan.rows);
  const share = RISK_METHODS[variant.identity.method](plan, market, genes);
  for (let t = 0; t < plan.rows; t++) {
    const at = t * LIMITS_WIDTH;
    limits.values[at + LIMITS.maxLeverage] = genes.maxLeverage! * share[t]!;
    limits.values[at + LIMITS.maxPosition] = genes.maxPosition!;
    limits.values[at + LIMITS.marginBuffer] = genes.marginBuffer!;
    limits.values[at + LIMITS.dailyLoss] = genes.dailyLoss!;
    limits.values[at + LIMITS.maxDrawdown] = genes.maxDrawdown!;
  }
  return limits;
}

/** The declared default risk agent: passes everything through under a gross cap of 1x. */
export function defaultLimits(rows: number): Limits {
  const limits = createLimits(rows);
  for (let t = 0; t < rows; t++) {
    const at = t * LIMITS_WIDTH;
    limits.values[at + LIMITS.maxLeverage] = 1;
    limits.values[at + LIMITS.maxPosition] = 1;
    limits.values[at + LIMITS.marginBuffer] = 0;
    limits.values[at + LIMITS.dailyLoss] = 1;
    limits.values[at + LIMITS.maxDrawdown] = 1;
  }
  return limits;
}
