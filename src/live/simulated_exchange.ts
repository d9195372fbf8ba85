/**
 * The embedded simulated exchange: an account walked by the event loop's own functions, order by order. What it fills,
 * charges and liquidates is what a research run over the same rows does, to the bit.
 */
import { BAR_MS } from "../core/universe.ts";
import { type Account, POSITION, positionIndex, readAccount } from "../simulation/account.ts";
import { type Arena, BAR, barIndex } from "../simulation/arena.ts";
import { settleAndMark } from "../simulation/event_loop.ts";
import { createLoop, type Loop } from "../simulation/loop.ts";
import { fillPrice, settleFunding } from "../simulation/orders.ts";
import { cancelResting } from "../simulation/position.ts";
import { isTraded } from "../simulation/terms_in_force.ts";
import { createTrace, FILL } from "../simulation/trace.ts";
import type { Exchange, Execution } from "./exchange.ts";
import { type IdOf, readOff } from "./simulated_executions.ts";
import { cancelled, endedAtClose, reportOf } from "./simulated_reports.ts";
import { fillMarket, refusal, restLimit, restsAgainst } from "./simulated_orders.ts";
import type { ExchangeChange, ExchangeState, KeptOrder } from "./simulated_state.ts";

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

  const executed = (time: number, idOf: IdOf): Execution[] => {
    const fresh = readOff(trace, arena, executions.length, time, idOf);
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
  const now1 = () => Math.max(openTime[row]!, now());
  const known = (clientId: string) => orders.get(clientId)?.report ?? null;
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
        .map((kept) => endedAtClose(kept, fresh));
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
      const why = refusal(loop, row, order) ??
        (market && !isTraded(loop, row, order.coin) ? "nothing is traded in this bar" : null) ??
        (market ? fillMarket(loop, row, order) : restLimit(loop, row, order));
      const fresh = executed(now1(), () => order.clientId);
      const report = reportOf(order, why, fresh);
      const rests = restsAgainst(loop, order.coin) ? resting.get(order.coin) : undefined;
      if (rests) cancelResting(account, positionIndex(order.coin));
      keep([{ order, report }, ...(rests ? [cancelled(rests, "against the position")] : [])], fresh);
      return Promise.resolve(report);
    },
    cancel: (clientId) => {
      const kept = orders.get(clientId);
      if (kept?.report.state === "accepted") {
        cancelResting(account, positionIndex(kept.order.coin));
        keep([cancelled(kept, "asked")], []);
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
