import type { MarketView } from "../../features/market_view.ts";
import { methodNamed } from "../../inventory/pools.ts";
import type { Grant } from "../../inventory/risk/checks/check.ts";
import { createLimits, LIMITS, type Limits, LIMITS_WIDTH } from "../../simulation/limits.ts";
import type { Plan } from "../../simulation/plan.ts";
import type { Agent } from "../agent.ts";

/** Limits that can be gone on from. */
interface GrantedLimits extends Limits {
  readonly grant: Grant;
}

/**
 * Runs a risk agent over a plan: its genes' limits, the leverage scaled by its check. Granted leverage caps each
 * position's (at 1 at least) and the gross exposure, which may lie below 1; scaling the margin share too would cut
 * twice. Row t reads rows <= t.
 */
export function limit(
  { variant, genes }: Agent<"risk">,
  plan: Plan,
  market: MarketView,
  before: Limits | null,
): GrantedLimits {
  const limits = createLimits(plan.rows);
  const check = methodNamed("risk.checks", variant.identity.check);
  const input = { plan, market, genes };
  const grant = before !== null && check.resume !== undefined && "grant" in before
    ? check.resume((before as GrantedLimits).grant, input, genes)
    : check.run(input, genes);
  for (let t = 0; t < plan.rows; t++) {
    const at = t * LIMITS_WIDTH;
    const granted = genes.maxLeverage! * grant.share[t]!;
    limits.values[at + LIMITS.maxLeverage] = Math.max(1, granted);
    limits.values[at + LIMITS.maxGross] = granted;
    limits.values[at + LIMITS.maxPosition] = genes.maxPosition!;
    limits.values[at + LIMITS.marginBuffer] = genes.marginBuffer!;
    limits.values[at + LIMITS.dailyLoss] = genes.dailyLoss!;
    limits.values[at + LIMITS.maxDrawdown] = genes.maxDrawdown!;
  }
  return { ...limits, grant };
}
