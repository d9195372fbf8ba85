import { type Account, POSITION, positionIndex, readAccount } from "./account.ts";
import type { Arena } from "./arena.ts";
import { decide } from "./decision.ts";
import { ACTION, createLoop } from "./loop.ts";
import type { Mandate } from "./mandate.ts";
import { cancelResting } from "./position.ts";

/** What a coin's order does at the next open; `rest` leaves a limit order instead. */
export type OrderKind = Exclude<keyof typeof ACTION, "none"> | "rest";
const KINDS = Object.keys(ACTION) as (keyof typeof ACTION)[];

/** An order that the close of a row leaves for the next open. */
export interface NextOrder {
  readonly coin: number;
  readonly kind: OrderKind;
  /** Signed notional that the position is to have, USDT; what is below a lot falls away at the open. */
  readonly notional: number;
  /** Leverage at which an enlarged position is posted. */
  readonly leverage: number;
  /** Price of a limit order, USDT; null at market. */
  readonly limit: number | null;
}

/**
 * What an account would do at the open after `row`, which may be the market's newest: decided at its close by the
 * rules of the event loop. The account is not changed.
 *
 * @param account As `writeAccount` wrote it, marked at `row`'s close.
 * @param adoptTeam True if another team trades from the next open on.
 */
export function nextOrders(
  arena: Arena,
  account: readonly number[],
  { plan, limits }: Mandate,
  row: number,
  adoptTeam: boolean,
): NextOrder[] {
  const copy = readAccount(account);
  const loop = createLoop(copy, arena, plan, limits, null);
  if (adoptTeam) { for (let coin = 0; coin < arena.coins; coin++) cancelResting(copy, positionIndex(coin)); }
  decide(loop, row);
  const { notional, leverage } = loop.judged;
  return Array.from({ length: arena.coins }, (_, coin) => coin).flatMap((coin): NextOrder[] => {
    const action = KINDS[loop.actions[coin]!]!;
    const terms = { coin, leverage: leverage[coin]! };
    const wanted = action === "close" ? 0 : notional[coin]!;
    return [
      ...(action === "none" ? [] : [{ ...terms, kind: action, notional: wanted, limit: null }]),
      ...restingOrders(copy, coin).map(({ share, limit }) => ({
        ...terms,
        kind: "rest" as const,
        notional: notional[coin]! * share,
        limit,
      })),
    ];
  });
}

/** The orders of a coin that rest, the nearest first: the share of the target that is held once each has filled, and prices. */
function restingOrders(account: Account, coin: number): { share: number; limit: number }[] {
  const at = positionIndex(coin), quantity = account[at + POSITION.restingQuantity]!;
  if (quantity === 0) return [];
  const rungs = account[at + POSITION.restingRungs]!, step = account[at + POSITION.restingStep]!;
  return Array.from({ length: rungs }, (_, rung) => ({
    share: (rung + 1) / rungs,
    limit: account[at + POSITION.restingPrice]! - Math.sign(quantity) * rung * step,
  }));
}
