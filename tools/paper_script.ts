/** One history of two simulated weeks: a failing exchange, a session that is also killed. */
import { rng } from "../src/core/rng.ts";
import { BAR_MS } from "../src/core/universe.ts";
import { eventsOfType } from "../src/events/event.ts";
import { virtualClock } from "../src/live/clock.ts";
import type { Exchange } from "../src/live/exchange.ts";
import { DECLARED_GUARDS, startGuards } from "../src/live/guards.ts";
import type { SessionPoint } from "../src/live/journal.ts";
import { memoryJournal } from "../src/live/memory_journal.ts";
import type { Mind } from "../src/live/mind.ts";
import { replayBars } from "../src/live/replay.ts";
import { type SimulatedExchange, simulatedExchange } from "../src/live/simulated_exchange.ts";
import { startExchange } from "../src/live/simulated_state.ts";
import { tradingLoop } from "../src/live/trading_loop.ts";
import { type Panel, slicePanel, truncatePanel } from "../src/market/panel.ts";
import type { PopulationState } from "../src/population/state.ts";
import { createAccount } from "../src/simulation/account.ts";
import type { Arena } from "../src/simulation/arena.ts";
import { audited } from "./paper_audit.ts";
import { type FaultName, FAULTS, faultyExchange } from "./paper_faults.ts";
import { Killed, livedThrough, type OneHistory } from "./paper_histories.ts";
import { arenaOf, scriptedMind, whole } from "./paper_mind.ts";

/** Bars of two weeks. */
export const BARS = 84;
const HISTORY = 60, MINUTE = 60_000;
const CASH = 10_000;

/** What one history came to. */
export interface HistoryReport extends OneHistory {
  readonly faults: Readonly<Record<FaultName, number>>;
}

/** Who trades a history, and which. */
export interface Trader {
  /** History and all bars that may be traded. */
  readonly panel: Panel;
  /** Rows that had closed before the first order. */
  readonly history: number;
  /** USDT at the start. */
  readonly cash: number;
  readonly arenaOf: (panel: Panel) => Arena;
  /** What it has learned from the history; null of a script. */
  readonly population: PopulationState | null;
  /** Its mind, taken up at a point of the session. */
  readonly mindAt: (point: SessionPoint) => Mind;
}

/** How a history is run other than declared. */
export interface HistoryOptions {
  /** False for one without faults and kills. */
  readonly failing?: boolean;
  /** Who trades; a script unless given. */
  readonly trader?: Trader;
  /** Bars that are traded; two weeks unless given. */
  readonly bars?: number;
  /** An error planted in the exchange itself, which the audit hears too. */
  readonly beneath?: (venue: SimulatedExchange) => SimulatedExchange;
  /** An error planted between exchange and session, of which the audit knows nothing. */
  readonly between?: (exchange: Exchange) => Exchange;
}

/** Runs one history. */
export async function runHistory(
  seed: number,
  {
    trader = scripted(seed),
    failing = true,
    bars: many = BARS,
    beneath = (one) => one,
    between = (one) => one,
  }: HistoryOptions = {},
): Promise<HistoryReport> {
  const random = rng("kills", seed);
  const { panel, history, cash, arenaOf, population, mindAt } = trader;
  const names = panel.coins.map(({ coin }) => coin);
  const journal = memoryJournal();
  const clock = virtualClock(panel.openTime[history - 1]!);
  const venue = beneath(
    simulatedExchange(
      { arena: arenaOf(panel), openTime: panel.openTime, now: clock.now },
      startExchange(names.length, cash, history),
    ),
  );
  const units = panel.instruments.map(({ terms }) => 1 / terms.at(-1)!.lot);
  const exchange = faultyExchange(venue, clock, rng("faults", seed), (coin) => units[coin]!);
  journal.write({
    point: {
      row: history - 1,
      book: [...createAccount(names.length, cash)],
      booked: 0,
      population,
      guards: startGuards(cash),
    },
  });
  const until = history + many;
  let left = Infinity;
  const begin = () => {
    const point = journal.point()!;
    if (failing) left = 40 + random.int(400);
    const die = () => {
      if (--left <= 0) throw new Killed();
    };
    const bars = replayBars(panel, venue, clock, until);
    const loop = tradingLoop({
      id: `h${seed}`,
      mind: mindAt(point),
      bars: {
        open: (row) => bars.open(row),
        // the minutes of the bar go by between its open and its close
        close: async (row) => {
          const opened = panel.openTime[row]!;
          for (let minute = Math.ceil((clock.now() - opened) / MINUTE); minute < BAR_MS / MINUTE; minute++) {
            clock.to(opened + minute * MINUTE);
            if (failing) exchange.minute();
            await loop.tick();
          }
          if (row === until - 1) {
            exchange.heal(); // what is late arrives: the last close must hear what happened before it
            await loop.tick();
          }
          return await bars.close(row);
        },
      },
      exchange: between(failing ? exchange : venue),
      journal: {
        ...journal,
        write: (entry) => {
          journal.write(entry);
          die();
        },
      },
      clock,
      limits: { ...DECLARED_GUARDS, staleMinutes: 1e9, drawdown: 0.99, dailyLoss: 0.99 },
      arenaOf,
      asked: () => null,
    });
    return loop;
  };
  const { loop, kills } = await livedThrough(begin);
  const audit = await audited(loop.book(), journal, venue, names, cash);
  const alarms = eventsOfType(journal.events(), "guard").length;
  return { seed, ...audit, alarms, kills, faults: exchange.met };
}

/** A script on a stretch of the scripted market. */
function scripted(seed: number): Trader {
  const start = rng("history", seed).int(whole.rows - HISTORY - BARS - 2);
  const cut = slicePanel(whole, start, start + HISTORY + BARS + 2);
  const panel = truncatePanel({ ...cut, firstRow: 0 }, cut.rows);
  return {
    panel,
    history: HISTORY,
    cash: CASH,
    arenaOf,
    population: null,
    mindAt: ({ row }) => scriptedMind(truncatePanel(panel, row + 1), seed),
  };
}

/** Adds the faults of histories up. */
export function faultsOf(reports: readonly HistoryReport[]): Record<FaultName, number> {
  return Object.fromEntries(
    FAULTS.map((name) => [name, reports.reduce((sum, { faults }) => sum + faults[name], 0)]),
  ) as Record<FaultName, number>;
}
