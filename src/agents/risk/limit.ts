import type { MarketView } from "../../features/market_view.ts";
import type { GeneValues } from "../../genome/gene.ts";
import { methodNamed } from "../../inventory/pools.ts";
import type { Grant } from "../../inventory/risk/checks/check.ts";
import { createLimits, LIMITS, type Limits, LIMITS_WIDTH } from "../../simulation/limits.ts";
import type { DecisionRows } from "../../simulation/mandate.ts";
import type { Plan } from "../../simulation/plan.ts";
import type { Agent } from "../agent.ts";
import type { RoleInputs } from "../role_record.ts";

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
  agent: Agent<"risk">,
  plan: Plan,
  market: MarketView,
  before: Limits | null,
): GrantedLimits {
  const { variant, genes } = agent;
  const check = methodNamed("risk.checks", variant.identity.check);
  const input = { plan, market, genes };
  const grant = before !== null && check.resume !== undefined && "grant" in before
    ? check.resume((before as GrantedLimits).grant, input, genes)
    : check.run(input, genes);
  return limitsOf(agent, grant);
}

/** What a risk agent has learned of its check's genes by a row; empty where the check learns nothing of them. */
export function learnedByRisk(
  { variant, genes }: Agent<"risk">,
  { market, upstream }: RoleInputs<"risk">,
  row: number,
): GeneValues {
  const { learned } = methodNamed("risk.checks", variant.identity.check);
  return learned === undefined ? {} : learned({ plan: upstream(), market, genes }, genes, row);
}

/** What a check granted of an agent's limits. */
export function grantOf(limits: Limits): Grant {
  return (limits as GrantedLimits).grant;
}

/**
 * The limits of an agent whose check granted so much of its leverage.
 *
 * @param into Limits that nobody reads any more: of as many rows, their memory is taken.
 * @param only The rows that are read; others hold anything. Null for all.
 */
export function limitsOf(
  { genes }: Agent<"risk">,
  grant: Grant,
  into: Limits | null = null,
  only: DecisionRows | null = null,
): GrantedLimits {
  const { share } = grant, rows = share.length;
  const { values } = into !== null && into.rows === rows ? into : createLimits(rows);
  const { maxLeverage, maxPosition, marginBuffer, dailyLoss, maxDrawdown } = genes;
  const first = only === null ? 0 : only.from, end = only === null ? rows : only.to + 1;
  for (let t = first, at = first * LIMITS_WIDTH; t < end; t++, at += LIMITS_WIDTH) {
    const granted = maxLeverage! * share[t]!;
    values[at + LIMITS.maxLeverage] = Math.max(1, granted);
    values[at + LIMITS.maxGross] = granted;
    values[at + LIMITS.maxPosition] = maxPosition!;
    values[at + LIMITS.marginBuffer] = marginBuffer!;
    values[at + LIMITS.dailyLoss] = dailyLoss!;
    values[at + LIMITS.maxDrawdown] = maxDrawdown!;
  }
  return { rows, values, grant };
}
