import { virtualClock } from "popagent/live/clock.ts";
import type { Exchange } from "popagent/live/exchange.ts";
import { DECLARED_GUARDS, type GuardLimits, type GuardState, startGuards } from "popagent/live/guards.ts";
import { memoryJournal } from "popagent/live/memory_journal.ts";
import type { Mind } from "popagent/live/mind.ts";
import { replayBars } from "popagent/live/replay.ts";
import { simulatedExchange } from "popagent/live/simulated_exchange.ts";
import { startExchange } from "popagent/live/simulated_state.ts";
import { tradingLoop } from "popagent/live/trading_loop.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import { createAccount } from "popagent/simulation/account.ts";
import { arenaOf, COINS, scriptedMind, whole } from "../../tools/paper_mind.ts";

export const START = 60, CASH = 10_000;

/** A session whose decisions a script makes: cheap, and other orders at every bar. Its first bar is `START`. */
export function scriptedSession(
  through: (exchange: Exchange, row: () => number) => Exchange,
  limits: Partial<GuardLimits> = {},
  asked: () => GuardState | null = () => null,
  thinking: (mind: Mind) => Mind = (mind) => mind,
) {
  const journal = memoryJournal(), clock = virtualClock(whole.openTime[START - 1]!);
  const venue = simulatedExchange(
    { arena: arenaOf(whole), openTime: whole.openTime, now: clock.now },
    startExchange(COINS.length, CASH, START),
  );
  journal.write({
    point: {
      row: START - 1,
      book: [...createAccount(COINS.length, CASH)],
      booked: 0,
      population: null,
      guards: startGuards(CASH),
    },
  });
  const take = () =>
    tradingLoop({
      id: "s",
      mind: thinking(scriptedMind(truncatePanel(whole, journal.point()!.row + 1), 1)),
      bars: replayBars(whole, venue, clock),
      exchange: through(venue, venue.row),
      journal,
      clock,
      limits: { ...DECLARED_GUARDS, ...limits },
      arenaOf,
      asked,
    });
  return { journal, venue, take };
}
