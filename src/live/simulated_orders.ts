/** What the simulated exchange does with an order: the event loop's own functions, and its codes for what it refuses. */
import type { RiskTier } from "../core/universe.ts";
import { POSITION, positionIndex } from "../simulation/account.ts";
import { BAR, barIndex } from "../simulation/arena.ts";
import type { Loop } from "../simulation/loop.ts";
import { affordable, fillPrice } from "../simulation/orders.ts";
import { diminish, enlarge } from "../simulation/position.ts";
import { isAccepted, lotsAt } from "../simulation/terms_in_force.ts";
import { FILL } from "../simulation/trace.ts";
import type { Order } from "./exchange.ts";

const P = POSITION;

/**
 * Highest leverage of a position worth `value` USDT: what it posts is at least twice the maintenance margin of its tier,
 * as the exchange sets it (BTC's first tier: 0.5% and 100).
 */
export function highestLeverage(tiers: readonly RiskTier[], value: number): number {
  const tier = tiers.find(({ upTo }) => value <= upTo) ?? tiers.at(-1)!;
  return 1 / (2 * tier.maintenanceMargin);
}

/** What is wrong with an order of any kind; null where nothing is. */
export function refusal(loop: Loop, row: number, order: Order): string | null {
  const { coin, quantity, leverage, reduceOnly } = order;
  const lots = lotsAt(loop, row, coin), size = Math.abs(quantity) * lots;
  if (!(size > 0 && (lots === Infinity || Math.abs(size - Math.round(size)) < 1e-6))) {
    return `10001 quantity must be a multiple of ${1 / lots}`;
  }
  if (!(leverage >= 1)) return "110013 leverage must be at least 1";
  if (reduceOnly) return null;
  const price = order.price ?? loop.bars[barIndex(loop.coins, row, coin) + BAR.open]!;
  const held = loop.account[positionIndex(coin) + P.quantity]!;
  const most = highestLeverage(loop.riskTiersAt(row, coin), Math.abs(held + quantity) * price);
  return leverage <= most ? null : `110013 leverage must be at most ${most} in the tier of this size`;
}

/** Fills a market order at the open of a row, or says why not. */
export function fillMarket(loop: Loop, row: number, order: Order): string | null {
  const { account, takerFee } = loop;
  const { coin, quantity, leverage } = order;
  const at = positionIndex(coin), held = account[at + P.quantity]!;
  const side = Math.sign(quantity), size = Math.abs(quantity);
  const open = loop.bars[barIndex(loop.coins, row, coin) + BAR.open]!;
  const fill = fillPrice(loop, row, coin, side, order.worth);
  const off = held * quantity < 0 ? Math.min(size, Math.abs(held)) : 0;
  if (order.reduceOnly && off === 0) return "110017 nothing to reduce";
  const added = order.reduceOnly ? 0 : size - off;
  if (added > 0) {
    if (!isAccepted(loop, row, coin, size * fill)) return "110094 below the least notional";
    if (off === 0 && affordable(loop, row, coin, side, fill, leverage, takerFee) < added) {
      return "110007 not enough free cash";
    }
  }
  if (off > 0) {
    const kind = off === Math.abs(held) ? FILL.close : FILL.reduce;
    diminish(loop, row, coin, off, fill, open, takerFee, kind);
  }
  if (added > 0) {
    const { stop, target } = order;
    const kind = account[at + P.quantity] === 0 ? FILL.entry : FILL.increase;
    enlarge(loop, row, coin, side * added, fill, open, takerFee, leverage, stop, target, kind);
  }
  return null;
}

/** True if what rests would enter against the position that is held; nothing of the kind rests here. */
export function restsAgainst({ account }: Loop, coin: number): boolean {
  const at = positionIndex(coin);
  return account[at + P.quantity]! * account[at + P.restingQuantity]! < 0;
}

/** Takes a limit order into the book, or says why not. */
export function restLimit(loop: Loop, row: number, order: Order): string | null {
  const { account } = loop;
  const at = positionIndex(order.coin);
  if (!isAccepted(loop, row, order.coin, Math.abs(order.quantity) * order.price!)) {
    return "110094 below the least notional";
  }
  if (account[at + P.restingQuantity] !== 0) return "110020 one order rests already";
  if (account[at + P.quantity]! * order.quantity < 0) {
    return "a limit order that enters must not be against a position";
  }
  account[at + P.restingQuantity] = order.quantity;
  account[at + P.restingPrice] = order.price!;
  account[at + P.restingLeverage] = order.leverage;
  account[at + P.restingStop] = order.stop;
  account[at + P.restingTarget] = order.target;
  account[at + P.restingUntil] = order.untilRow ?? Number.MAX_SAFE_INTEGER;
  return null;
}
