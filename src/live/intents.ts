/** From a decision to orders: what each coin's action becomes at the prices that the exchange quotes. */
import { UserError } from "../core/user_error.ts";
import { POSITION, positionIndex } from "../simulation/account.ts";
import { ACTION, type Loop } from "../simulation/loop.ts";
import { affordable } from "../simulation/orders.ts";
import { PLAN, planIndex } from "../simulation/plan.ts";
import { floorTo } from "../simulation/rounding.ts";
import { isAccepted, lotsAt } from "../simulation/terms_in_force.ts";
import type { Order, Quote } from "./exchange.ts";

const P = POSITION;

/** Asks what a market order would fill at. */
export type Ask = (coin: number, direction: number, worth: number) => Promise<Quote>;

/** An order at market with the quote that it was made from; null for one that was made before. */
export interface Intent {
  readonly order: Order;
  readonly quote: Quote | null;
}

/** Which half of a coin's action an order is; part of its client id. */
export type Leg = "c" | "r" | "i" | "o" | "l";

/** What does not change over the orders of one open. */
export interface IntentParts {
  readonly loop: Loop;
  /** Bar under way; its orders were decided at the close before. */
  readonly row: number;
  readonly ask: Ask;
  readonly idOf: (coin: number, leg: Leg) => string;
  /** An order that a session made before it was killed, by its id: it stays as it was made. */
  readonly known: (clientId: string) => Order | null;
  /** Opens of the bar under way, USDT; [coin]. */
  readonly opens: readonly number[];
  /** Notional of positions as they stood before the first order of this open, USDT; [coin]. */
  readonly worths: readonly number[];
}

const held = ({ account }: Loop, coin: number) => account[positionIndex(coin) + P.quantity]!;

/** Closes or reduces, as the event loop does: null where there is nothing to send. */
export async function reducing(
  { loop, row, ask, idOf, opens, worths, known }: IntentParts,
  coin: number,
): Promise<Intent | null> {
  const action = loop.actions[coin]!, quantity = held(loop, coin), size = Math.abs(quantity);
  if (size === 0 || (action !== ACTION.close && action !== ACTION.reduce && action !== ACTION.flip)) {
    return null;
  }
  const direction = quantity > 0 ? -1 : 1, target = Math.abs(loop.judged.notional[coin]!);
  const whole = action !== ACTION.reduce;
  const made = known(idOf(coin, whole ? "c" : "r"));
  if (made !== null) return { order: made, quote: null };
  const worth = whole
    ? worths[coin]! + (action === ACTION.flip ? target : 0)
    : Math.abs(target - size * opens[coin]!);
  const quote = await ask(coin, direction, worth);
  const kept = whole ? 0 : floorTo(target / quote.fill, lotsAt(loop, row, coin));
  if (kept > 0 && !isAccepted(loop, row, coin, (size - kept) * quote.fill)) return null;
  const order = { coin, quantity: direction * (size - kept), price: null, reduceOnly: true, worth };
  const rest = { leverage: 1, stop: 0, target: 0, untilRow: null };
  return { order: { clientId: idOf(coin, whole ? "c" : "r"), ...order, ...rest }, quote };
}

/** Opens or increases: what the target lacks, whole lots, cut to the free cash; null below the least notional. */
export async function enlarging(
  { loop, row, ask, idOf, opens, worths, known }: IntentParts,
  coin: number,
): Promise<Intent | null> {
  const action = loop.actions[coin]!;
  if (action < ACTION.increase) return null;
  const size = Math.abs(held(loop, coin)), target = loop.judged.notional[coin]!, side = target > 0 ? 1 : -1;
  const made = known(idOf(coin, action === ACTION.flip ? "o" : "i"));
  if (made !== null) return { order: made, quote: null };
  if (action === ACTION.flip && held(loop, coin) * target < 0) return null; // its first half is not done
  // a flip's halves fill at one price, that of both together
  const worth = action === ACTION.flip
    ? worths[coin]! + Math.abs(target)
    : Math.abs(Math.abs(target) - size * opens[coin]!);
  const quote = await ask(coin, side, worth);
  const leverage = loop.judged.leverage[coin]!;
  const lacking = floorTo(Math.abs(target) / quote.fill, lotsAt(loop, row, coin)) - size;
  const quantity = Math.min(lacking, affordable(loop, row, coin, side, quote.fill, leverage, loop.takerFee));
  if (!isAccepted(loop, row, coin, quantity * quote.fill)) return null;
  const wish = planIndex(loop.coins, row - 1, coin);
  const order = {
    clientId: idOf(coin, action === ACTION.flip ? "o" : "i"),
    coin,
    quantity: side * quantity,
    price: null,
    reduceOnly: false,
    leverage,
    worth,
    stop: loop.plan[wish + PLAN.stop]!,
    target: loop.plan[wish + PLAN.target]!,
    untilRow: null,
  };
  return { order, quote };
}

/**
 * The limit entry that the decision left in the book; null where none rests.
 *
 * @throws {UserError} If it is a ladder: sent as one order it would not trade what research trades.
 */
export function resting({ loop, idOf }: IntentParts, coin: number): Order | null {
  const { account } = loop, at = positionIndex(coin);
  const quantity = account[at + P.restingQuantity]!;
  if (quantity === 0) return null;
  if (account[at + P.restingRungs]! > 1) {
    throw new UserError(
      "Cannot trade on paper as one resting order a coin is known there: this trader's plan is a ladder of " +
        `${account[at + P.restingRungs]} orders. Play traders of another style (population.agents.trader)`,
    );
  }
  return {
    clientId: idOf(coin, "l"),
    coin,
    quantity,
    price: account[at + P.restingPrice]!,
    reduceOnly: false,
    leverage: account[at + P.restingLeverage]!,
    worth: Math.abs(quantity) * account[at + P.restingPrice]!,
    stop: account[at + P.restingStop]!,
    target: account[at + P.restingTarget]!,
    untilRow: account[at + P.restingUntil]!,
  };
}
