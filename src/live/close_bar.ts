/** The close of a bar: books, marks, guards, the exchange's word, what was learned; one write keeps all of it. */
import { isDayStart } from "../core/time.ts";
import { BAR_MS } from "../core/universe.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { Panel } from "../market/panel.ts";
import { ACCOUNT } from "../simulation/account.ts";
import { markAtClose } from "../simulation/event_loop.ts";
import { createLoop } from "../simulation/loop.ts";
import { barEvent } from "./bar_event.ts";
import { guardsAtClose } from "./guards.ts";
import { differencesNow, guarded, lastingDifferences, said } from "./reconciliation.ts";
import { cancelAllResting, followResting } from "./resting_orders.ts";
import { hear, type RunningSession } from "./running_session.ts";

const NONE = { rows: 0, coins: 0, values: new Float64Array() };

/** Closes the bar under way. @param newest It, one row. */
export async function closeBar(session: RunningSession, newest: Panel): Promise<void> {
  const { mind, book, desk, keeper, clock, guards, limits, journal } = session;
  const told = await mind.close(newest);
  const row = ++session.row;
  session.current = null;
  const loop = createLoop(book, mind.arena(), NONE, NONE, null);
  const closed = newest.openTime[0]! + BAR_MS;
  let heard = false;
  const settle = async () => {
    await desk.resolve(closed);
    heard = await keeper.settle(loop, row, closed, true);
    followResting(session);
  };
  await settle();
  desk.giveUpUnsent();
  const differences = heard ? await lastingDifferences(session, () => differencesNow(session), settle) : null; // books that have not heard what happened cannot agree with it
  markAtClose(loop, row);
  hear(session);
  const time = Math.max(clock.now(), closed);
  const dayEquity = guards.memory.dayEquity;
  const changes: RecordedEvent[] = differences === null ? [] : guarded(session, differences, time);
  const from = guards.memory.state;
  const { memory, breach } = guardsAtClose(guards.memory, limits, {
    equity: book[ACCOUNT.equity]!,
    dayEnds: isDayStart(closed),
    lateMinutes: (time - closed) / 60_000,
  });
  guards.memory = memory;
  if (breach !== null) changes.push({ type: "guard", time, row, from, ...breach });
  // again: where another rule's time is over, a difference still stands
  if (differences !== null) changes.push(...guarded(session, differences, time));
  const agreed = differences === null ? [] : said(session, differences, time);
  if (guards.memory.state === "halted") await cancelAllResting(session);
  journal.write({
    events: [...told, barEvent(session, closed, dayEquity), ...agreed, ...changes],
    point: {
      row,
      book: [...book],
      booked: keeper.booked(),
      population: mind.population(),
      guards: guards.memory,
    },
  });
}
