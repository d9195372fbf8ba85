/** One history of two simulated weeks: scripted decisions, a failing exchange, a session that is also killed. */
import { rng } from "../src/core/rng.ts";
import { BAR_MS } from "../src/core/universe.ts";
import { virtualClock } from "../src/live/clock.ts";
import type { Exchange } from "../src/live/exchange.ts";
import { DECLARED_GUARDS, startGuards } from "../src/live/guards.ts";
import { memoryJournal } from "../src/live/memory_journal.ts";
import { replayBars } from "../src/live/replay.ts";
import { type SimulatedExchange, simulatedExchange } from "../src/live/simulated_exchange.ts";
import { startExchange } from "../src/live/simulated_state.ts";
import { tradingLoop } from "../src/live/trading_loop.ts";
import { slicePanel, truncatePanel } from "../src/market/panel.ts";
import { createAccount } from "../src/simulation/account.ts";
import { type Audit, audited } from "./paper_audit.ts";
import { type FaultName, FAULTS, faultyExchange } from "./paper_faults.ts";
import { arenaOf, COINS, instruments, scriptedMind, whole } from "./paper_mind.ts";

const HISTORY = 60, BARS = 84, MINUTE = 60_000;
const CASH = 10_000;

/** What one history came to. */
export interface HistoryReport extends Audit {
  readonly seed: number;
  readonly kills: number;
  readonly faults: Readonly<Record<FaultName, number>>;
}

/** How a history is run other than declared. */
export interface HistoryOptions {
  /** False for one without faults and kills. */
  readonly failing?: boolean;
  /** Bars that are traded; two weeks unless given. */
  readonly bars?: number;
  /** An error planted in the exchange itself, which the audit hears too. */
  readonly beneath?: (venue: SimulatedExchange) => SimulatedExchange;
  /** An error planted between exchange and session, of which the audit knows nothing. */
  readonly between?: (exchange: Exchange) => Exchange;
}

/** Stands for the end of the process. */
class Killed extends Error {}

/** Runs one history. */
export async function runHistory(
  seed: number,
  { failing = true, bars: many = BARS, beneath = (one) => one, between = (one) => one }: HistoryOptions = {},
): Promise<HistoryReport> {
  const random = rng("history", seed);
  const start = random.int(whole.rows - HISTORY - BARS - 2);
  const cut = slicePanel(whole, start, start + HISTORY + BARS + 2);
  const panel = truncatePanel({ ...cut, firstRow: 0 }, cut.rows);
  const journal = memoryJournal();
  const clock = virtualClock(panel.openTime[HISTORY - 1]!);
  const venue = beneath(
    simulatedExchange(
      { arena: arenaOf(panel), openTime: panel.openTime, now: clock.now },
      startExchange(COINS.length, CASH, HISTORY),
    ),
  );
  const units = instruments.map(({ terms }) => 1 / terms.at(-1)!.lot);
  const exchange = faultyExchange(venue, clock, rng("faults", seed), (coin) => units[coin]!);
  journal.write({
    point: {
      row: HISTORY - 1,
      book: [...createAccount(COINS.length, CASH)],
      booked: 0,
      population: null,
      guards: startGuards(CASH),
    },
  });
  const until = HISTORY + many;
  let left = Infinity, kills = 0;
  const begin = () => {
    const point = journal.point()!;
    if (failing) left = 40 + random.int(400);
    const die = () => {
      if (--left <= 0) throw new Killed();
    };
    const bars = replayBars(panel, venue, clock, until);
    const loop = tradingLoop({
      id: `h${seed}`,
      mind: scriptedMind(truncatePanel(panel, point.row + 1), seed),
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
  let loop = begin();
  for (;;) {
    try {
      if (!await loop.bar()) break;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      kills++;
      loop = begin();
    }
  }
  const audit = await audited(loop.book(), journal, venue, COINS, CASH);
  return { seed, ...audit, kills, faults: exchange.met };
}

/** Adds the faults of histories up. */
export function faultsOf(reports: readonly HistoryReport[]): Record<FaultName, number> {
  return Object.fromEntries(
    FAULTS.map((name) => [name, reports.reduce((sum, { faults }) => sum + faults[name], 0)]),
  ) as Record<FaultName, number>;
}
