import type { EventOf } from "../events/event.ts";
import { ACCOUNT, POSITION, positionIndex } from "../simulation/account.ts";
import type { RunningSession } from "./running_session.ts";

const A = ACCOUNT, P = POSITION;

/** What a session says of the newest closed bar. @param day Equity at the last 00:00 UTC, USDT. */
export function barEvent(
  { mind, book, coins, row, guards }: RunningSession,
  time: number,
  day: number,
): EventOf<"bar"> {
  const trades = mind.trades();
  const panel = mind.panel();
  const held = coins.map((coin, i) => ({
    coin,
    at: positionIndex(i),
    mark: panel.coins[i]!.markClose.at(-1)!,
  }))
    .filter(({ at }) => book[at + P.quantity] !== 0);
  const equity = book[A.equity]!;
  return {
    type: "bar",
    time,
    row,
    equity,
    cash: book[A.cash]!,
    drawdown: 1 - equity / guards.memory.peak,
    dayReturn: equity / day - 1,
    gross: held.reduce((sum, { at, mark }) => sum + Math.abs(book[at + P.quantity]!) * mark, 0) / equity,
    fees: book[A.fees]!,
    funding: book[A.funding]!,
    positions: held.map(({ coin, at, mark }) => ({
      coin,
      quantity: book[at + P.quantity]!,
      entry: book[at + P.entry]!,
      mark,
      stop: book[at + P.stop]!,
      target: book[at + P.target]!,
    })),
    iteration: trades?.iteration ?? 0,
    team: trades?.team ?? [],
  };
}
