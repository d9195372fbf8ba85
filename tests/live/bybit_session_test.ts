/** A session's loop on the local Bybit server under faults, and the bars that it is given. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { bybitClient } from "popagent/adapters/bybit/client.ts";
import { closedPanel, liveBars } from "popagent/adapters/exchange/bybit/live_bars.ts";
import { BAR_MS, INSTRUMENTS } from "popagent/core/universe.ts";
import { eventsOfType } from "popagent/events/event.ts";
import { virtualClock } from "popagent/live/clock.ts";
import { DECLARED_GUARDS, startGuards } from "popagent/live/guards.ts";
import { memoryJournal } from "popagent/live/memory_journal.ts";
import type { Mind } from "popagent/live/mind.ts";
import { tradingLoop } from "popagent/live/trading_loop.ts";
import { appendRows, type Panel, slicePanel, truncatePanel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { createAccount } from "popagent/simulation/account.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { bybitCosts } from "popagent/simulation/costs.ts";
import { LIMITS, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { PLAN, PLAN_WIDTH } from "popagent/simulation/plan.ts";
import { startExchange, trueBar } from "../adapters/bybit/fake_exchange.ts";
import { smallBybit } from "./small_bybit.ts";

const COINS = ["BTC", "SOL"], HISTORY = 60;
/** Conviction of each coin at each close: long, turned round, one flat, all flat. */
const WISHES = [[0.8, 0.5], [-0.6, 0.5], [-0.6, 0], [0, 0]];

const arenaOf = (panel: Panel) =>
  createArena(
    panel,
    { ...bybitCosts, halfSpread: panel.instruments.map(({ halfSpread }) => halfSpread) },
    panel.instruments,
  );

function scripted(panel: Panel): Mind {
  let now = panel;
  return {
    panel: () => now,
    arena: () => arenaOf(now),
    close: (newest) => {
      now = appendRows(now, newest);
      return [];
    },
    trades: () => {
      const { rows } = now, width = COINS.length * PLAN_WIDTH;
      const plan = new Float64Array(rows * width), limits = new Float64Array(rows * LIMITS_WIDTH);
      (WISHES[rows - HISTORY] ?? [0, 0]).forEach((conviction, coin) => {
        const at = (rows - 1) * width + coin * PLAN_WIDTH;
        plan[at + PLAN.conviction] = conviction;
        plan[at + PLAN.leverage] = 2;
        plan[at + PLAN.baseSize] = 0.3;
        plan[at + PLAN.riskPerTrade] = Infinity;
        plan[at + PLAN.stop] = 0.3;
      });
      const from = (rows - 1) * LIMITS_WIDTH;
      const set = {
        maxLeverage: 5,
        maxPosition: 0.5,
        marginBuffer: 0.1,
        dailyLoss: 1,
        maxDrawdown: 1,
        maxGross: 3,
      };
      for (const [name, value] of Object.entries(set)) {
        limits[from + LIMITS[name as keyof typeof set]] = value;
      }
      const mandate = {
        plan: { rows, coins: COINS.length, values: plan },
        limits: { rows, values: limits },
      };
      return { mandate, adopts: false, iteration: 0, team: [] };
    },
    population: () => null,
    research: () => [],
  };
}

