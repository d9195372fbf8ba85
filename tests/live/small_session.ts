import { createDesk } from "popagent/experiments/market.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { virtualClock } from "popagent/live/clock.ts";
import { DECLARED_GUARDS, type GuardLimits, startGuards } from "popagent/live/guards.ts";
import type { Journal } from "popagent/live/journal.ts";
import { memoryJournal } from "popagent/live/memory_journal.ts";
import { learnedFrom, populationMind } from "popagent/live/mind.ts";
import { replayBars } from "popagent/live/replay.ts";
import { type ExchangeState, simulatedExchange, startExchange } from "popagent/live/simulated_exchange.ts";
import { tradingLoop } from "popagent/live/trading_loop.ts";
import { type Panel, truncatePanel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { createAccount } from "popagent/simulation/account.ts";
import { populationConfig } from "../run_config.ts";

/** Decisions at rows 419, 437, 455 ...; three agents per role. */
export function sessionConfig(
  deploy: "champion" | "committee" | "mirrored" = "champion",
): PopulationRunConfig {
  return populationConfig({
    seed: 3,
    clock: { firstDecision: 419, stepRows: 18 },
    population: {
      size: 3,
      transferEvery: 1,
      transferTau: .4,
      committeeShare: 5 / 81,
      credit: "shapley",
      creditMemory: 0,
      deploy,
    },
  });
}

export const HISTORY = 420;
export const market: Panel = syntheticMarket({ mode: "planted", ic: 0.1, seed: 4, rows: 480 }).panel;
export const MEMO = 256 * 2 ** 20;

export interface SmallSession {
  readonly config: PopulationRunConfig;
  readonly panel?: Panel;
  readonly journal?: Journal;
  readonly exchange?: ExchangeState;
  readonly save?: (state: ExchangeState) => void;
  readonly limits?: GuardLimits;
  readonly until?: number;
}

/** A session on the simulated exchange, taken up at its journal's point or begun at `HISTORY`. */
export function smallSession(
  {
    config,
    panel = market,
    journal = memoryJournal(),
    exchange: state,
    save,
    limits = DECLARED_GUARDS,
    until,
  }: SmallSession,
) {
  const iterations = 10;
  const coins = panel.coins.length;
  if (journal.point() === null) {
    const history = truncatePanel(panel, HISTORY);
    const learned = learnedFrom({ config, iterations, panel: history, memoBytes: MEMO });
    journal.write({
      events: learned.events,
      point: {
        row: HISTORY - 1,
        book: [...createAccount(coins, config.startingEquity)],
        booked: 0,
        population: learned.state,
        guards: startGuards(config.startingEquity),
      },
    });
  }
  const point = journal.point()!;
  const mind = populationMind({
    config,
    iterations,
    panel: truncatePanel(panel, point.row + 1),
    state: point.population!,
    memoBytes: MEMO,
  });
  const clock = virtualClock(panel.openTime[point.row]!);
  const { arena } = createDesk(panel, config, MEMO);
  const exchange = simulatedExchange(
    { arena, openTime: panel.openTime, now: clock.now, ...(save ? { save } : {}) },
    state ?? startExchange(coins, config.startingEquity, HISTORY),
  );
  const loop = tradingLoop({
    id: "t",
    mind,
    bars: replayBars(panel, exchange, clock, until),
    exchange,
    journal,
    clock,
    limits,
    arenaOf: (one) => createDesk(one, config, 0).arena,
    asked: () => null,
  });
  return { loop, mind, journal, exchange, clock };
}
