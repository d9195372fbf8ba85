import { ACCOUNT, POSITION, positionIndex } from "./account.ts";
import { BAR, barIndex, RULE, ruleIndex } from "./arena.ts";
import { slippage } from "./costs.ts";
import type { Loop } from "./loop.ts";
import { diminish, liquidate, startCooldown } from "./position.ts";
import { fillResting } from "./resting.ts";
import { adversePrice, tradedThrough } from "./rounding.ts";
import { isTraded } from "./terms_in_force.ts";
import { FILL } from "./trace.ts";

const A = ACCOUNT, P = POSITION, B = BAR, F = FILL, positionAt = positionIndex, barAt = barIndex; // see account.ts on names of one's own

/** True if the bar touches the position's liquidation price, stop or target: nothing else can end it. */
export function meetsLevel(account: Float64Array, at: number, bars: Float64Array, bar: number): boolean {
  const stop = account[at + P.stop]!,
    target = account[at + P.target]!,
    liquidation = account[at + P.liquidation]!;
  if (account[at + P.quantity]! > 0) {
    return bars[bar + B.markLow]! <= liquidation || bars[bar + B.low]! <= stop ||
      (target > 0 && bars[bar + B.high]! >= target);
  }
  return bars[bar + B.markHigh]! >= liquidation || (stop > 0 && bars[bar + B.high]! >= stop) ||
    bars[bar + B.low]! <= target;
}

/**
 * What happens to one coin inside the bar of `row`, in the order that costs most where the bar does not tell:
 * at the open liquidation, stop, then target; inside the bar a resting entry, then liquidation or stop
 * (whichever is nearer to the entry), then the target. The target fills on a trade-through of one tick only,
 * and never in a bar in which a resting entry filled, as the high may have come before the low.
 */
export function settleInside(loop: Loop, row: number, coin: number): void {
  const { account, bars } = loop;
  const at = positionAt(coin);
  const bar = barAt(loop.coins, row, coin);
  if (!isTraded(loop, row, coin)) {
    liquidateAtMark(loop, row, coin, at, bar);
    return;
  }
  if (account[at + P.quantity] !== 0 && exitAtOpen(loop, row, coin, at, bar)) return;
  if (account[at + P.restingQuantity] !== 0) {
    const price = fillResting(loop, row, coin, at, bar);
    if (price > 0) {
      exitAgainst(loop, row, coin, at, bar, price);
      return;
    }
  }
  if (account[at + P.quantity] === 0) return;
  if (loop.targetsFirst && meetsTarget(loop, at, bar)) {
    takeProfit(loop, row, coin);
    return;
  }
  if (exitAgainst(loop, row, coin, at, bar, bars[bar + B.open]!)) return;
  if (meetsTarget(loop, at, bar)) takeProfit(loop, row, coin);
}

/** True if the bar trades through the position's target. */
function meetsTarget({ account, bars }: Loop, at: number, bar: number): boolean {
  const target = account[at + P.target]!;
  if (target === 0) return false;
  const side = account[at + P.quantity]! > 0 ? 1 : -1;
  const best = bars[bar + (side > 0 ? B.high : B.low)]!;
  return tradedThrough(best, target, side, bars[bar + B.ticksPerUnit]!);
}

/** In a bar without trades the mark price alone can end a position. */
function liquidateAtMark(loop: Loop, row: number, coin: number, at: number, bar: number): void {
  const { account, bars } = loop;
  const quantity = account[at + P.quantity]!;
  if (quantity === 0) return;
  const side = quantity > 0 ? 1 : -1;
  const worst = bars[bar + (side > 0 ? B.markLow : B.markHigh)]!;
  if (side * (worst - account[at + P.liquidation]!) <= 0) liquidateSide(loop, row, coin, at, side);
}

