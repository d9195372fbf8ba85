import { COIN_COUNT } from "../market/panel.ts";
import { freeCash, POSITION, positionIndex } from "./account.ts";
import { BAR, barIndex } from "./arena.ts";
import { slippage } from "./costs.ts";
import { MIN_NOTIONAL } from "./instruments.ts";
import { ACTION } from "./loop.ts";
import type { Loop } from "./loop.ts";
import { PLAN, planIndex } from "./plan.ts";
import { diminish, enlarge, setLevels, settleFunding } from "./position.ts";
import { adversePrice, floorTo } from "./rounding.ts";
import { FILL } from "./trace.ts";

const P = POSITION, B = BAR, W = PLAN, F = FILL; // see account.ts on names of one's own
const COINS = COIN_COUNT;
const { close: CLOSE, reduce: REDUCE, increase: INCREASE, flip: FLIP } = ACTION;

/**
 * The open of `row`: funding on what is carried in, then what was decided at the close of the row before,
 * closings and reductions of all coins first, since they free the cash for the increases in coin order.
 *
 * @param adopt True if a new team trades from this open on: it takes carried positions over at this open's
 *   price, from which its stops and targets are measured. Measured from the old entry, a position that had
 *   moved by more than the new distances would be stopped or taken at once, by nobody's judgement.
 */
export function fillAtOpen(loop: Loop, row: number, adopt: boolean): void {
  const { account, bars, actions } = loop;
  let enlarging = false;
  for (let coin = 0; coin < COINS; coin++) {
    const action = actions[coin]!;
    if (action >= INCREASE) enlarging = true;
    const at = positionIndex(coin);
    if (account[at + P.quantity] === 0) continue;
    const bar = barIndex(row, coin);
    const rate = bars[bar + B.fundingDue]!;
    if (rate !== 0) settleFunding(loop, row, coin, bars[bar + B.markOpen]!, rate);
    if (adopt) adoptPosition(loop, row, coin);
    if (action === REDUCE) reduceAtOpen(loop, row, coin);
    else if (action === CLOSE || action === FLIP) closeAtOpen(loop, row, coin, action);
  }
  if (!enlarging) return;
  for (let coin = 0; coin < COINS; coin++) {
    if (actions[coin]! >= INCREASE) increaseAtOpen(loop, row, coin);
  }
}

/** Coins that free cash can carry at `fill`: margin and entry fee, whole lots. */
export function affordable(
  loop: Loop,
  coin: number,
  fill: number,
  leverage: number,
  feeRate: number,
): number {
  const free = freeCash(loop.account);
  return free > 0 ? floorTo(free / (fill / leverage + fill * feeRate), loop.lotsPerUnit[coin]!) : 0;
}

function adoptPosition(loop: Loop, row: number, coin: number): void {
  const at = positionIndex(coin);
  const wish = planIndex(row - 1, coin);
  loop.account[at + P.basis] = loop.bars[barIndex(row, coin) + B.open]!;
  setLevels(
    loop.account,
    at,
    row,
    loop.plan[wish + W.stop]!,
    loop.plan[wish + W.target]!,
    loop.ticksPerUnit[coin]!,
  );
}

/** Fill price of a market order of `notional` USDT at the open; direction +1 buys. */
function fillPrice(loop: Loop, row: number, coin: number, direction: number, notional: number): number {
  const bar = barIndex(row, coin);
  const slip = slippage(loop.bars[bar + B.halfSpread]!, loop.bars[bar + B.impact]!, notional);
  return adversePrice(loop.bars[bar + B.open]!, direction, slip, loop.ticksPerUnit[coin]!);
}

/** Closes a position. A flip is one order of both halves, which fill at one price. */
function closeAtOpen(loop: Loop, row: number, coin: number, action: number): void {
  const open = loop.bars[barIndex(row, coin) + B.open]!;
  const quantity = loop.account[positionIndex(coin) + P.quantity]!;
  const size = Math.abs(quantity);
  const opening = action === FLIP ? Math.abs(loop.judged.notional[coin]!) : 0;
  const fill = fillPrice(loop, row, coin, quantity > 0 ? -1 : 1, size * open + opening);
  loop.flipFill[coin] = fill;
  diminish(loop, row, coin, size, fill, open, loop.takerFee, F.close);
}

function reduceAtOpen(loop: Loop, row: number, coin: number): void {
  const open = loop.bars[barIndex(row, coin) + B.open]!;
  const quantity = loop.account[positionIndex(coin) + P.quantity]!;
  const size = Math.abs(quantity);
  const target = Math.abs(loop.judged.notional[coin]!);
  const fill = fillPrice(loop, row, coin, quantity > 0 ? -1 : 1, Math.abs(target - size * open));
  const kept = floorTo(target / fill, loop.lotsPerUnit[coin]!);
  if (kept === 0) diminish(loop, row, coin, size, fill, open, loop.takerFee, F.close);
  else if ((size - kept) * fill >= MIN_NOTIONAL) {
    diminish(loop, row, coin, size - kept, fill, open, loop.takerFee, F.reduce);
  }
}

/** Opens or increases: what the target lacks, whole lots, cut to the free cash; nothing below the least notional. */
function increaseAtOpen(loop: Loop, row: number, coin: number): void {
  const { account, plan, judged } = loop;
  const open = loop.bars[barIndex(row, coin) + B.open]!;
  const held = Math.abs(account[positionIndex(coin) + P.quantity]!);
  const target = judged.notional[coin]!;
  const side = target > 0 ? 1 : -1;
  const fill = loop.actions[coin] === FLIP
    ? loop.flipFill[coin]!
    : fillPrice(loop, row, coin, side, Math.abs(Math.abs(target) - held * open));
  const leverage = judged.leverage[coin]!;
  const lacking = floorTo(Math.abs(target) / fill, loop.lotsPerUnit[coin]!) - held;
  const quantity = Math.min(lacking, affordable(loop, coin, fill, leverage, loop.takerFee));
  if (!(quantity * fill >= MIN_NOTIONAL)) return;
  const wish = planIndex(row - 1, coin);
  enlarge(
    loop,
    row,
    coin,
    side * quantity,
    fill,
    open,
    loop.takerFee,
    leverage,
    plan[wish + W.stop]!,
    plan[wish + W.target]!,
    held === 0 ? F.entry : F.increase,
  );
}
