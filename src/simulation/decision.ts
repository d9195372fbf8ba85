import { COIN_COUNT } from "../market/panel.ts";
import { ACCOUNT, POSITION, positionIndex } from "./account.ts";
import { BAR, barIndex } from "./arena.ts";
import { EQUITY_RULE, equityRule } from "./equity_rules.ts";
import { MIN_NOTIONAL } from "./instruments.ts";
import { judge } from "./judge.ts";
import { LIMITS_WIDTH } from "./limits.ts";
import { ACTION } from "./loop.ts";
import type { Loop } from "./loop.ts";
import { PLAN, planIndex } from "./plan.ts";
import { cancelResting } from "./position.ts";
import { ceilTo, floorTo } from "./rounding.ts";

/** A target is traded once it differs from the position by more than this share of itself. */
export const REBALANCE_BAND = 0.25;

/**
 * Decides at the close of `row`: judges the plan's row under the limits' row and the account as marked, and
 * leaves each coin's action for the next open. Every order gets one verdict, counted in the account:
 * hard_fail if enlarging was refused, soft_fail if its target was cut, else pass.
 */
export function decide(loop: Loop, row: number): void {
  const { account, plan, judged, actions, barred } = loop;
  const rule = equityRule(account, loop.limits, row * LIMITS_WIDTH, row);
  if (rule === EQUITY_RULE.closed) {
    for (let coin = 0; coin < COIN_COUNT; coin++) dropCoin(loop, coin);
    return;
  }
  for (let coin = 0; coin < COIN_COUNT; coin++) {
    barred[coin] = coolsDown(loop, row, coin) ? 1 : 0;
  }
  judge(
    plan,
    planIndex(row, 0),
    loop.limits,
    row * LIMITS_WIDTH,
    loop.capacity,
    (row + 1) * COIN_COUNT,
    account[ACCOUNT.equity]!,
    barred,
    judged,
  );
  for (let coin = 0; coin < COIN_COUNT; coin++) {
    const at = positionIndex(coin);
    const target = judged.notional[coin]!;
    if (
      target === 0 && account[at + POSITION.quantity] === 0 && account[at + POSITION.restingQuantity] === 0
    ) {
      actions[coin] = ACTION.none;
      continue;
    }
    actions[coin] = act(loop, row, coin, rule);
    if (rule === EQUITY_RULE.closeAll) dropCoin(loop, coin);
  }
}

/** The action that brings one coin to its judged target; counts the verdict and keeps its resting order. */
function act(loop: Loop, row: number, coin: number, rule: number): number {
  const { account, plan, judged } = loop;
  const at = positionIndex(coin);
  const target = judged.notional[coin]!;
  const value = account[at + POSITION.quantity]! * loop.bars[barIndex(row, coin) + BAR.markClose]!;
  const action = wantedAction(target, value);
  if (action === ACTION.none) {
    cancelResting(account, at);
    return ACTION.none;
  }
  if (action < ACTION.increase) {
    cancelResting(account, at);
    countVerdict(loop, coin);
    return action;
  }
  if (rule !== EQUITY_RULE.trade) {
    cancelResting(account, at);
    account[ACCOUNT.hardFails]!++;
    return action === ACTION.flip ? ACTION.close : ACTION.none;
  }
  if (!(plan[planIndex(row, coin) + PLAN.limitOffset]! > 0)) {
    cancelResting(account, at);
    countVerdict(loop, coin);
    return action;
  }
  const stillRests = account[at + POSITION.restingQuantity]! * target > 0 &&
    row < account[at + POSITION.restingUntil]!;
  if (!stillRests) {
    placeResting(loop, row, coin, action === ACTION.flip ? 0 : Math.abs(account[at + POSITION.quantity]!));
    countVerdict(loop, coin);
  }
  return action === ACTION.flip ? ACTION.close : ACTION.none;
}

/** What moves a position worth `value` to `target` (both signed, USDT). */
function wantedAction(target: number, value: number): number {
  if (target === 0) return value === 0 ? ACTION.none : ACTION.close;
  if (value === 0) return ACTION.increase;
  if (target * value < 0) return ACTION.flip;
  const size = Math.abs(target), held = Math.abs(value);
  if (size - held > REBALANCE_BAND * size) return ACTION.increase;
  return held - size > REBALANCE_BAND * size ? ACTION.reduce : ACTION.none;
}

function countVerdict(loop: Loop, coin: number): void {
  loop.account[loop.judged.cut[coin] === 1 ? ACCOUNT.softFails : ACCOUNT.passed]!++;
}

/** True while the plan still wants the side that was stopped; another wish at any decision ends the cooldown. */
function coolsDown(loop: Loop, row: number, coin: number): boolean {
  const { account } = loop;
  const at = positionIndex(coin);
  const side = account[at + POSITION.cooldownSide]!;
  if (side === 0) return false;
  const conviction = loop.plan[planIndex(row, coin) + PLAN.conviction]!;
  if (row <= account[at + POSITION.cooldownUntil]! && conviction * side > 0) return true;
  account[at + POSITION.cooldownSide] = 0;
  return false;
}

/** Closes the position at the next open and cancels the resting order. */
function dropCoin(loop: Loop, coin: number): void {
  const at = positionIndex(coin);
  loop.actions[coin] = loop.account[at + POSITION.quantity] === 0 ? ACTION.none : ACTION.close;
  cancelResting(loop.account, at);
}

/**
 * Leaves a limit entry for what the target lacks beyond `held` coins. Its price is rounded against us, a buy
 * up and a sale down: never better than what the plan asked for. Its terms stay as placed until it fills,
 * expires, or the plan no longer wants more on that side.
 */
function placeResting(loop: Loop, row: number, coin: number, held: number): void {
  const { account, plan, judged } = loop;
  const at = positionIndex(coin);
  const wish = planIndex(row, coin);
  const target = judged.notional[coin]!;
  const side = target > 0 ? 1 : -1;
  const close = loop.bars[barIndex(row, coin) + BAR.close]!;
  const offset = plan[wish + PLAN.limitOffset]!;
  const ticks = loop.ticksPerUnit[coin]!;
  const price = side > 0 ? ceilTo(close * (1 - offset), ticks) : floorTo(close * (1 + offset), ticks);
  const quantity = floorTo(Math.abs(target) / price, loop.lotsPerUnit[coin]!) - held;
  if (!(quantity * price >= MIN_NOTIONAL)) {
    cancelResting(account, at);
    return;
  }
  account[at + POSITION.restingQuantity] = side * quantity;
  account[at + POSITION.restingPrice] = price;
  account[at + POSITION.restingLeverage] = judged.leverage[coin]!;
  account[at + POSITION.restingStop] = plan[wish + PLAN.stop]!;
  account[at + POSITION.restingTarget] = plan[wish + PLAN.target]!;
  account[at + POSITION.restingUntil] = row + plan[wish + PLAN.limitRows]!;
}
