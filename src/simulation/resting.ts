/**
 * Limit entries that rest: placed at a decision, filled inside a bar that trades through their price. A ladder is several of
 * equal size, one behind the other; the one that is met next stands in the account, with how many there are and how far
 * apart.
 */
import { ACCOUNT, POSITION, positionIndex } from "./account.ts";
import { BAR, barIndex } from "./arena.ts";
import type { Loop } from "./loop.ts";
import { affordable } from "./orders.ts";
import { PLAN, planIndex } from "./plan.ts";
import { cancelResting, countOrder, enlarge } from "./position.ts";
import { ceilTo, floorTo, roundTo, tradedThrough } from "./rounding.ts";
import { isAccepted, lotsAt } from "./terms_in_force.ts";
import { FILL } from "./trace.ts";

const A = ACCOUNT, P = POSITION, B = BAR, W = PLAN, F = FILL, positionAt = positionIndex, barAt = barIndex; // see account.ts on names of one's own

/**
 * Leaves a limit entry for what the target lacks beyond `held` coins. Its price is rounded against us, a buy
 * up and a sale down: never better than what the plan asked for. Its terms stay as placed until it fills,
 * expires, or the plan no longer wants more on that side. Where the plan says so, it is several orders of one size.
 */
export function placeResting(loop: Loop, row: number, coin: number, held: number): void {
  const { account, plan, judged } = loop;
  const at = positionAt(coin);
  const wish = planIndex(loop.coins, row, coin);
  const target = judged.notional[coin]!;
  const side = target > 0 ? 1 : -1;
  const bar = barAt(loop.coins, row, coin);
  const close = loop.bars[bar + B.close]!;
  const offset = plan[wish + W.limitOffset]!;
  const ticks = loop.bars[bar + B.ticksPerUnit]!;
  const price = side > 0 ? ceilTo(close * (1 - offset), ticks) : floorTo(close * (1 + offset), ticks);
  const quantity = floorTo(Math.abs(target) / price, lotsAt(loop, row, coin)) - held;
  if (!isAccepted(loop, row, coin, quantity * price)) {
    cancelResting(account, at);
    return;
  }
  const rungs = acceptedRungs(loop, row, coin, quantity, price);
  countOrder(loop, coin);
  account[at + P.restingQuantity] = side * quantity;
  account[at + P.restingPrice] = price;
  account[at + P.restingLeverage] = judged.leverage[coin]!;
  account[at + P.restingStop] = plan[wish + W.stop]!;
  account[at + P.restingTarget] = plan[wish + W.target]!;
  account[at + P.restingUntil] = row + plan[wish + W.limitRows]!;
  account[at + P.restingRungs] = rungs;
  account[at + P.restingStep] = rungs === 1 ? 0 : close * offset * loop.ladder.stretch;
}

/** Into how many orders of one size an entry is divided: as the plan says, but none below the exchange's least notional. */
function acceptedRungs(loop: Loop, row: number, coin: number, quantity: number, price: number): number {
  let { rungs } = loop.ladder;
  const lots = lotsAt(loop, row, coin);
  while (rungs > 1 && !isAccepted(loop, row, coin, floorTo(quantity / rungs, lots) * price)) rungs--;
  return rungs;
}

/**
 * Fills the orders that rest, the nearest first, as far as the bar traded through their prices.
 *
 * @returns The price from which the bar goes on against the position (the open, if that lies beyond the last entry), or 0
 *   if nothing filled.
 */
export function fillResting(loop: Loop, row: number, coin: number, at: number, bar: number): number {
  let from = 0;
  for (;;) {
    const price = fillRung(loop, row, coin, at, bar);
    if (price > 0) from = price;
    if (price === 0 || loop.account[at + P.restingQuantity] === 0) return from;
  }
}

/**
 * Fills the nearest resting order if the bar traded through its price by a tick: at its own price, as orders in a book do,
 * wherever the bar opened. A stop or liquidation of the same coin that lies before its price is met first, and cancels it.
 *
 * @returns The price from which the bar goes on against the position (the open, if that lies beyond the entry), or 0
 *   if nothing filled.
 */
function fillRung(loop: Loop, row: number, coin: number, at: number, bar: number): number {
  const { account, bars } = loop;
  const wanted = account[at + P.restingQuantity]!;
  const side = wanted > 0 ? 1 : -1;
  const limit = account[at + P.restingPrice]!;
  const ticks = bars[bar + B.ticksPerUnit]!;
  const worst = bars[bar + (side > 0 ? B.low : B.high)]!;
  if (row > account[at + P.restingUntil]!) {
    cancelResting(account, at);
    return 0;
  }
  if (!tradedThrough(worst, limit, -side, ticks)) return 0;
  const held = account[at + P.quantity]!;
  if (held !== 0) {
    const stop = account[at + P.stop]!;
    const liquidation = account[at + P.liquidation]!;
    const worstMark = bars[bar + (side > 0 ? B.markLow : B.markHigh)]!;
    if (stop > 0 && side * (stop - limit) >= 0 && side * (worst - stop) <= 0) return 0;
    if (side * (liquidation - limit) >= 0 && side * (worstMark - liquidation) <= 0) return 0;
  }
  const leverage = account[at + P.restingLeverage]!;
  const rungs = account[at + P.restingRungs]!, lots = lotsAt(loop, row, coin);
  const size = rungs > 1 ? floorTo(Math.abs(wanted) / rungs, lots) : Math.abs(wanted);
  const quantity = Math.min(
    size,
    affordable(loop, row, coin, side, limit, leverage, loop.makerFee),
  );
  const stopDistance = account[at + P.restingStop]!;
  const targetDistance = account[at + P.restingTarget]!;
  const step = account[at + P.restingStep]!;
  const accepted = isAccepted(loop, row, coin, quantity * limit);
  if (rungs > 1 && accepted) {
    account[at + P.restingQuantity] = side * roundTo(Math.abs(wanted) - size, lots);
    account[at + P.restingPrice] = side > 0 ? ceilTo(limit - step, ticks) : floorTo(limit + step, ticks);
    account[at + P.restingRungs] = rungs - 1;
  } else {
    cancelResting(account, at);
  }
  if (!accepted) return 0;
  account[A.limitFills]!++;
  enlarge(
    loop,
    row,
    coin,
    side * quantity,
    limit,
    limit,
    loop.makerFee,
    leverage,
    stopDistance,
    targetDistance,
    F.limit,
  );
  const open = bars[bar + B.open]!;
  return side > 0 ? Math.min(limit, open) : Math.max(limit, open);
}
