/** One session on one exchange, bar by bar: orders at the open, books at the close, a point to go on from after each. */
import type { EventOf, RecordedEvent } from "../events/event.ts";
import { isDayStart } from "../core/time.ts";
import { BAR_MS } from "../core/universe.ts";
import type { Panel } from "../market/panel.ts";
import { ACCOUNT, POSITION, positionIndex, readAccount } from "../simulation/account.ts";
import type { Arena } from "../simulation/arena.ts";
import { decide } from "../simulation/decision.ts";
import { markAtClose } from "../simulation/event_loop.ts";
import { createLoop, type Loop } from "../simulation/loop.ts";
import { adoptPositions } from "../simulation/orders.ts";
import { cancelResting } from "../simulation/position.ts";
import { type Bookkeeper, bookkeeper } from "./bookkeeper.ts";
import type { Clock } from "./clock.ts";
import { type Exchange, mend, type Order } from "./exchange.ts";
import { withFormingBar } from "./forming_bar.ts";
import { guardAsked, type GuardLimits, guardsAtClose, type GuardState } from "./guards.ts";
import { enlarging, type Intent, type IntentParts, reducing, resting } from "./intents.ts";
import type { Journal } from "./journal.ts";
import type { Mind } from "./mind.ts";
import { orderDesk } from "./order_desk.ts";
import { FINAL } from "./order_states.ts";
import { differencesOf } from "./reconcile.ts";

const A = ACCOUNT, P = POSITION;

/** How often, and ms apart, the exchange is asked at an open before it gets no order: ten minutes. */
const MOST_TRIES = 40, TRY_MS = 15_000;

/** Where bars come from. */
export interface Bars {
  /** Opens of the bar under way, [coin]; waits for it. Null where there are no more. */
  open(row: number): Promise<readonly number[] | null>;
  /** The bar once it has closed, one row; waits for it. */
  close(row: number): Promise<Panel>;
}

