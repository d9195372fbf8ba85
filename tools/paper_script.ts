/** One history of two simulated weeks: scripted decisions, a failing exchange, a session that is also killed. */
import { rng } from "../src/core/rng.ts";
import { BAR_MS, INSTRUMENTS } from "../src/core/universe.ts";
import { virtualClock } from "../src/live/clock.ts";
import { CENT, differencesOf } from "../src/live/reconcile.ts";
import { DECLARED_GUARDS, startGuards } from "../src/live/guards.ts";
import { memoryJournal } from "../src/live/memory_journal.ts";
import type { Mind } from "../src/live/mind.ts";
import { FINAL } from "../src/live/order_states.ts";
import { replayBars } from "../src/live/replay.ts";
import { simulatedExchange } from "../src/live/simulated_exchange.ts";
import { startExchange } from "../src/live/simulated_state.ts";
import { tradingLoop } from "../src/live/trading_loop.ts";
import { appendRows, type Panel, slicePanel, truncatePanel } from "../src/market/panel.ts";
import { syntheticMarket } from "../src/market/synthetic/synthetic_market.ts";
import { ACCOUNT, createAccount, POSITION, positionIndex, readAccount } from "../src/simulation/account.ts";
import { createArena } from "../src/simulation/arena.ts";
import { bybitCosts } from "../src/simulation/costs.ts";
import { LIMITS, LIMITS_WIDTH } from "../src/simulation/limits.ts";
import { PLAN, PLAN_WIDTH } from "../src/simulation/plan.ts";
import { type FaultName, FAULTS, faultyExchange } from "./paper_faults.ts";

const COINS = ["BTC", "ETH", "SOL"], HISTORY = 60, BARS = 84, MINUTE = 60_000;
const CASH = 10_000;

/** What one history came to. */
export interface HistoryReport {
  readonly seed: number;
  readonly orders: number;
  readonly fills: number;
  /** Executions that the exchange has and the books have not, or the other way round. */
  readonly lost: number;
  /** Orders of which the exchange executed more than the session asked for. */
  readonly doubled: number;
  /** Orders whose journal did not end, or ends otherwise than the exchange says. */
  readonly unsettled: number;
  /** Cash by the executions alone less the book's, USDT. */
  readonly cents: number;
  /** What differs from the exchange's own word at the end. */
  readonly differences: readonly string[];
  readonly kills: number;
  readonly faults: Readonly<Record<FaultName, number>>;
}

const whole = syntheticMarket({ mode: "default", ic: 0, seed: 11, rows: 1000, coins: COINS }).panel;
const instruments = INSTRUMENTS.filter(({ coin }) => COINS.includes(coin));

const arenaOf = (panel: Panel) =>
  createArena(
    panel,
    { ...bybitCosts, halfSpread: panel.instruments.map(({ halfSpread }) => halfSpread) },
    panel.instruments,
  );

/** Wishes that change at every bar: now and then flat, reduced, turned round, or as a limit order. */
function scriptedMind(panel: Panel, seed: number): Mind {
  let now = panel;
  let arena = arenaOf(now);
  return {
    panel: () => now,
    arena: () => arena,
    close: (newest) => {
      now = appendRows(now, newest);
      arena = arenaOf(now);
      return [];
    },
    trades: () => {
      const rows = now.rows, row = rows - 1;
      const plan = new Float64Array(rows * COINS.length * PLAN_WIDTH),
        limits = new Float64Array(rows * LIMITS_WIDTH);
      for (let coin = 0; coin < COINS.length; coin++) {
        const random = rng("wish", seed, row, coin), at = (row * COINS.length + coin) * PLAN_WIDTH;
        const drawn = random.uniform();
        plan[at + PLAN.conviction] = drawn < 0.15 ? 0 : 2 * random.uniform() - 1;
        plan[at + PLAN.leverage] = 1 + random.int(4);
        plan[at + PLAN.baseSize] = 0.3;
        plan[at + PLAN.riskPerTrade] = Infinity;
        plan[at + PLAN.stop] = random.uniform() < 0.5 ? 0.03 : 0;
        plan[at + PLAN.target] = random.uniform() < 0.3 ? 0.02 : 0;
        if (random.uniform() < 0.3) {
          plan[at + PLAN.limitOffset] = 0.004;
          plan[at + PLAN.limitRows] = 1 + random.int(3);
        }
      }
      const from = row * LIMITS_WIDTH;
      limits[from + LIMITS.maxLeverage] = 5;
      limits[from + LIMITS.maxPosition] = 0.5;
      limits[from + LIMITS.marginBuffer] = 0.1;
      limits[from + LIMITS.dailyLoss] = 1;
      limits[from + LIMITS.maxDrawdown] = 1;
      limits[from + LIMITS.maxGross] = 3;
      return {
        mandate: {
          plan: { rows, coins: COINS.length, values: plan },
          limits: { rows, values: limits },
        },
        adopts: row % 9 === 0,
        iteration: 0,
        team: [],
      };
    },
    population: () => null,
    research: () => [],
  };
}

