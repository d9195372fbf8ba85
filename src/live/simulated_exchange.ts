/**
 * The embedded simulated exchange: an account walked by the event loop's own functions, order by order. What it fills,
 * charges and liquidates is what a research run over the same rows does, to the bit.
 */
import { BAR_MS } from "../core/universe.ts";
import { type Account, createAccount, POSITION, positionIndex, readAccount } from "../simulation/account.ts";
import { type Arena, BAR, barIndex } from "../simulation/arena.ts";
import { settleAndMark } from "../simulation/event_loop.ts";
import { createLoop, type Loop } from "../simulation/loop.ts";
import { affordable, fillPrice, settleFunding } from "../simulation/orders.ts";
import { cancelResting, diminish, enlarge } from "../simulation/position.ts";
import { isAccepted, isTraded, lotsAt } from "../simulation/terms_in_force.ts";
import { createTrace, FILL, FILL_KINDS } from "../simulation/trace.ts";
import type { Exchange, Execution, Order, OrderReport } from "./exchange.ts";

/** An order as the exchange keeps it. */
export interface KeptOrder {
  readonly order: Order;
  readonly report: OrderReport;
}

/** Where a simulated exchange stands: plain JSON. */
export interface ExchangeState {
  /** The bar under way; true in `opened` once its open has come. */
  readonly row: number;
  readonly opened: boolean;
  readonly account: readonly number[];
  readonly orders: readonly KeptOrder[];
  readonly executions: readonly Execution[];
}

/** What one call changed: orders and executions that are new or other than before, and where it stands after it. */
export type ExchangeChange = ExchangeState;

/** A simulated exchange: the port, and the walk through its bars. */
export interface SimulatedExchange extends Exchange {
  /** The bar under way. */
  row(): number;
  /** Opens the bar under way: funding settles. Nothing if it is open. */
  open(): void;
  /** Ends the bar under way: stops, targets, resting orders, liquidations. The next one is not open yet. */
  close(): void;
}

/** What it is made of. */
export interface SimulatedVenue {
  /** All rows that it will walk; a row is looked at once it is under way. */
  readonly arena: Arena;
  readonly openTime: Float64Array;
  /** ms UTC within the bar. */
  readonly now: () => number;
  /** Called before a call returns, so that whoever is told of a change may rely on it. */
  readonly save?: (change: ExchangeChange) => void;
}

const P = POSITION;
const NO_PLAN = { rows: 0, coins: 0, values: new Float64Array() };

/** A state before the first bar: `from` is the first that is traded. */
export function startExchange(coins: number, cash: number, from: number): ExchangeState {
  return {
    row: from,
    opened: false,
    account: [...createAccount(coins, cash)],
    orders: [],
    executions: [],
  };
}