/** What a session is made of. */
export interface SessionParts {
  /** Part of every client id: at most 16 of [A-Za-z0-9]. */
  readonly id: string;
  readonly mind: Mind;
  readonly bars: Bars;
  readonly exchange: Exchange;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly limits: GuardLimits;
  /** How an arena is made of a panel: costs and rules of the account. */
  readonly arenaOf: (panel: Panel) => Arena;
  /** What somebody asks for, by command, file or signal; null where nobody does. May say the same again. */
  readonly asked: () => GuardState | null;
}

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
  const { id, mind, bars, exchange, journal, clock, limits, arenaOf, asked } = parts;
  const point = journal.point();
  if (point === null) {
    throw new RangeError("Cannot take a session up as its journal must hold a point: it is empty");
  }
  const book = readAccount(point.book);
  const coins = mind.panel().coins.map(({ coin }) => coin);
  const guards = { memory: point.guards };
  const desk = orderDesk({ exchange, journal, clock, coins, limits, guards });
  const keeper: Bookkeeper = bookkeeper({
    exchange,
    journal,
    coins,
    booked: point.booked,
    since: point.row,
    isSecondHalf: (clientId) => clientId.endsWith("o"),
  });
  let row = point.row;

  const restingIds = () => journal.open().filter(({ order }) => order.price !== null);
  /** A limit order that is final rests in no book. */
  const followResting = () => {
    for (let coin = 0; coin < coins.length; coin++) {
      const at = positionIndex(coin);
      if (book[at + P.restingQuantity] === 0) continue;
      if (!restingIds().some(({ order }) => order.coin === coin)) cancelResting(book, at);
    }
  };

  /** What somebody asked for counts at once. */
  const hear = () => {
    const from = guards.memory.state, said = asked();
    const { memory, breach } = said === null
      ? { memory: guards.memory, breach: null }
      : guardAsked(guards.memory, said);
    guards.memory = memory;
    if (breach !== null) {
      journal.write({ events: [{ type: "guard", time: clock.now(), row, from, ...breach }] });
    }
  };

  const openBar = async (opens: readonly number[]): Promise<void> => {
    hear();
    const trades = mind.trades();
    if (trades === null) return;
    const open = row + 1;
    const arena = arenaOf(withFormingBar(mind.panel(), opens));
    const opened = mind.panel().openTime.at(-1)! + BAR_MS;
    const { plan, limits: risk } = trades.mandate;
    const loop: Loop = createLoop(book, arena, plan, risk, null);
    const until = opened + BAR_MS;
    current = { loop, open, until };
    if (trades.adopts) {
      for (let coin = 0; coin < coins.length; coin++) cancelResting(book, positionIndex(coin));
    }
    decide(loop, row);
    await keeper.settle(loop, open, until); // funding on what is carried in
    if (trades.adopts) adoptPositions(loop, open);
    const worths = coins.map((_, coin) => Math.abs(book[positionIndex(coin) + P.quantity]!) * opens[coin]!);
    const intents: IntentParts = {
      loop,
      row: open,
      opens,
      worths,
      ask: (coin, direction, worth) => exchange.quote(coin, direction, worth),
      idOf: (coin, leg) => `${id}-${open}-${coin}${leg}`,
      known: (clientId) => journal.order(clientId)?.order ?? null,
    };
    for (const make of [reducing, enlarging]) {
      for (let coin = 0; coin < coins.length; coin++) {
        const intent = await patiently(() => make(intents, coin));
        if (intent !== null) await placeAndBook(loop, open, intent, until);
      }
    }
    if (trades.adopts) await protectAll(); // last, so that a bar that is gone through again ends alike
    await keepResting(intents, until);
  };

  /** Does something at the exchange, again while it is not answered; null if it never is. */
  const patiently = async <Value>(ask: () => Promise<Value>): Promise<Value | null> => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      try {
        return await ask();
      } catch (error) {
        await mend(exchange, error);
        await clock.wait(TRY_MS);
      }
    }
    return null;
  };
  const placeAndBook = async (loop: Loop, open: number, { order, quote }: Intent, until: number) => {
    keeper.admit(order.clientId);
    const fill = quote?.fill ?? NaN; // one that was made before is not judged again
    const record = await desk.place(order, row, view(order, Math.abs(order.quantity) * fill, fill), until);
    for (let tries = 0; tries < 5; tries++) {
      const heard = await keeper.settle(loop, open, until);
      if (heard && keeper.filledOf(order.clientId) >= record.filled - 1e-12) break;
      await clock.wait(1000);
    }
  };
  const view = (order: Order, notional: number, fill: number | null) => {
    const panel = mind.panel();
    const last = panel.coins[order.coin]!.close.at(-1)!;
    const gross = coins.reduce(
      (sum, _, coin) =>
        sum + Math.abs(book[positionIndex(coin) + P.quantity]!) * panel.coins[coin]!.markClose.at(-1)!,
      0,
    );
    return {
      reduceOnly: order.reduceOnly,
      notional,
      grossAfter: order.reduceOnly ? gross : gross + notional,
      leverage: order.leverage,
      deviation: order.price === null && fill !== null ? fill / last - 1 : null,
      equity: book[A.equity]!,
      now: clock.now(),
    };
  };
  const protectAll = async () => {
    for (let coin = 0; coin < coins.length; coin++) {
      const at = positionIndex(coin);
      if (book[at + P.quantity] === 0) continue;
      const levels = {
        coin,
        basis: book[at + P.basis]!,
        stop: book[at + P.stop]!,
        target: book[at + P.target]!,
      };
      await patiently(() => exchange.protect(levels));
    }
  };
  /** Cancels what no longer rests in the book, and sends what newly does. */
  const keepResting = async (intents: IntentParts, until: number) => {
    for (let coin = 0; coin < coins.length; coin++) {
      const wanted = resting(intents, coin);
      for (const { order } of restingIds().filter((one) => one.order.coin === coin)) {
        const same = wanted !== null && order.price === wanted.price && order.untilRow === wanted.untilRow;
        if (!same || guards.memory.state === "halted") await desk.cancel(order.clientId);
      }
      if (wanted === null || restingIds().some(({ order }) => order.coin === coin)) continue;
      keeper.admit(wanted.clientId);
      const record = await desk.place(wanted, row, view(wanted, wanted.worth, null), until);
      if (FINAL.includes(record.state) && record.filled === 0) cancelResting(book, positionIndex(coin));
    }
  };

  let current: { readonly loop: Loop; readonly open: number; readonly until: number } | null = null;
  const tick = async () => {
    hear();
    if (current === null) return;
    const { loop, open, until } = current;
    await desk.resolve(until);
    await keeper.settle(loop, open, Math.min(until, clock.now()), true);
    if (guards.memory.state === "halted") await cancelAll();
    followResting();
  };

  const closeBar = async (newest: Panel): Promise<void> => {
    const told = mind.close(newest);
    row++;
    current = null;
    const arena = mind.arena(), trades = mind.trades();
    const loop = createLoop(book, arena, NONE, NONE, null);
    const closed = newest.openTime[0]! + BAR_MS;
    await desk.resolve(closed);
    const heard = await keeper.settle(loop, row, closed, true);
    followResting();
    markAtClose(loop, row);
    hear();
    const time = Math.max(clock.now(), closed);
    const lateMinutes = (time - closed) / 60_000;
    const guarded = guardsAtClose(guards.memory, limits, {
      equity: book[A.equity]!,
      dayEnds: isDayStart(closed),
      lateMinutes,
    });
    const dayEquity = guards.memory.dayEquity;
    const before = guards.memory.state;
    guards.memory = guarded.memory;
    const agreed = heard ? await reconciled(time) : [];
    const { breach } = guarded;
    const guard: RecordedEvent[] = breach === null
      ? []
      : [{ type: "guard", time, row, from: before, ...breach }];
    if (guards.memory.state === "halted") await cancelAll();
    journal.write({
      events: [
        ...told,
        barEvent(closed, dayEquity, trades?.iteration ?? 0, trades?.team ?? []),
        ...agreed,
        ...guard,
      ],
      point: {
        row,
        book: [...book],
        booked: keeper.booked(),
        population: mind.population(),
        guards: guards.memory,
      },
    });
  };
  const cancelAll = async () => {
    for (const { order } of restingIds()) await desk.cancel(order.clientId);
    followResting();
  };
  const reconciled = async (time: number): Promise<RecordedEvent[]> => {
    try {
      const ids = restingIds().map(({ order }) => order.clientId);
      const differences = differencesOf(book, coins, ids, await exchange.holdings());
      return [{ type: "reconciliation", time, row, agrees: differences.length === 0, differences }];
    } catch (error) {
      await mend(exchange, error);
      return [];
    }
  };
  const barEvent = (
    time: number,
    day: number,
    iteration: number,
    team: readonly string[],
  ): EventOf<"bar"> => {
    const panel = mind.panel();
    const held = coins.map((coin, i) => ({
      coin,
      at: positionIndex(i),
      mark: panel.coins[i]!.markClose.at(-1)!,
    }))
      .filter(({ at }) => book[at + P.quantity] !== 0);
    const equity = book[A.equity]!;
    return {
      type: "bar",
      time,
      row,
      equity,
      cash: book[A.cash]!,
      drawdown: 1 - equity / guards.memory.peak,
      dayReturn: equity / day - 1,
      gross: held.reduce((sum, { at, mark }) => sum + Math.abs(book[at + P.quantity]!) * mark, 0) / equity,
      fees: book[A.fees]!,
      funding: book[A.funding]!,
      positions: held.map(({ coin, at, mark }) => ({
        coin,
        quantity: book[at + P.quantity]!,
        entry: book[at + P.entry]!,
        mark,
        stop: book[at + P.stop]!,
        target: book[at + P.target]!,
      })),
      iteration,
      team,
    };
  };

  return {
    bar: async () => {
      const opens = await bars.open(row + 1);
      if (opens === null) return false;
      await openBar(opens);
      await closeBar(await bars.close(row + 1));
      return true;
    },
    tick,
    book: () => [...book],
    row: () => row,
  };
}

const NONE = { rows: 0, coins: 0, values: new Float64Array() };
