import { ACCOUNT, freeCash, POSITION, positionIndex } from "./account.ts";
import { BAR, barIndex } from "./arena.ts";
import { slippage } from "./costs.ts";
import { ACTION } from "./loop.ts";
import type { Loop } from "./loop.ts";
import { PLAN, planIndex } from "./plan.ts";
import { countOrder, diminish, enlarge, setLevels } from "./position.ts";
import { adversePrice, floorTo } from "./rounding.ts";
import { isAccepted, isTraded, lotsAt } from "./terms_in_force.ts";
import { addFill, FILL } from "./trace.ts";
import type { Trace } from "./trace.ts";

const A = ACCOUNT, P = POSITION, B = BAR, W = PLAN, F = FILL, positionAt = positionIndex, barAt = barIndex; // see account.ts on names of one's own
const { close: CLOSE, reduce: REDUCE, increase: INCREASE, flip: FLIP } = ACTION;

/**
 * Funding at an open that settles, on what is carried in and before any order: a long pays a positive rate on
 * quantity x mark price, a short receives it.
 */
export function settleFunding(loop: Loop, row: number): void {
  const { coins, account, bars } = loop;
  let sum = 0;
  for (let coin = 0; coin < coins; coin++) {
    const quantity = account[positionAt(coin) + P.quantity]!;
    if (quantity === 0) continue;
    const bar = barAt(coins, row, coin);
    sum += quantity * bars[bar + B.markOpen]! * bars[bar + B.fundingDue]!;
  }
  account[A.cash]! -= sum;
  account[A.funding]! += sum;
  if (loop.trace !== null) traceFunding(loop, row, loop.trace);
}

function traceFunding(loop: Loop, row: number, trace: Trace): void {
  for (let coin = 0; coin < loop.coins; coin++) {
    const bar = barAt(loop.coins, row, coin);
    const quantity = loop.account[positionAt(coin) + P.quantity]!;
    const price = loop.bars[bar + B.markOpen]!, rate = loop.bars[bar + B.fundingDue]!;
    if (quantity !== 0 && rate !== 0) {
      addFill(trace, row, coin, F.funding, quantity, price, 0, 0, -quantity * price * rate);
    }
  }
}

/**
 * A new team takes the carried positions over at this open's price, from which its stops and targets are
 * measured. Measured from the old entry, a position that had moved by more than the new distances would be
 * stopped or taken at once, by nobody's judgement.
 */
export function adoptPositions(loop: Loop, row: number): void {
  const { coins, account, bars, plan } = loop;
  for (let coin = 0; coin < coins; coin++) {
    const at = positionAt(coin), wish = planIndex(coins, row - 1, coin), bar = barAt(coins, row, coin);
    if (account[at + P.quantity] === 0) continue;
    account[at + P.basis] = bars[bar + B.open]!;
    setLevels(account, at, row, plan[wish + W.stop]!, plan[wish + W.target]!, bars[bar + B.ticksPerUnit]!);
  }
}

/**
 * Fills at the open of `row` what was decided at the close before: closings and reductions of all coins
 * first, since they free the cash for the increases in coin order. Orders of coins that did not trade are dropped.
 */
export function fillAtOpen(loop: Loop, row: number): void {
  const { coins, actions } = loop;
  for (let coin = 0; coin < coins; coin++) {
    const action = actions[coin]!;
    if (action === ACTION.none) continue;
    if (!isTraded(loop, row, coin)) actions[coin] = ACTION.none;
    else if (action === REDUCE) reduceAtOpen(loop, row, coin);
    else if (action === CLOSE || action === FLIP) closeAtOpen(loop, row, coin, action);
  }
  for (let coin = 0; coin < coins; coin++) {
    if (actions[coin]! >= INCREASE) increaseAtOpen(loop, row, coin);
  }
}

/**
 * Coins that free cash can carry at `fill`, whole lots: margin, entry fee, and the fee to close at the bankruptcy
 * price, which the exchange keeps in the initial margin.
 *
 * @see Bybit help centre, Order Cost (USDT contract): initial margin + fee to open + fee to close.
 */
export function affordable(
  loop: Loop,
  row: number,
  coin: number,
  side: number,
  fill: number,
  leverage: number,
  feeRate: number,
): number {
  const free = freeCash(loop.account, loop.takerFee);
  if (!(free > 0)) return 0;
  const margin = fill / leverage, bankruptcy = fill - side * margin;
  return floorTo(free / (margin + fill * feeRate + bankruptcy * loop.takerFee), lotsAt(loop, row, coin));
}

/** Fill price of a market order of `notional` USDT at the open; direction +1 buys. */
export function fillPrice(
  loop: Loop,
  row: number,
  coin: number,
  direction: number,
  notional: number,
): number {
  const bar = barAt(loop.coins, row, coin);
  const slip = slippage(loop.bars[bar + B.halfSpread]!, loop.bars[bar + B.impact]!, notional);
  return adversePrice(loop.bars[bar + B.open]!, direction, slip, loop.bars[bar + B.ticksPerUnit]!);
}

/** Closes a position. A flip is one order of both halves, which fill at one price. */
function closeAtOpen(loop: Loop, row: number, coin: number, action: number): void {
  const open = loop.bars[barAt(loop.coins, row, coin) + B.open]!;
  const quantity = loop.account[positionAt(coin) + P.quantity]!;
  const size = Math.abs(quantity);
  const opening = action === FLIP ? Math.abs(loop.judged.notional[coin]!) : 0;
  const fill = fillPrice(loop, row, coin, quantity > 0 ? -1 : 1, size * open + opening);
  loop.flipFill[coin] = fill;
  countOrder(loop, coin);
  diminish(loop, row, coin, size, fill, open, loop.takerFee, F.close);
}

function reduceAtOpen(loop: Loop, row: number, coin: number): void {
  const open = loop.bars[barAt(loop.coins, row, coin) + B.open]!;
  const quantity = loop.account[positionAt(coin) + P.quantity]!;
  const size = Math.abs(quantity);
  const target = Math.abs(loop.judged.notional[coin]!);
  const fill = fillPrice(loop, row, coin, quantity > 0 ? -1 : 1, Math.abs(target - size * open));
  const kept = floorTo(target / fill, lotsAt(loop, row, coin));
  if (kept > 0 && !isAccepted(loop, row, coin, (size - kept) * fill)) return;
  countOrder(loop, coin);
  diminish(loop, row, coin, size - kept, fill, open, loop.takerFee, kept === 0 ? F.close : F.reduce);
}

/** Opens or increases: what the target lacks, whole lots, cut to the free cash; nothing below the least notional. */
function increaseAtOpen(loop: Loop, row: number, coin: number): void {
  const { account, plan, judged } = loop;
  const open = loop.bars[barAt(loop.coins, row, coin) + B.open]!;
  const held = Math.abs(account[positionAt(coin) + P.quantity]!);
  const target = judged.notional[coin]!;
  const side = target > 0 ? 1 : -1;
  const fill = loop.actions[coin] === FLIP
    ? loop.flipFill[coin]!
    : fillPrice(loop, row, coin, side, Math.abs(Math.abs(target) - held * open));
  const leverage = judged.leverage[coin]!;
  const lacking = floorTo(Math.abs(target) / fill, lotsAt(loop, row, coin)) - held;
  const quantity = Math.min(lacking, affordable(loop, row, coin, side, fill, leverage, loop.takerFee));
  if (!isAccepted(loop, row, coin, quantity * fill)) return;
  if (loop.actions[coin] === INCREASE) countOrder(loop, coin); // a flip was counted when it closed
  const wish = planIndex(loop.coins, row - 1, coin);
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
