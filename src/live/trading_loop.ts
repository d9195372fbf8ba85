/** One session on one exchange, bar by bar: orders at the open, books at the close, a point to go on from after each. */
import { closeBar } from "./close_bar.ts";
import { openBar } from "./open_bar.ts";
import { reconcileAtStart } from "./reconciliation.ts";
import { cancelAllResting, followResting } from "./resting_orders.ts";
import { hear, type RunningSession, runningSession } from "./running_session.ts";
import type { SessionParts } from "./session_parts.ts";

/** A session under way. */
export interface TradingLoop {
  /** One bar: orders at its open, books at its close. @returns False where there are no more bars. */
  bar(): Promise<boolean>;
  /** Inside a bar: looks up what is not final, books what has happened, hears who asks for a halt. */
  tick(): Promise<void>;
  /** The book as it stands. */
  book(): readonly number[];
  /** The newest closed bar that is booked. */
  row(): number;
}

/** Takes a session up at the journal's newest point. @throws {RangeError} If there is none. */
export function tradingLoop(parts: SessionParts): TradingLoop {
  const session = runningSession(parts);
  const { bars, book } = session;
  let started = false;
  return {
    bar: async () => {
      const opens = await bars.open(session.row + 1);
      if (opens === null) return false;
      if (!started) await reconcileAtStart(session);
      started = true;
      await openBar(session, opens);
      await closeBar(session, await bars.close(session.row + 1));
      return true;
    },
    tick: () => tick(session),
    book: () => [...book],
    row: () => session.row,
  };
}

async function tick(session: RunningSession): Promise<void> {
  hear(session);
  if (session.current === null) return;
  const { desk, keeper, clock, guards, current: { loop, open, until } } = session;
  await desk.resolve(until);
  await keeper.settle(loop, open, Math.min(until, clock.now()), true);
  if (guards.memory.state === "halted") await cancelAllResting(session);
  followResting(session);
}
