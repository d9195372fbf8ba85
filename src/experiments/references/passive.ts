import { returnsOf } from "../../features/market_view.ts";
import type { Desk } from "../../agents/desk.ts";
import { BARS_PER_YEAR } from "../../core/universe.ts";
import { createLimits, LIMITS, type Limits, LIMITS_WIDTH } from "../../simulation/limits.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { createPlan, PLAN, type Plan, PLAN_WIDTH, planIndex } from "../../simulation/plan.ts";
import type { AccountSeries } from "../account_series.ts";
import type { StrategyDescription } from "../strategy.ts";
import { tradeMandate } from "./trade.ts";

/** Rows between two settings of the managed references, their volatility target and their cap on gross exposure. */
const RESET_ROWS = 42;
const TARGET_VOLATILITY = 0.20;
const GROSS_CAP = 2;
const DECAY = 0.97;
/** Share of equity that may be posted as margin: at 1x wherever that covers the gross exposure, so that no setting is liquidated needlessly. */
const MOST_MARGIN = 0.9;
/** Rows of the return whose sign time-series momentum takes. */
const MOMENTUM_ROWS = 180;

/** Equal shares of equity in each traded coin, a fifth with five, at 1x at the open of row `from`; never touched. */
export function buyAndHold(desk: Desk, from: number): Mandate {
  const coins = desk.tradable.filter((allowed) => allowed).length;
  const plan = holdingPlan(desk);
  setTargets(plan, from - 1, desk.tradable.map((allowed) => allowed ? 1 / coins : 0), 1);
  return { plan, limits: openLimits(plan.rows) };
}

/** All coins long in equal parts, re-set every 42 rows to 20 % annual volatility (EWMA .97), gross at most 2x. */
export function volatilityTargetedHold(desk: Desk, from: number): Mandate {
  return managed(desk, from, () => desk.tradable.map(Number));
}

/** Each coin long or short by the sign of its 180-row return, re-set and scaled as the volatility-targeted hold. */
export function timeSeriesMomentum(desk: Desk, from: number): Mandate {
  return managed(
    desk,
    from,
    (row) =>
      desk.market.panel.coins.map(({ close }, coin) =>
        desk.tradable[coin] ? Math.sign(close[row]! - close[Math.max(0, row - MOMENTUM_ROWS)]!) : 0
      ),
  );
}

/** A plan that leaves every position as it is: conviction NaN asks for no order. */
function holdingPlan(desk: Desk): Plan {
  const plan = createPlan(desk.market.panel.rows, desk.arena.coins);
  for (let at = 0; at < plan.values.length; at += PLAN_WIDTH) plan.values[at + PLAN.conviction] = NaN;
  return plan;
}

/** Sets signed notionals over equity for one row; leverage is what each position is posted at. */
function setTargets(plan: Plan, row: number, shares: readonly number[], leverage: number): void {
  shares.forEach((share, coin) => {
    const at = planIndex(plan.coins, row, coin);
    plan.values[at + PLAN.conviction] = Math.sign(share);
    plan.values[at + PLAN.baseSize] = Math.abs(share) / leverage;
    plan.values[at + PLAN.leverage] = leverage;
    plan.values[at + PLAN.riskPerTrade] = Infinity;
  });
}

function managed(desk: Desk, from: number, sidesAt: (row: number) => readonly number[]): Mandate {
  const plan = holdingPlan(desk);
  const returns = desk.tradable.map((_, coin) => returnsOf(desk.market, coin));
  for (let row = from - 1; row < plan.rows; row += RESET_ROWS) {
    const sides = sidesAt(row);
    const count = sides.filter((side) => side !== 0).length;
    if (count === 0) continue;
    let variance = 0, weight = 0;
    for (let s = 1; s <= row; s++) {
      let portfolio = 0;
      for (let coin = 0; coin < plan.coins; coin++) portfolio += sides[coin]! * returns[coin]![s]! / count;
      variance = DECAY * variance + (1 - DECAY) * portfolio * portfolio;
      weight = DECAY * weight + (1 - DECAY);
    }
    const volatility = Math.sqrt(variance / weight * BARS_PER_YEAR);
    const gross = Math.min(GROSS_CAP, TARGET_VOLATILITY / volatility);
    setTargets(plan, row, sides.map((side) => side * gross / count), Math.max(1, gross / MOST_MARGIN));
  }
  return { plan, limits: openLimits(plan.rows) };
}

/** Limits that never bind on these references: gross up to the cap, no buffer, no daily loss, no drawdown rule. */
export function openLimits(rows: number): Limits {
  const limits = createLimits(rows);
  for (let at = 0; at < limits.values.length; at += LIMITS_WIDTH) {
    limits.values[at + LIMITS.maxLeverage] = GROSS_CAP;
    limits.values[at + LIMITS.maxGross] = GROSS_CAP;
    limits.values[at + LIMITS.maxPosition] = 1;
    limits.values[at + LIMITS.dailyLoss] = 1;
    limits.values[at + LIMITS.maxDrawdown] = 1;
  }
  return limits;
}

/** A reference that needs no agent: what a reader is told of it, and what it trades from row `from` on. */
export interface PassiveReference extends StrategyDescription {
  /** Its plan and limits on a market, from a row on. */
  readonly mandate: (desk: Desk, from: number) => Mandate;
}

/** The passive references, in the order of the result table. One is added by an entry here. */
export const PASSIVE = {
  buyAndHold: {
    label: "Buy and hold",
    kind: "reference",
    note: "Equal shares of equity in each traded coin at 1x, never touched; fees, slippage and funding paid.",
    mandate: buyAndHold,
  },
  volatilityTarget: {
    label: "Volatility-targeted hold",
    kind: "reference",
    note: "All coins long, re-set every 42 rows to 20 % annual volatility, gross at most 2x.",
    mandate: volatilityTargetedHold,
  },
  momentum180: {
    label: "Time-series momentum",
    kind: "reference",
    note: "Long or short by the sign of the 180-row return, re-set every 42 rows to 20 % annual volatility.",
    mandate: timeSeriesMomentum,
  },
} as const satisfies Readonly<Record<string, PassiveReference>>;

const own: Record<string, PassiveReference> = {};

/** Passive references of one's own, by name; `declareStrategy` adds them. */
export const OWN_PASSIVE: Readonly<Record<string, PassiveReference>> = own;

/** Adds a passive reference of one's own, or takes it back. */
export function setOwnPassive(name: string, reference: PassiveReference | null): void {
  if (reference === null) delete own[name];
  else own[name] = reference;
}

/** Every passive reference in a fresh account from row `from` to the end. */
export function passiveSeries(
  desk: Desk,
  from: number,
): { readonly name: string; readonly series: AccountSeries }[] {
  return Object.entries<PassiveReference>({ ...PASSIVE, ...own }).map(([name, { mandate }]) => ({
    name,
    series: tradeMandate(desk, mandate(desk, from), from),
  }));
}
