/** How large the positions of a back-test are and what its account must keep to, the same at every row. */
import type { Instrument } from "../core/universe.ts";
import { LIMITS, type Limits, LIMITS_WIDTH } from "../simulation/limits.ts";
import { FREE_LEVERAGE, requireSizing } from "./term_ranges.ts";
import { PLAN, type Plan, PLAN_WIDTH } from "../simulation/plan.ts";

/** How large positions are. */
export interface Sizing {
  /**
   * Position value over margin, >= 1; 1 unless given. Under house rules at most what the exchange grants (100 in BTC,
   * ETH and SOL, 75 in DOGE and XRP), under plain ones at most 1000.
   */
  readonly leverage?: number;
  /** Share of equity posted as margin for one coin at full strength; 1 over the number of coins unless given. */
  readonly size?: number;
  /** Share of equity that a hit stop may lose, above 0 and at most 1; sizes are cut to it. No limit unless given. */
  readonly risk?: number;
}

/** What the account must keep to; each is off unless given. See `LIMITS` for what they mean. */
export type BacktestLimits = { readonly [Name in keyof typeof LIMITS]?: number };

/**
 * The size of a position with nothing left out.
 *
 * @param traded What is traded; without maintenance margin where the rules know none.
 */
export function settledSizing(sizing: Sizing, traded: readonly Instrument[]): Required<Sizing> {
  const { leverage = 1, size = 1 / traded.length, risk = Infinity } = sizing;
  const settled = { leverage, size, risk };
  requireSizing(settled, traded);
  return settled;
}

/** Writes what does not change from row to row. */
export function fillSizing(plan: Plan, { leverage, size, risk }: Required<Sizing>): void {
  const { values } = plan;
  for (let at = 0; at < values.length; at += PLAN_WIDTH) {
    values[at + PLAN.leverage] = leverage;
    values[at + PLAN.baseSize] = size;
    values[at + PLAN.riskPerTrade] = risk;
  }
}

/** Writes the same limits at every row; one that is left out never binds. */
export function fillLimits(limits: Limits, given: BacktestLimits): void {
  const open = {
    maxLeverage: FREE_LEVERAGE,
    maxPosition: 1,
    marginBuffer: 0,
    dailyLoss: 1,
    maxDrawdown: 1,
    maxGross: 1e6, // above what 20 coins at the highest leverage come to
  };
  const row = new Float64Array(LIMITS_WIDTH);
  for (const [name, value] of Object.entries({ ...open, ...given })) {
    row[LIMITS[name as keyof typeof LIMITS]] = value;
  }
  for (let at = 0; at < limits.values.length; at += LIMITS_WIDTH) limits.values.set(row, at);
}