/** An exchange that goes on from a state. */
export function simulatedExchange(
  { arena, openTime, now, save = () => {} }: SimulatedVenue,
  state: ExchangeState,
): SimulatedExchange {
  const account: Account = readAccount(state.account);
  const trace = createTrace(64);
  const loop: Loop = createLoop(account, arena, NO_PLAN, NO_PLAN, trace);
  const orders = new Map<string, KeptOrder>();
  const executions = [...state.executions];
  let { row, opened } = state;

  /** Reads off what the trace holds since the last call. */
  const executed = (time: number, idOf: (coin: number, kind: number) => string | null): Execution[] => {
    const fresh = Array.from({ length: trace.length }, (_, i): Execution => {
      const kind = trace.kind[i]!, coin = trace.coin[i]!;
      const maker = kind === FILL.limit || kind === FILL.target;
      return {
        sequence: executions.length + i + 1,
        time,
        clientId: idOf(coin, kind),
        coin,
        kind: FILL_KINDS[kind]!,
        quantity: trace.quantity[i]!,
        price: trace.price[i]!,
        fee: trace.fee[i]!,
        feeRate: kind === FILL.funding ? 0 : maker ? arena.makerFee : arena.takerFee,
        slippage: trace.slippage[i]!,
        paid: kind === FILL.funding ? -trace.realised[i]! : 0,
      };
    });
    trace.length = 0;
    executions.push(...fresh);
    return fresh;
  };
  const resting = new Map<number, KeptOrder>();
  const note = (kept: KeptOrder) => {
    orders.set(kept.order.clientId, kept);
    const { order: { coin, clientId, price }, report } = kept;
    if (price === null) return;
    if (report.state === "accepted") resting.set(coin, kept);
    else if (resting.get(coin)?.order.clientId === clientId) resting.delete(coin);
  };
  state.orders.forEach(note);
  const keep = (changed: readonly KeptOrder[], fresh: readonly Execution[]) => {
    changed.forEach(note);
    save({ row, opened, account: [...account], orders: changed, executions: fresh });
  };
  /** Fills a market order, or says why not. */
  const fillMarket = (order: Order): string | null => {
    const { coin, quantity, leverage } = order;
    const at = positionIndex(coin), held = account[at + P.quantity]!;
    const side = Math.sign(quantity), size = Math.abs(quantity);
    const open = loop.bars[barIndex(arena.coins, row, coin) + BAR.open]!;
    const fill = fillPrice(loop, row, coin, side, order.worth);
    const off = held * quantity < 0 ? Math.min(size, Math.abs(held)) : 0;
    if (order.reduceOnly && off === 0) return "110017 nothing to reduce";
    const added = order.reduceOnly ? 0 : size - off;
    if (added > 0) {
      if (!isAccepted(loop, row, coin, size * fill)) return "110094 below the least notional";
      if (off === 0 && affordable(loop, row, coin, side, fill, leverage, arena.takerFee) < added) {
        return "110007 not enough free cash";
      }
    }
    if (off > 0) {
      const kind = off === Math.abs(held) ? FILL.close : FILL.reduce;
      diminish(loop, row, coin, off, fill, open, arena.takerFee, kind);
    }
    if (added > 0) {
      const { stop, target } = order;
      const kind = account[at + P.quantity] === 0 ? FILL.entry : FILL.increase;
      enlarge(loop, row, coin, side * added, fill, open, arena.takerFee, leverage, stop, target, kind);
    }
    return null;
  };
  const restLimit = (order: Order): string | null => {
    const at = positionIndex(order.coin);
    if (!isAccepted(loop, row, order.coin, Math.abs(order.quantity) * order.price!)) {
      return "110094 below the least notional";
    }
    if (account[at + P.restingQuantity] !== 0) return "110020 one order rests already";
    account[at + P.restingQuantity] = order.quantity;
    account[at + P.restingPrice] = order.price!;
    account[at + P.restingLeverage] = order.leverage;
    account[at + P.restingStop] = order.stop;
    account[at + P.restingTarget] = order.target;
    account[at + P.restingUntil] = order.untilRow ?? Number.MAX_SAFE_INTEGER;
    return null;
  };
  const refusal = ({ coin, quantity, leverage }: Order): string | null => {
    const lots = lotsAt(loop, row, coin), size = Math.abs(quantity) * lots;
    if (!(size > 0 && (lots === Infinity || Math.abs(size - Math.round(size)) < 1e-6))) {
      return `10001 quantity must be a multiple of ${1 / lots}`;
    }
    return leverage >= 1 ? null : "110013 leverage must be at least 1";
  };

  const now1 = () => Math.max(openTime[row]!, now());
  const known = (clientId: string) => orders.get(clientId)?.report ?? null;
  const cancelKept = (kept: KeptOrder, reason: string): KeptOrder => ({
    ...kept,
    report: { ...kept.report, state: "cancelled", reason },
  });
  return {
    window: 0, // a call that has not returned when its process ends was never made
    row: () => row,
    open: () => {
      if (opened) return;
      opened = true;
      if (loop.settles[row] === 1) settleFunding(loop, row);
      keep([], executed(openTime[row]!, () => null));
    },
    close: () => {
      settleAndMark(loop, row);
      const time = openTime[row]! + BAR_MS - 1;
      const idOf = (coin: number) => resting.get(coin)!.order.clientId;
      const fresh = executed(time, (coin, kind) => kind === FILL.limit ? idOf(coin) : null);
      const ended = [...resting.values()]
        .filter(({ order }) => account[positionIndex(order.coin) + P.restingQuantity] === 0)
        .map((kept) => {
          const { clientId, quantity } = kept.order;
          const filled = Math.abs(fresh.find((one) => one.clientId === clientId)?.quantity ?? 0);
          return filled === Math.abs(quantity)
            ? { ...kept, report: { ...kept.report, state: "filled" as const, filled } }
            : cancelKept({ ...kept, report: { ...kept.report, filled } }, "ended by the exchange");
        });
      row++;
      opened = false;
      keep(ended, fresh);
    },
    time: () => Promise.resolve(now1()),
    quote: (coin, direction, worth) =>
      Promise.resolve({
        price: loop.bars[barIndex(arena.coins, row, coin) + BAR.open]!,
        fill: fillPrice(loop, row, coin, direction, worth),
      }),
    submit: (order) => {
      const before = known(order.clientId);
      if (before !== null) return Promise.resolve(before);
      const market = order.price === null;
      const why = refusal(order) ??
        (market && !isTraded(loop, row, order.coin) ? "nothing is traded in this bar" : null) ??
        (market ? fillMarket(order) : restLimit(order));
      const fresh = executed(now1(), () => order.clientId);
      const filled = Math.abs(fresh.reduce((sum, one) => sum + one.quantity, 0));
      const report: OrderReport = {
        clientId: order.clientId,
        state: why !== null
          ? "rejected"
          : !market
          ? "accepted"
          : filled < Math.abs(order.quantity)
          ? "cancelled" // a reducing order takes no more than there is
          : "filled",
        filled,
        reason: why ?? "",
      };
      keep([{ order, report }], fresh);
      return Promise.resolve(report);
    },
    cancel: (clientId) => {
      const kept = orders.get(clientId);
      if (kept?.report.state === "accepted") {
        cancelResting(account, positionIndex(kept.order.coin));
        keep([cancelKept(kept, "asked")], []);
      }
      return Promise.resolve(known(clientId));
    },
    look: (clientId) => Promise.resolve(known(clientId)),
    executions: (after) => Promise.resolve(executions.slice(after)),
    protect: ({ coin, basis, stop, target }) => {
      const at = positionIndex(coin);
      if (account[at + P.quantity] !== 0) {
        account[at + P.basis] = basis;
        account[at + P.stop] = stop;
        account[at + P.target] = target;
        account[at + P.levelsRow] = row;
        keep([], []);
      }
      return Promise.resolve();
    },
    holdings: () =>
      Promise.resolve({
        cash: account[1]!,
        positions: Array.from({ length: arena.coins }, (_, coin) => ({
          coin,
          quantity: account[positionIndex(coin) + P.quantity]!,
          entry: account[positionIndex(coin) + P.entry]!,
        })),
        resting: [...resting.values()].map(({ order }) => order.clientId),
      }),
  };
}
