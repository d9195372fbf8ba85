/**
 * The session's own book of its account: the block of simulation/account.ts, moved by what the exchange executed with the
 * event loop's own functions. On the simulated exchange it is the research account, to the bit.
 */
import { ACCOUNT, POSITION, positionIndex } from "../simulation/account.ts";
import type { Loop } from "../simulation/loop.ts";
import {
  cancelResting,
  countOrder,
  diminish,
  enlarge,
  liquidate,
  startCooldown,
} from "../simulation/position.ts";
import { lotsAt } from "../simulation/terms_in_force.ts";
import { FILL, type FillKind } from "../simulation/trace.ts";
import type { Execution, Order } from "./exchange.ts";

const A = ACCOUNT, P = POSITION;

/** What a booking tells: what the fill was, and what it realised before fees, USDT. */
export interface Booked {
  readonly kind: FillKind;
  readonly realised: number;
}

/**
 * Books funding payments of one instant, which the exchange takes together, in the order of coins.
 *
 * @returns What each realised.
 */
export function bookFunding({ account }: Loop, payments: readonly Execution[]): Booked[] {
  const sum = payments.reduce((total, { paid }) => total + paid, 0);
  account[A.cash]! -= sum;
  account[A.funding]! += sum;
  return payments.map(({ paid }) => ({ kind: "funding", realised: -paid }));
}

/**
 * Books one execution that is no funding.
 *
 * @param order The order that it filled; null for what the exchange did by itself.
 * @param counted False for the second half of a flip, which is one order with the first.
 */
export function bookFill(
  loop: Loop,
  row: number,
  execution: Execution,
  order: Order | null,
  counted: boolean,
): Booked {
  const { account } = loop;
  const before = account[A.realised]!;
  const kind = order === null
    ? bookExit(loop, row, execution)
    : order.price !== null
    ? bookLimit(loop, row, execution, order)
    : bookMarket(loop, row, execution, order, counted);
  const size = Math.abs(execution.quantity);
  const short = execution.fee - size * execution.price * execution.feeRate; // 0 where the exchange reckons as we do
  if (short !== 0) {
    account[A.cash]! -= short;
    account[A.fees]! += short;
  }
  account[A.slippage]! += execution.slippage;
  return { kind, realised: account[A.realised]! - before };
}

function bookMarket(loop: Loop, row: number, one: Execution, order: Order, counted: boolean): FillKind {
  const { coin, quantity, price, feeRate } = one;
  const at = positionIndex(coin), held = loop.account[at + P.quantity]!;
  const size = Math.abs(quantity), side = Math.sign(quantity);
  const off = held * quantity < 0 ? Math.min(size, Math.abs(held)) : 0, added = size - off;
  if (counted) countOrder(loop, coin);
  let kind: FillKind = "reduce";
  if (off > 0) {
    kind = off === Math.abs(held) ? "close" : "reduce";
    diminish(loop, row, coin, off, price, price, feeRate, FILL[kind]);
  }
  if (added > 0) {
    kind = loop.account[at + P.quantity] === 0 ? "entry" : "increase";
    const { leverage, stop, target } = order;
    enlarge(loop, row, coin, side * added, price, price, feeRate, leverage, stop, target, FILL[kind]);
  }
  return kind;
}

function bookLimit(loop: Loop, row: number, one: Execution, order: Order): FillKind {
  const { account } = loop;
  const { coin, quantity, price, feeRate } = one;
  const at = positionIndex(coin);
  const rests = account[at + P.restingQuantity]!, left = rests - quantity;
  if (rests * left <= 0 || Math.abs(left) * lotsAt(loop, row, coin) < 0.5) cancelResting(account, at);
  else account[at + P.restingQuantity] = left;
  account[A.limitFills]!++;
  // a position that was only closed in part may still be there: a fill against it makes it smaller first
  const held = account[at + P.quantity]!, size = Math.abs(quantity);
  const off = held * quantity < 0 ? Math.min(size, Math.abs(held)) : 0, added = size - off;
  if (off > 0) diminish(loop, row, coin, off, price, price, feeRate, FILL.limit);
  if (added > 0) {
    const { leverage, stop, target } = order, entered = Math.sign(quantity) * added;
    enlarge(loop, row, coin, entered, price, price, feeRate, leverage, stop, target, FILL.limit);
  }
  return "limit";
}

/** Stops, targets and liquidations; each bars its side for a while, as in research. */
function bookExit(loop: Loop, row: number, one: Execution): FillKind {
  const { account } = loop;
  const { coin, quantity, price, feeRate, kind } = one;
  const at = positionIndex(coin), held = account[at + P.quantity]!;
  const side = held > 0 ? 1 : -1, size = Math.min(Math.abs(quantity), Math.abs(held));
  if (size === 0) return kind;
  const bankruptcy = account[at + P.entry]! - account[at + P.margin]! / held;
  if (kind === "liquidation" && Math.abs(price / bankruptcy - 1) < 1e-9) {
    liquidate(loop, row, coin);
  } else {
    diminish(loop, row, coin, size, price, price, feeRate, FILL[kind]);
    account[kind === "target" ? A.targets : kind === "stop" ? A.stops : A.liquidations]!++;
  }
  startCooldown(loop, at, row, side);
  return kind;
}
