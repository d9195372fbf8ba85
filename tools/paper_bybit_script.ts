/** One history of two simulated days on the local Bybit server: a failing wire, a session that is also killed. */
import { beginAccount, stepsOf } from "../src/adapters/exchange/bybit/begin_account.ts";
import { bybitExchange } from "../src/adapters/exchange/bybit/bybit_exchange.ts";
import { type SignedClient, signedClient } from "../src/adapters/exchange/bybit/signed_client.ts";
import { openVenueMemory, type VenueMemory } from "../src/adapters/exchange/bybit/venue_memory.ts";
import { rng } from "../src/core/rng.ts";
import { BAR_MS, INSTRUMENTS } from "../src/core/universe.ts";
import { eventsOfType } from "../src/events/event.ts";
import { ExchangeFault } from "../src/live/exchange.ts";
import { DECLARED_GUARDS, startGuards } from "../src/live/guards.ts";
import { memoryJournal } from "../src/live/memory_journal.ts";
import { tradingLoop } from "../src/live/trading_loop.ts";
import { type Panel, slicePanel, truncatePanel } from "../src/market/panel.ts";
import { syntheticMarket } from "../src/market/synthetic/synthetic_market.ts";
import { createAccount } from "../src/simulation/account.ts";
import { bybitServer } from "../tests/live/bybit_server.ts";
import { type Audit, audited } from "./paper_audit.ts";
import { type BybitFault, bybitWire } from "./paper_bybit_wire.ts";
import { Killed, livedThrough, type OneHistory } from "./paper_histories.ts";
import { arenaOf, scriptedMind } from "./paper_mind.ts";

/** Bars of two days. */
export const BYBIT_BARS = 12;
const HISTORY = 60, CASH = 10_000, MINUTE = 60_000;
const COINS = ["BTC", "SOL"], SYMBOLS = COINS.map((coin) => `${coin}USDT`);
const KEYS = { key: "trial-key", secret: "trial-secret" };
const whole = syntheticMarket({ mode: "default", ic: 0, seed: 11, rows: 1000, coins: COINS }).panel;

/** What one history came to. */
export interface BybitReport extends OneHistory {
  /** Executions that the exchange did by itself: stops, funding, fills of what rests. */
  readonly own: number;
  readonly faults: Readonly<Record<BybitFault, number>>;
}

/** How a history is run other than declared. */
export interface BybitOptions {
  /** False for one without faults and kills. */
  readonly failing?: boolean;
  readonly bars?: number;
  /** An error planted in the exchange, once its minute has come. */
  readonly planted?: (server: ReturnType<typeof bybitServer>, minute: number) => void;
}

/** A stretch of the market at the server's time. */
function stretch(seed: number, bars: number, now: number): Panel {
  const start = rng("history", seed).int(whole.rows - HISTORY - bars - 1);
  const cut = slicePanel(whole, start, start + HISTORY + bars);
  const shift = Math.floor(now / BAR_MS) * BAR_MS - cut.openTime[HISTORY]!;
  const openTime = cut.openTime.map((time) => time + shift);
  const instruments = COINS.map((coin) => INSTRUMENTS.find((one) => one.coin === coin)!);
  return truncatePanel({ ...cut, openTime, instruments, firstRow: 0 }, cut.rows);
}

