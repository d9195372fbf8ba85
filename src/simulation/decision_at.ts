/** One decision of the event loop, taken apart: what the plan wished, what the limits allow, what came of it. */
import { ACCOUNT, type Account, POSITION, positionIndex } from "./account.ts";
import type { Arena } from "./arena.ts";
import { decide } from "./decision.ts";
import { EQUITY_RULE, equityRule } from "./equity_rules.ts";
import { LIMITS, LIMITS_WIDTH } from "./limits.ts";
import { ACTION, createLoop } from "./loop.ts";
import type { Mandate } from "./mandate.ts";
import { PLAN, planIndex } from "./plan.ts";
import { cancelResting } from "./position.ts";

/**
 * The values of one plan row of one coin, by name; see `PLAN` for units.
 *
 * @internal
 */
export type PlanRow = Readonly<Record<keyof typeof PLAN, number>>;

/**
 * The values of one limits row, by name; see `LIMITS` for units.
 *
 * @internal
 */
export type LimitsRow = Readonly<Record<keyof typeof LIMITS, number>>;

/**
 * What an account's equity allows.
 *
 * @internal
 */
export type EquityRule = keyof typeof EQUITY_RULE;

/**
 * What an order does.
 *
 * @internal
 */
export type OrderAction = keyof typeof ACTION;

/** What is decided for one coin at the close of a row. Amounts in USDT. */
export interface DecisionAt {
  /** The trader's plan. */
  readonly plan: PlanRow;
  /** The risk agent's limits. */
  readonly limits: LimitsRow;
  /** Equity at the close, as marked. */
  readonly equity: number;
  /** What the account's equity allows: everything, no enlarging, nothing. */
  readonly rule: EquityRule;
  /** What the coin's order does at the next open; "limit" leaves an entry resting. */
  readonly action: OrderAction | "limit";
  /** The entry that rests after the decision, left by it or before; null if there is none. */
  readonly resting: { readonly quantity: number; readonly price: number } | null;
  /** True if the wish was cut: the order counts as a soft fail. */
  readonly cut: boolean;
  /** Signed notional that the plan wishes for, before any limit but the trader's own risk per trade. */
  readonly wanted: number;
  /** Signed notional that is allowed; NaN leaves the coin as it is. */
  readonly allowed: number;
  /** Leverage of what would be added. */
  readonly leverage: number;
  /** pass: whole; soft_fail: cut; hard_fail: enlarging refused; none: nothing to do. */
  readonly verdict: "pass" | "soft_fail" | "hard_fail" | "none";
  /** Share of its full size that every target gets: by the drawdown, and by the account's volatility; null where it pauses. */
  readonly scale: { readonly drawdown: number; readonly volatility: number } | null;
  /** Which limits cut the wish, in the order in which they apply. */
  readonly cuts: readonly string[];
  /** True if the coin cools down after a stop, target or liquidation on that side. */
  readonly coolsDown: boolean;
}

/**
 * Takes the decision of `row` for one coin as the event loop does, on a copy of the account.
 *
 * @param account As marked at the close of `row`.
 * @param adoptTeam True if another team's first decision this is: resting orders are cancelled before.
 */
export function decisionAt(
  account: Account,
  arena: Arena,
  { plan, limits }: Mandate,
  row: number,
  coin: number,
  adoptTeam: boolean,
): DecisionAt {
  const copy = account.slice();
  if (adoptTeam) { for (let one = 0; one < arena.coins; one++) cancelResting(copy, positionIndex(one)); }
  const loop = createLoop(copy, arena, plan, limits, null);
  const rule = equityRule(copy.slice(), loop.limits, row * LIMITS_WIDTH, row, loop.scales);
  decide(loop, row);
  const wish = named(PLAN, loop.plan, planIndex(arena.coins, row, coin));
  const limit = named(LIMITS, loop.limits, row * LIMITS_WIDTH);
  const { notional, leverage, cut } = loop.judged;
  const equity = account[ACCOUNT.equity]!, allowed = notional[coin]!;
  const at = positionIndex(coin), rests = copy[at + POSITION.restingQuantity]!;
  const left = rests !== 0 && copy[at + POSITION.restingUntil] !== account[at + POSITION.restingUntil];
  const scale = loop.scales
    ? { drawdown: copy[ACCOUNT.drawdownFactor]!, volatility: copy[ACCOUNT.volatilityCap]! }
    : null;
  const action = left ? "limit" : nameOf(ACTION, loop.actions[coin]!);
  const refused = (loop.refused & (1 << coin)) !== 0;
  return {
    plan: wish,
    limits: limit,
    equity,
    rule: nameOf(EQUITY_RULE, rule),
    action,
    resting: rests === 0 ? null : { quantity: rests, price: copy[at + POSITION.restingPrice]! },
    cut: cut[coin] === 1,
    wanted: wantedOf(wish, equity),
    allowed,
    leverage: leverage[coin]!,
    verdict: refused ? "hard_fail" : action === "none" ? "none" : cut[coin] === 1 ? "soft_fail" : "pass",
    scale,
    cuts: cutsOf(wish, limit, equity, scale, Math.abs(allowed), arena.capacity[row * arena.coins + coin]!),
    coolsDown: loop.barred[coin] === 1,
  };
}

/** Share of equity that the plan posts as margin at some leverage, under the trader's own risk per trade. */
function shareOf({ conviction, baseSize, stop, riskPerTrade }: PlanRow, leverage: number): number {
  const share = Math.abs(conviction) * baseSize;
  return stop > 0 ? Math.min(share, riskPerTrade / (stop * leverage)) : share;
}

function wantedOf(plan: PlanRow, equity: number): number {
  const size = shareOf(plan, plan.leverage) * plan.leverage * equity;
  return plan.conviction > 0 ? size : -size;
}

/** The limits that a wish went beyond; the last three leave what is allowed below what one coin alone may have. */
function cutsOf(
  plan: PlanRow,
  limits: LimitsRow,
  equity: number,
  scaling: DecisionAt["scale"],
  allowed: number,
  capacity: number,
): string[] {
  if (!(plan.conviction !== 0) || !(allowed > 0)) return [];
  const leverage = Math.max(1, Math.min(plan.leverage, limits.maxLeverage));
  const share = shareOf(plan, leverage);
  const scale = scaling ?? { drawdown: 1, volatility: 1 };
  const scaled = equity * scale.drawdown * scale.volatility;
  const alone = Math.min(share, limits.maxPosition) * leverage * scaled;
  const short = allowed < alone * (1 - 1e-9);
  return [
    ...(leverage < plan.leverage ? ["leverage cap"] : []),
    ...(share > limits.maxPosition * (1 + 1e-12) ? ["position cap"] : []),
    ...(scale.drawdown < 1 ? ["drawdown scale"] : []),
    ...(scale.volatility < 1 ? ["volatility cap"] : []),
    ...(short && allowed >= capacity ? ["capacity of the coin's market"] : []),
    ...(short && allowed < capacity ? ["margin buffer or gross cap over all coins"] : []),
  ];
}

function named<Names extends Readonly<Record<string, number>>>(
  names: Names,
  values: Float64Array,
  at: number,
): Record<keyof Names, number> {
  return Object.fromEntries(
    Object.entries(names).map(([name, offset]) => [name, values[at + offset]!]),
  ) as Record<
    keyof Names,
    number
  >;
}

function nameOf<Names extends Readonly<Record<string, number>>>(names: Names, value: number): keyof Names {
  return Object.keys(names).find((name) => names[name] === value)!;
}
