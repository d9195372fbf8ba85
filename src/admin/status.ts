/** A session as it stands. */
import type { RecordedEvent } from "../events/event.ts";
import type { GuardState } from "../live/guards.ts";
import type { OrderRecord, SessionPoint } from "../live/journal.ts";
import { type SessionSummary, summaryOf } from "../live/summary.ts";
import type { Alert } from "./alert.ts";

/** An order that rests or is under way. */
export interface OpenOrder {
  readonly clientId: string;
  readonly coin: string;
  /** Coins, signed: > 0 buys. */
  readonly quantity: number;
  /** Of a limit order, USDT; null of a market order. */
  readonly price: number | null;
  readonly filled: number;
  readonly state: OrderRecord["state"];
}

/** A session as it stands. */
export interface SessionStatus {
  readonly session: string;
  readonly guard: GuardState;
  /** The rule that led there; empty while active. */
  readonly guardRule: string;
  readonly summary: SessionSummary;
  /** Variants of the champion, by role in the order of the pipeline; none before the first bar. */
  readonly champion: readonly string[];
  readonly openOrders: readonly OpenOrder[];
  /** All of the session, oldest first. */
  readonly alerts: readonly Alert[];
}

/** @param point The journal's newest; null of a session that has not learned its history yet. */
export function statusOf(parts: {
  readonly session: string;
  readonly events: readonly RecordedEvent[];
  readonly point: SessionPoint | null;
  readonly open: readonly OrderRecord[];
  readonly coins: readonly string[];
  readonly startingEquity: number;
  readonly alerts: readonly Alert[];
}): SessionStatus {
  const { session, events, point, open, coins, startingEquity, alerts } = parts;
  const summary = summaryOf(events, startingEquity);
  return {
    session,
    guard: point?.guards.state ?? "active",
    guardRule: point?.guards.rule ?? "",
    summary,
    champion: summary.last?.team ?? [],
    openOrders: open.map(({ order, filled, state }) => ({
      clientId: order.clientId,
      coin: coins[order.coin] ?? String(order.coin),
      quantity: order.quantity,
      price: order.price,
      filled,
      state,
    })),
    alerts,
  };
}
