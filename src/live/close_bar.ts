/** The close of a bar: books, marks, guards, the exchange's word, what was learned; one write keeps all of it. */
import { isDayStart } from "../core/time.ts";
import { BAR_MS } from "../core/universe.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { Panel } from "../market/panel.ts";
import { ACCOUNT } from "../simulation/account.ts";
import { markAtClose } from "../simulation/event_loop.ts";
import { createLoop } from "../simulation/loop.ts";
import { barEvent } from "./bar_event.ts";
import { mend } from "./exchange.ts";
import { guardsAtClose } from "./guards.ts";
import { differencesOf } from "./reconcile.ts";
import { cancelAllResting, followResting, restingOf } from "./resting_orders.ts";
import { hear, type RunningSession } from "./running_session.ts";

const NONE = { rows: 0, coins: 0, values: new Float64Array() };

/** Closes the bar under way. @param newest It, one row. */
export async function closeBar(session: RunningSession, newest: Panel): Promise<void> {
  const { mind, book, desk, keeper, clock, guards, limits, journal } = session;
  const told = mind.close(newest);
  const row = ++session.row;
  session.current = null;
  const loop = createLoop(book, mind.arena(), NONE, NONE, null);
  const closed = newest.openTime[0]! + BAR_MS;
  await desk.resolve(closed);
  const heard = await keeper.settle(loop, row, closed, true);
  followResting(session);
  markAtClose(loop, row);
  hear(session);
  const time = Math.max(clock.now(), closed);
  const guarded = guardsAtClose(guards.memory, limits, {
    equity: book[ACCOUNT.equity]!,
    dayEnds: isDayStart(closed),
    lateMinutes: (time - closed) / 60_000,
  });
  const dayEquity = guards.memory.dayEquity;
  const before = guards.memory.state;
  guards.memory = guarded.memory;
  const agreed = heard ? await reconciled(session, time) : [];
  const { breach } = guarded;
  const guard: RecordedEvent[] = breach === null
    ? []
    : [{ type: "guard", time, row, from: before, ...breach }];
  if (guards.memory.state === "halted") await cancelAllResting(session);
  journal.write({
    events: [...told, barEvent(session, closed, dayEquity), ...agreed, ...guard],
    point: {
      row,
      book: [...book],
      booked: keeper.booked(),
      population: mind.population(),
      guards: guards.memory,
    },
  });
}

/** The books against the exchange's word; nothing where it is not heard. */
async function reconciled(
  { journal, book, coins, exchange, row }: RunningSession,
  time: number,
): Promise<RecordedEvent[]> {
  try {
    const ids = restingOf(journal).map(({ order }) => order.clientId);
    const differences = differencesOf(book, coins, ids, await exchange.holdings());
    return [{ type: "reconciliation", time, row, agrees: differences.length === 0, differences }];
  } catch (error) {
    await mend(exchange, error);
    return [];
  }
}
