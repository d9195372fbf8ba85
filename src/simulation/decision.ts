import { ACCOUNT, POSITION, POSITION_WIDTH, positionIndex } from "./account.ts";
import { BAR, BAR_WIDTH } from "./arena.ts";
import { EQUITY_RULE, equityRule } from "./equity_rules.ts";
import { judge } from "./judge.ts";
import { LIMITS_WIDTH } from "./limits.ts";
import { ACTION } from "./loop.ts";
import type { Loop } from "./loop.ts";
import { PLAN, PLAN_WIDTH, planIndex } from "./plan.ts";
import { cancelResting } from "./position.ts";
import { placeResting } from "./resting.ts";

const A = ACCOUNT,
  P = POSITION,
  B = BAR,
  W = PLAN,
  R = EQUITY_RULE,
  positionAt = positionIndex; // see account.ts on names of one's own
const PLAN_ROW = PLAN_WIDTH, POSITION_ROW = POSITION_WIDTH, BAR_ROW = BAR_WIDTH, LIMITS_ROW = LIMITS_WIDTH;
const { none: NONE, close: CLOSE, reduce: REDUCE, increase: INCREASE, flip: FLIP } = ACTION;

/** A target is traded once it differs from the position by more than this share of itself. */
const REBALANCE_BAND = 0.25;

/**
 * Decides at the close of `row`: judges the plan's row under the limits' row and the account as marked, and
 * leaves each coin's action for the next open. An order's verdict is soft_fail if its target was cut, else pass; it
 * is counted once, where the order is placed or filled. Enlarging that is refused is a hard_fail, counted when it
 * begins.
 *
 * @returns True if any coin has something to do at the open.
 */
export function decide(loop: Loop, row: number): boolean {
  const { coins, account, limits, bars, judged, actions } = loop;
  const first = row * coins;
  const rule = equityRule(account, limits, row * LIMITS_ROW, row, loop.scales);
  loop.refused = 0;
  if (rule !== R.trade) {
    if (rule === R.closed) return dropAll(loop);
    account[rule === R.closeAll ? A.pausedRows : A.dailyBlockedRows]!++;
  }
  if (loop.cooling) barCoins(loop, row);
  judge(
    loop.plan,
    first * PLAN_ROW,
    limits,
    row * LIMITS_ROW,
    loop.capacity,
    first,
    account,
    rule === R.closeAll, // what is refused is the whole wish
    loop.barred,
    judged,
  );
  // No call inside the loops over quiet coins: after a call the engine checks every array again.
  const { notional } = judged;
  let orders = 0, resting = false;
  for (
    let coin = 0, at = positionAt(0), bar = first * BAR_ROW;
    coin < coins;
    coin++, at += POSITION_ROW, bar += BAR_ROW
  ) {
    const quantity = account[at + P.quantity]!, target = notional[coin]!;
    let action: number = NONE;
    if (target !== 0 || quantity !== 0) {
      action = wantedAction(target, quantity === 0 ? 0 : quantity * bars[bar + B.markClose]!);
    }
    if (account[at + P.restingQuantity] !== 0) resting = true;
    actions[coin] = action;
    orders |= action;
  }
  if (orders !== NONE || resting) {
    orders = NONE;
    for (let coin = 0; coin < coins; coin++) {
      orders |= actions[coin] = act(loop, row, coin, rule, actions[coin]!);
    }
  }
  if (loop.refused !== account[A.refusing]!) countRefusals(loop);
  return rule === R.closeAll ? dropAll(loop) : orders !== NONE;
}

/** Counts the refusals that begin with this decision, and notes which last. */
function countRefusals({ account, refused }: Loop): void {
  let begun = refused & ~account[A.refusing]!;
  for (; begun !== 0; begun &= begun - 1) account[A.hardFails]!++;
  account[A.refusing] = refused;
}

/** Marks the coins that may not be entered, as they cool down. */
function barCoins(loop: Loop, row: number): void {
  loop.cooling = false;
  for (let coin = 0; coin < loop.coins; coin++) {
    const cools = coolsDown(loop, row, coin);
    loop.barred[coin] = cools ? 1 : 0;
    if (cools) loop.cooling = true;
  }
  if (loop.cooling) loop.account[A.coolDownRows]!++;
}

/** Lets a wanted action pass, refuses or defers it, and keeps the coin's resting order in step. */
function act(loop: Loop, row: number, coin: number, rule: number, wanted: number): number {
  const { account, plan, judged } = loop;
  const at = positionAt(coin);
  if (wanted < INCREASE) {
    cancelResting(account, at);
    return wanted;
  }
  const closing = wanted === FLIP ? CLOSE : NONE; // what is left of it without its enlarging half
  if (rule !== R.trade) {
    cancelResting(account, at);
    loop.refused |= 1 << coin;
    return closing;
  }
  if (!(plan[planIndex(loop.coins, row, coin) + W.limitOffset]! > 0)) {
    cancelResting(account, at);
    return wanted;
  }
  const stillRests = account[at + P.restingQuantity]! * judged.notional[coin]! > 0 &&
    row < account[at + P.restingUntil]!;
  if (!stillRests) {
    placeResting(loop, row, coin, wanted === FLIP ? 0 : Math.abs(account[at + P.quantity]!));
  }
  return closing;
}

/** What moves a position worth `value` to `target` (both signed, USDT). */
function wantedAction(target: number, value: number): number {
  const apart = Math.abs(target - value), size = Math.abs(target);
  if (target * value > 0) {
    if (apart <= REBALANCE_BAND * size) return NONE;
    return size > Math.abs(value) ? INCREASE : REDUCE;
  }
  if (Number.isNaN(target)) return NONE;
  if (target === 0) return value === 0 ? NONE : CLOSE;
  return value === 0 ? INCREASE : FLIP;
}

/** True for some rows after an exit, while the plan does not want the other side: a change of sign ends the cooldown. */
function coolsDown(loop: Loop, row: number, coin: number): boolean {
  const { account } = loop;
  const at = positionAt(coin);
  const side = account[at + P.cooldownSide]!;
  if (side === 0) return false;
  const conviction = loop.plan[planIndex(loop.coins, row, coin) + W.conviction]!;
  if (row <= account[at + P.cooldownUntil]! && !(conviction * side < 0)) return true;
  account[at + P.cooldownSide] = 0;
  return false;
}

/** Closes every position at the next open and cancels all resting orders; true if there is a position. */
function dropAll(loop: Loop): boolean {
  let orders = 0;
  for (let coin = 0; coin < loop.coins; coin++) {
    const at = positionAt(coin);
    const action = loop.account[at + P.quantity] === 0 ? NONE : CLOSE;
    loop.actions[coin] = action;
    loop.judged.cut[coin] = 0; // what a rule closes is not cut
    orders |= action;
    cancelResting(loop.account, at);
  }
  return orders !== NONE;
}