/** Stands for the end of the process. */
class Killed extends Error {}

/** Runs one history. @param failing False for one without faults, against which trials are checked. */
export async function runHistory(seed: number, failing = true): Promise<HistoryReport> {
  const random = rng("history", seed);
  const start = random.int(whole.rows - HISTORY - BARS - 2);
  const cut = slicePanel(whole, start, start + HISTORY + BARS + 2);
  const panel = truncatePanel({ ...cut, firstRow: 0 }, cut.rows);
  const journal = memoryJournal();
  const clock = virtualClock(panel.openTime[HISTORY - 1]!);
  const venue = simulatedExchange(
    { arena: arenaOf(panel), openTime: panel.openTime, now: clock.now },
    startExchange(COINS.length, CASH, HISTORY),
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
  const until = HISTORY + BARS;
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
      exchange: failing ? exchange : venue,
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
  return await audited(seed, loop.book(), journal, venue, exchange, kills);
}

/** Compares what was booked with what the exchange did, by its executions alone. */
async function audited(
  seed: number,
  book: readonly number[],
  journal: ReturnType<typeof memoryJournal>,
  venue: ReturnType<typeof simulatedExchange>,
  exchange: ReturnType<typeof faultyExchange>,
  kills: number,
): Promise<HistoryReport> {
  const executions = await venue.executions(0);
  const fills = journal.events().filter((one) => one.type === "fill");
  const booked = new Map(fills.map((one) => [one.sequence, one]));
  const lost = executions.filter((one) => {
    const own = booked.get(one.sequence);
    return own === undefined || own.quantity !== one.quantity || own.price !== one.price;
  }).length + fills.length - booked.size + Math.max(0, booked.size - executions.length);

  const ids = [...new Set(journal.events().flatMap((one) => one.type === "order" ? [one.clientId] : []))];
  let doubled = 0, unsettled = 0;
  for (const clientId of ids) {
    const record = journal.order(clientId)!;
    const done = executions.filter((one) => one.clientId === clientId);
    const filled = Math.abs(done.reduce((sum, { quantity }) => sum + quantity, 0));
    if (filled > Math.abs(record.order.quantity) + 1e-9) doubled++;
    const resting = record.order.price !== null && record.state === "accepted";
    if (!(FINAL.includes(record.state) || resting) || Math.abs(record.filled - filled) > 1e-9) unsettled++;
  }
  const account = readAccount(book);
  // cash again, from trades alone: what was paid and got, less what the open positions cost
  const cash = executions.reduce(
    (sum, one) => one.kind === "funding" ? sum - one.paid : sum - one.quantity * one.price - one.fee,
    CASH,
  );
  const open = COINS.reduce((sum, _, coin) => {
    const at = positionIndex(coin);
    return sum + account[at + POSITION.quantity]! * account[at + POSITION.entry]!;
  }, 0);
  const resting = journal.open().filter(({ order }) => order.price !== null).map(({ order }) =>
    order.clientId
  );
  const differences = differencesOf(account, COINS, resting, await venue.holdings());
  return {
    seed,
    orders: ids.length,
    fills: fills.length,
    lost,
    doubled,
    unsettled,
    cents: Math.abs(cash + open - account[ACCOUNT.cash]!) < CENT ? 0 : cash + open - account[ACCOUNT.cash]!,
    differences: differences.map(({ what, name, booked: own, exchange: its }) =>
      `${what} ${name}: ${own} not ${its}`
    ),
    kills,
    faults: exchange.met,
  };
}

/** Adds the faults of histories up. */
export function faultsOf(reports: readonly HistoryReport[]): Record<FaultName, number> {
  return Object.fromEntries(
    FAULTS.map((name) => [name, reports.reduce((sum, { faults }) => sum + faults[name], 0)]),
  ) as Record<FaultName, number>;
}
