/** The open of a bar: the decision of the close before becomes orders, and each is booked before the next is sized. */
import { BAR_MS } from "../core/universe.ts";
import { POSITION, positionIndex } from "../simulation/account.ts";
import { decide } from "../simulation/decision.ts";
import { createLoop, type Loop } from "../simulation/loop.ts";
import { adoptPositions } from "../simulation/orders.ts";
import { cancelResting } from "../simulation/position.ts";
import { type Exchange, ExchangeFault, type Quote } from "./exchange.ts";
import { withFormingBar } from "./forming_bar.ts";
import { enlarging, type Intent, type IntentParts, reducing } from "./intents.ts";
import { keepResting } from "./resting_orders.ts";
import { type BarUnderWay, hear, patiently, type RunningSession, viewOf } from "./running_session.ts";

const P = POSITION;

/** Opens the bar after the newest closed one. @param opens USDT; [coin]. */
export async function openBar(session: RunningSession, opens: readonly number[]): Promise<void> {
  hear(session);
  const { id, mind, exchange, journal, keeper, book, coins, row, arenaOf } = session;
  const trades = mind.trades();
  if (trades === null) return;
  const open = row + 1;
  const arena = arenaOf(withFormingBar(mind.panel(), opens), mind.arena());
  const opened = mind.panel().openTime.at(-1)! + BAR_MS;
  const { plan, limits: risk } = trades.mandate;
  const loop: Loop = createLoop(book, arena, plan, risk, null);
  const until = opened + BAR_MS;
  const bar = session.current = { loop, open, until };
  if (trades.adopts) {
    for (let coin = 0; coin < coins.length; coin++) cancelResting(book, positionIndex(coin));
  }
  decide(loop, row);
  await keeper.settle(loop, open, until); // funding on what is carried in
  if (trades.adopts) adoptPositions(loop, open);
  const worths = coins.map((_, coin) => Math.abs(book[positionIndex(coin) + P.quantity]!) * opens[coin]!);
  const intents: IntentParts = {
    loop,
    row: open,
    opens,
    worths,
    ask: (coin, direction, worth) => priced(exchange, coin, direction, worth),
    idOf: (coin, leg) => `${id}-${open}-${coin}${leg}`,
    known: (clientId) => journal.order(clientId)?.order ?? null,
  };
  for (const make of [reducing, enlarging]) {
    for (let coin = 0; coin < coins.length; coin++) {
      const intent = await patiently(session, () => make(intents, coin));
      if (intent !== null) await placeAndBook(session, bar, intent);
    }
  }
  if (trades.adopts) await protectAll(session); // last, so that a bar that is gone through again ends alike
  await keepResting(session, intents, until);
}

/** A quote; one that is no price is no answer, and is asked for again: no order is sized on it. */
async function priced(exchange: Exchange, coin: number, direction: number, worth: number): Promise<Quote> {
  const quote = await exchange.quote(coin, direction, worth);
  if ([quote.fill, quote.price].every((one) => one > 0 && one < Infinity)) return quote;
  throw new ExchangeFault("busy", `a quote of ${quote.fill} is no price`);
}

async function placeAndBook(
  session: RunningSession,
  { loop, open, until }: BarUnderWay,
  { order, quote }: Intent,
): Promise<void> {
  const { keeper, desk, clock, row } = session;
  keeper.admit(order.clientId);
  const fill = quote?.fill ?? NaN; // one that was made before is not judged again
  const view = viewOf(session, order, Math.abs(order.quantity) * fill, fill);
  const record = await desk.place(order, row, view, until);
  for (let tries = 0; tries < 5; tries++) {
    const heard = await keeper.settle(loop, open, until);
    if (heard && keeper.filledOf(order.clientId) >= record.filled - 1e-12) break;
    await clock.wait(1000);
  }
}

/** Sets the exchange's levels to those of the book. */
async function protectAll(session: RunningSession): Promise<void> {
  const { book, coins, exchange } = session;
  for (let coin = 0; coin < coins.length; coin++) {
    const at = positionIndex(coin);
    if (book[at + P.quantity] === 0) continue;
    const levels = {
      coin,
      basis: book[at + P.basis]!,
      stop: book[at + P.stop]!,
      target: book[at + P.target]!,
    };
    await patiently(session, () => exchange.protect(levels));
  }
}