/** Exits of a bar that opens beyond a level: a stop at the open's price, a target, which rests in the book, at its own. */
function exitAtOpen(loop: Loop, row: number, coin: number, at: number, bar: number): boolean {
  const { account, bars } = loop;
  const side = account[at + P.quantity]! > 0 ? 1 : -1;
  if (side * (bars[bar + B.markOpen]! - account[at + P.liquidation]!) <= 0) {
    liquidateSide(loop, row, coin, at, side);
    return true;
  }
  const open = bars[bar + B.open]!;
  const stop = account[at + P.stop]!;
  if (stop > 0 && side * (open - stop) <= 0) {
    stopOut(loop, row, coin, open);
    return true;
  }
  const target = account[at + P.target]!;
  // A target set at this very open did not rest before it, and cannot have been jumped over.
  const rested = target > 0 && account[at + P.levelsRow]! < row;
  if (rested && tradedThrough(open, target, side, bars[bar + B.ticksPerUnit]!)) {
    takeProfit(loop, row, coin);
    return true;
  }
  return false;
}

/** Liquidation and stop inside the bar; `from` is the price the position came from (open, or the resting entry's fill). */
function exitAgainst(loop: Loop, row: number, coin: number, at: number, bar: number, from: number): boolean {
  const { account, bars } = loop;
  const side = account[at + P.quantity]! > 0 ? 1 : -1;
  const stop = account[at + P.stop]!;
  const liquidation = account[at + P.liquidation]!;
  const stopHit = stop > 0 && side * (bars[bar + (side > 0 ? B.low : B.high)]! - stop) <= 0;
  const liquidationHit = side * (bars[bar + (side > 0 ? B.markLow : B.markHigh)]! - liquidation) <= 0;
  if (stopHit && (!liquidationHit || side * (stop - liquidation) > 0)) {
    stopOut(loop, row, coin, side > 0 ? Math.min(stop, from) : Math.max(stop, from));
    return true;
  }
  if (liquidationHit) liquidateSide(loop, row, coin, at, side);
  return liquidationHit;
}

function liquidateSide(loop: Loop, row: number, coin: number, at: number, side: number): void {
  liquidate(loop, row, coin);
  startCooldown(loop, at, row, side);
}

/** sd of a bar's return over ln(high / low) of a driftless walk (Parkinson 1980). */
const PARKINSON = 1 / (2 * Math.sqrt(Math.LN2));

/**
 * Impact of a stop: by the volatility before the bar, or by the bar's own range if that is more. A stop is sent
 * into the move that triggers it, and the quiet before a crash does not price it.
 */
function stopImpact({ bars, rules, coins }: Loop, row: number, coin: number, bar: number): number {
  const own = Math.log(bars[bar + B.high]! / bars[bar + B.low]!) * PARKINSON;
  const perSd = rules[ruleIndex(coins, row, coin) + RULE.impactPerSd]!;
  return Math.max(bars[bar + B.impact]!, perSd * own);
}

/** A stop is a market order sent at `reference`: slippage and taker fee. */
function stopOut(loop: Loop, row: number, coin: number, reference: number): void {
  const { account, bars } = loop;
  const at = positionAt(coin);
  const bar = barAt(loop.coins, row, coin);
  const quantity = account[at + P.quantity]!;
  const side = quantity > 0 ? 1 : -1;
  const size = Math.abs(quantity);
  const slip = slippage(bars[bar + B.halfSpread]!, stopImpact(loop, row, coin, bar), size * reference);
  const fill = adversePrice(reference, -side, slip, bars[bar + B.ticksPerUnit]!);
  diminish(loop, row, coin, size, fill, reference, loop.takerFee, F.stop);
  account[A.stops]!++;
  startCooldown(loop, at, row, side);
}

/** A take-profit rests in the book: its own price, maker fee. */
function takeProfit(loop: Loop, row: number, coin: number): void {
  const { account } = loop;
  const at = positionAt(coin);
  const quantity = account[at + P.quantity]!, price = account[at + P.target]!;
  diminish(loop, row, coin, Math.abs(quantity), price, price, loop.makerFee, F.target);
  account[A.targets]!++;
  startCooldown(loop, at, row, quantity > 0 ? 1 : -1);
}