/** Runs one history. */
export async function runBybitHistory(
  seed: number,
  { failing = true, bars = BYBIT_BARS, planted = () => {} }: BybitOptions = {},
): Promise<BybitReport> {
  await using server = bybitServer(KEYS.key, KEYS.secret);
  using memory = openVenueMemory(":memory:");
  const { world } = server, random = rng("bybit history", seed);
  const panel = stretch(seed, bars, world.now), journal = memoryJournal();
  const lots = panel.instruments.map(({ terms }) => terms.at(-1)!.lot);
  const wire = bybitWire(server, rng("bybit faults", seed), (symbol) => lots[SYMBOLS.indexOf(symbol)]!);
  world.now = panel.openTime[HISTORY]! + 500;
  const sleep = (ms: number) => {
    world.now += ms;
    return Promise.resolve();
  };
  if (!failing) await wire.heal();
  const clientOf = () => signedClient(server.address, KEYS, { fetch: wire.fetch, now: wire.now, sleep });
  const first = clientOf();
  await beginAccount(first, SYMBOLS, CASH, memory);
  const steps = await stepsOf(first, SYMBOLS);
  const closeOf = (row: number) => panel.openTime[row]! + BAR_MS;
  const venue = (client: ReturnType<typeof clientOf>) =>
    bybitExchange({ client, symbols: SYMBOLS, steps, memory, now: client.now, closeOf });
  journal.write({
    point: {
      row: HISTORY - 1,
      book: [...createAccount(COINS.length, CASH)],
      booked: 0,
      population: null,
      guards: startGuards(CASH),
    },
  });
  let left = Infinity, own = 0, passed = HISTORY * BAR_MS / MINUTE;

  /** What the exchange does by itself in a minute. */
  const happens = (row: number, minute: number) => {
    planted(server, passed++ - HISTORY * BAR_MS / MINUTE);
    const before = world.executions.length;
    for (const { orderLinkId, orderType, orderStatus, qty } of [...world.orders.values()]) {
      if (orderType !== "Limit" || !["New", "PartiallyFilled"].includes(orderStatus)) continue;
      if (random.uniform() < 0.01) {
        server.fillLimit(orderLinkId, random.uniform() < 0.5 ? Infinity : lotsOf(qty));
      }
    }
    if (random.uniform() < 0.002) server.stopOut(SYMBOLS[random.int(SYMBOLS.length)]!);
    if (minute === 1 && row % 2 === 0) server.fund(0.0001 * (2 * random.uniform() - 1));
    own += world.executions.length - before;
  };
  const lotsOf = (qty: string) =>
    Math.max(...lots) * Math.max(1, Math.floor(Number(qty) / Math.max(...lots) / 2));

  const begin = () => {
    const point = journal.point()!, client = clientOf();
    if (failing) left = 20 + random.int(200);
    const life = tradingLoop({
      id: `b${seed}`,
      mind: scriptedMind(truncatePanel(panel, point.row + 1), seed),
      bars: {
        open: (row) => {
          if (row >= panel.rows) return Promise.resolve(null);
          world.now = Math.max(world.now, panel.openTime[row]! + 500);
          const opens = panel.coins.map(({ open }) => open[row]!);
          SYMBOLS.forEach((symbol, coin) => world.prices[symbol] = opens[coin]!);
          return Promise.resolve(opens);
        },
        close: async (row) => {
          const opened = panel.openTime[row]!;
          const begun = Math.ceil((world.now - opened) / MINUTE);
          for (let minute = begun; minute < BAR_MS / MINUTE; minute++) {
            world.now = Math.max(world.now, opened + minute * MINUTE);
            if (world.now >= opened + BAR_MS) break; // it slept through the rest
            happens(row, minute);
            if (failing) wire.minute();
            await life.tick();
          }
          if (row === panel.rows - 1) {
            await wire.heal();
            await synced(client, sleep); // as any of the session's own calls would
            await life.tick();
          }
          world.now = Math.max(world.now, opened + BAR_MS);
          return slicePanel(panel, row, row + 1);
        },
      },
      exchange: venue(client),
      journal: {
        ...journal,
        write: (entry) => {
          journal.write(entry);
          if (--left <= 0) throw new Killed();
        },
      },
      clock: { now: client.now, wait: sleep },
      limits: { ...DECLARED_GUARDS, staleMinutes: 1e9, drawdown: 0.99, dailyLoss: 0.99 },
      arenaOf,
      asked: () => null,
    });
    return life;
  };
  const { loop, kills } = await livedThrough(begin);
  const healthy = clientOf();
  await healthy.sync();
  const audit = await audited(loop.book(), journal, venue(healthy), COINS, CASH);
  const truth = againstServer(
    server,
    memory,
    journal.events().flatMap((one) => one.type === "order" ? [one] : []),
  );
  const alarms = eventsOfType(journal.events(), "guard").length;
  return {
    ...audit,
    seed,
    lost: audit.lost + truth.lost,
    doubled: audit.doubled + truth.doubled,
    alarms,
    kills,
    own,
    faults: wire.met,
  };
}

/** Sets a client's clock once the exchange may be asked. */
async function synced(client: SignedClient, wait: (ms: number) => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return void await client.sync();
    } catch (error) {
      if (!(error instanceof ExchangeFault)) throw error;
      await wait(15_000);
    }
  }
}

/** What the adapter may hide from an audit that asks it: the server's own executions and orders. */
function againstServer(
  { world }: ReturnType<typeof bybitServer>,
  memory: VenueMemory,
  orders: readonly { readonly clientId: string; readonly quantity: number }[],
): Pick<Audit, "lost" | "doubled"> {
  const unknown = world.executions.filter(({ execId }) => !memory.knows(String(execId))).length;
  const many = memory.executions(0).length - (world.executions.length - unknown);
  const asked = new Map(orders.map(({ clientId, quantity }) => [clientId, Math.abs(quantity)]));
  const doubled =
    [...world.orders.values()].filter(({ orderLinkId, cumExecQty }) =>
      cumExecQty > (asked.get(orderLinkId) ?? 0) + 1e-9
    ).length;
  return { lost: unknown + Math.abs(many), doubled };
}