Deno.test("four bars on the server with answers lost, requests lost, limits and partial fills: no order twice, books to the cent", async () => {
  await using bybit = await smallBybit({ patience: 250 });
  const { exchange, server, world } = bybit;
  const whole = syntheticMarket({ mode: "default", ic: 0, seed: 11, rows: 200, coins: COINS }).panel;
  const cut = slicePanel(whole, 0, HISTORY + WISHES.length);
  const shift = Math.floor(world.now / BAR_MS) * BAR_MS - cut.openTime[HISTORY]!; // the server's time is the bars'
  const panel = truncatePanel(
    { ...cut, openTime: cut.openTime.map((time) => time + shift), instruments: terms() },
    cut.rows,
  );
  const journal = memoryJournal();
  const book = [...createAccount(COINS.length, 10_000)];
  journal.write({
    point: { row: HISTORY - 1, book, booked: 0, population: null, guards: startGuards(10_000) },
  });
  const create = "/v5/order/create";
  const clock = {
    now: () => world.now,
    wait: (ms: number) => {
      world.now += ms;
      return Promise.resolve();
    },
  };
  const loop = tradingLoop({
    id: "t",
    mind: scripted(truncatePanel(panel, HISTORY)),
    bars: {
      open: (row) => {
        if (row >= panel.rows) return Promise.resolve(null);
        world.now = Math.max(world.now, panel.openTime[row]! + 500);
        const opens = panel.coins.map(({ open }) => open[row]!);
        ["BTCUSDT", "SOLUSDT"].forEach((symbol, coin) => world.prices[symbol] = opens[coin]!);
        if (row === HISTORY) {
          world.faults.push({ path: create, fault: "answerLost" }, { path: create, fault: "lost" });
        }
        if (row === HISTORY + 1) {
          world.faults.push({ path: create, fault: "10006" }, { path: "/v5/order/realtime", fault: "502" });
        }
        if (row === HISTORY + 2) world.depth = 10; // of SOL: less than is held
        if (row === HISTORY + 3) world.depth = Infinity;
        return Promise.resolve(opens);
      },
      close: (row) => {
        world.now = panel.openTime[row]! + BAR_MS;
        return Promise.resolve(slicePanel(panel, row, row + 1));
      },
    },
    exchange,
    journal,
    clock,
    limits: { ...DECLARED_GUARDS, staleMinutes: 1e9 },
    arenaOf,
    asked: () => null,
  });
  while (await loop.bar());
  const events = journal.events();
  const agreed = eventsOfType(events, "reconciliation");
  assert.equal(agreed.length, WISHES.length);
  assert.deepEqual(agreed.flatMap(({ differences }) => differences), []);
  assert.deepEqual(journal.open(), [], "every order ended");
  const orders = [...world.orders.keys()];
  // opens of both coins; BTC turned round: close and open; SOL in part; what is left of SOL, and BTC
  assert.deepEqual(orders, ["t-60-0i", "t-60-1i", "t-61-0c", "t-61-0o", "t-62-1c", "t-63-0c", "t-63-1c"]);
  assert.equal(world.orders.get("t-62-1c")!.orderStatus, "Cancelled");
  assert.equal(server.count(create, 110072), 0, "nothing that was taken is asked for again");
  assert.equal(eventsOfType(events, "fill").length, world.executions.length);
  assert.deepEqual((await exchange.holdings()).positions.map(({ quantity }) => quantity), [0, 0]);
});

/** The declared instruments of the coins, with the server's steps. */
function terms() {
  return COINS.map((coin) => INSTRUMENTS.find((one) => one.coin === coin)!);
}

Deno.test("live bars: history up to the last close, an open while it runs, the whole bar once it has closed", async () => {
  const folder = await Deno.makeTempDir();
  const opened = Date.UTC(2025, 5, 2, 8), clock = virtualClock(opened + 3_600_000);
  await using venue = startExchange({
    get now() {
      return clock.now();
    },
    listed: Date.UTC(2025, 0, 1),
  });
  try {
    const market = {
      client: bybitClient(venue.url, {
        fetch: (url, init) => fetch(url, init),
        now: clock.now,
        sleep: clock.wait,
        onWait: () => {},
      }),
      folder: join(folder, "bars"),
      coins: COINS,
      instruments: [],
      clock,
    };
    const panel = await closedPanel(market, 9);
    assert.equal(panel.rows, 9);
    assert.equal(panel.openTime.at(-1), opened - BAR_MS, "the bar that runs is not in it");
    let inside = 0;
    const bars = liveBars(market, panel, () => {
      inside++;
      return Promise.resolve();
    });
    const truth = (time: number) => COINS.map((coin) => trueBar(`${coin}USDT`, time).last.map(Number));
    assert.deepEqual(await bars.open(8), panel.coins.map(({ open }) => open[8]), "one that was missed");
    assert.deepEqual(await bars.open(9), truth(opened).map(([open]) => open));
    assert.equal(clock.now(), opened + 3_600_000, "no time went by");
    const bar = await bars.close(9);
    assert.deepEqual([bar.rows, bar.openTime[0]], [1, opened]);
    assert.deepEqual(bar.coins.map(({ close }) => close[0]), truth(opened).map((one) => one[3]));
    assert.ok(clock.now() >= opened + BAR_MS, "never before it closes");
    assert.equal(inside, 180, "once a minute of the three hours");
    assert.deepEqual(await bars.open(10), truth(opened + BAR_MS).map(([open]) => open));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
