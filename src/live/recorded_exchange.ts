/** A recorded session as an exchange: it answers every order as the session was answered, and does nothing else. */
import { eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { Clock } from "./clock.ts";
import {
  type Exchange,
  ExchangeFault,
  type Execution,
  type OrderReport,
  type ReportState,
} from "./exchange.ts";

/**
 * The exchange of a record.
 *
 * @param coins In the session's order.
 * @param opens Open of a bar, USDT: what is quoted where the record holds no fill.
 * @param rowAt Bar under way at an instant.
 */
export function recordedExchange(
  events: readonly RecordedEvent[],
  coins: readonly string[],
  clock: Clock,
  opens: (row: number, coin: number) => number,
  rowAt: (time: number) => number,
): Exchange {
  const executions = eventsOfType(events, "fill").map((one): Execution => ({
    sequence: one.sequence,
    time: one.time,
    clientId: one.clientId,
    coin: coins.indexOf(one.coin),
    kind: one.kind,
    quantity: one.quantity,
    price: one.price,
    fee: one.fee,
    feeRate: one.feeRate,
    slippage: one.slippage,
    paid: one.kind === "funding" ? -one.realised : 0,
  }));
  const said: ReadonlySet<string> = new Set(["accepted", "partlyFilled", "filled", "cancelled", "rejected"]);
  const steps = Map.groupBy(
    eventsOfType(events, "order").filter(({ to }) => said.has(to)),
    ({ clientId }) => clientId,
  );
  const isFinal = (state: string) => state !== "accepted" && state !== "partlyFilled";
  /** What was known of an order by now; the first word on it if that came later. */
  const report = (clientId: string): OrderReport | null => {
    const all = steps.get(clientId);
    if (all === undefined) return null;
    const known = all.filter(({ time }) => time <= clock.now()).at(-1) ?? all[0]!;
    return { clientId, state: known.to as ReportState, filled: known.filled, reason: known.reason };
  };
  return {
    window: 0,
    time: () => Promise.resolve(clock.now()),
    quote: (coin, direction) => {
      const row = rowAt(clock.now());
      const price = opens(row, coin);
      const fill = executions.find((one) =>
        one.coin === coin && one.clientId !== null && one.kind !== "limit" && rowAt(one.time) === row &&
        one.quantity * direction > 0
      );
      return Promise.resolve({ price, fill: fill?.price ?? price });
    },
    submit: ({ clientId }) => {
      const last = steps.get(clientId)?.at(-1);
      const none: OrderReport = { clientId, state: "rejected", filled: 0, reason: "not in the record" };
      const early = report(clientId) ?? none;
      // a market order was final before the next was sized; one that rests goes its way bar by bar
      return Promise.resolve(
        last !== undefined && last.kind === "market" && isFinal(last.to)
          ? { clientId, state: last.to as ReportState, filled: last.filled, reason: last.reason }
          : early,
      );
    },
    cancel: (clientId) => Promise.resolve(report(clientId)),
    look: (clientId) => Promise.resolve(report(clientId)),
    executions: (after) => Promise.resolve(executions.filter(({ sequence }) => sequence > after)),
    protect: () => Promise.resolve(),
    holdings: () => Promise.reject(new ExchangeFault("unreachable", "a record holds no account")),
  };
}
