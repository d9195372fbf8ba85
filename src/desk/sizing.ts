/** How large the positions of a back-test are and what its account must keep to, the same at every row. */
import { shown } from "../core/shown.ts";
import { LIMITS, type Limits, LIMITS_WIDTH } from "../simulation/limits.ts";
import { PLAN, type Plan, PLAN_WIDTH } from "../simulation/plan.ts";

/** How large positions are. */
export interface Sizing {
  /** Position value over margin, >= 1; 1 unless given. */
  readonly leverage?: number;
  /** Share of equity posted as margin for one coin at full strength; 1 over the number of coins unless given. */
  readonly size?: number;
  /** Share of equity that a hit stop may lose; sizes are cut to it. No limit unless given. */
  readonly risk?: number;
}

/** What the account must keep to; each is off unless given. See `LIMITS` for what they mean. */
export type BacktestLimits = { readonly [Name in keyof typeof LIMITS]?: number };

/** The size of a position with nothing left out. */
export function settledSizing(sizing: Sizing, coins: number): Required<Sizing> {
  const { leverage = 1, size = 1 / coins, risk = Infinity } = sizing;
  const numbers = [leverage, size, risk].every((value) => typeof value === "number");
  if (!(numbers && leverage >= 1 && leverage < Infinity && size >= 0 && size <= 1 && risk > 0)) {
    throw new RangeError(
      `Cannot size positions as leverage >= 1, size from 0 to 1 and risk > 0 must hold: current values are ` +
        [leverage, size, risk].map(shown).join(", "),
    );
  }
  return { leverage, size, risk };
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
    maxLeverage: 1000,
    maxPosition: 1,
    marginBuffer: 0,
    dailyLoss: 1,
    maxDrawdown: 1,
    maxGross: 1e6,
  };
  const row = new Float64Array(LIMITS_WIDTH);
  for (const [name, value] of Object.entries({ ...open, ...given })) {
    row[LIMITS[name as keyof typeof LIMITS]] = value;
  }
  for (let at = 0; at < limits.values.length; at += LIMITS_WIDTH) limits.values.set(row, at);
}
