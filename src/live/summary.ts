/** What a session came to, from its events. */
import { type EventOf, eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { GuardState } from "./guards.ts";
import { FINAL } from "./order_states.ts";

/** A session in numbers. Amounts in USDT. */
export interface SessionSummary {
  /** Closed bars since the first order could be sent. */
  readonly bars: number;
  /** Before the first bar. */
  readonly startingEquity: number;
  /** At the newest close. */
  readonly equity: number;
  /** Equity over the start, less 1. */
  readonly profit: number;
  /** The largest of the bars', >= 0. */
  readonly maxDrawdown: number;
  /** Paid. */
  readonly fees: number;
  /** Paid; negative if received on balance. */
  readonly funding: number;
  /** Fills but funding. */
  readonly fills: number;
  /** Orders by where they ended; `open` for those that have not. */
  readonly orders: Readonly<Record<string, number>>;
  /** Iterations that were learned from, those of the history included. */
  readonly iterations: number;
  /** What the guards let pass now. */
  readonly guard: GuardState;
  /** Differences between books and exchange; one that lasts counts once. */
  readonly disagreements: number;
  /** The newest bar; null before the first. */
  readonly last: EventOf<"bar"> | null;
}

export function summaryOf(events: readonly RecordedEvent[], startingEquity: number): SessionSummary {
  const bars = eventsOfType(events, "bar"), last = bars.at(-1) ?? null;
  const states = new Map(eventsOfType(events, "order").map(({ clientId, to }) => [clientId, to]));
  const orders: Record<string, number> = {};
  for (const state of states.values()) {
    const name = FINAL.includes(state) ? state : "open";
    orders[name] = (orders[name] ?? 0) + 1;
  }
  const equity = last?.equity ?? startingEquity;
  return {
    bars: bars.length,
    startingEquity,
    equity,
    profit: equity / startingEquity - 1,
    maxDrawdown: bars.reduce((most, { drawdown }) => Math.max(most, drawdown), 0),
    fees: last?.fees ?? 0,
    funding: last?.funding ?? 0,
    fills: eventsOfType(events, "fill").filter(({ kind }) => kind !== "funding").length,
    orders,
    iterations: eventsOfType(events, "iteration").length,
    guard: eventsOfType(events, "guard").at(-1)?.to ?? "active",
    disagreements: eventsOfType(events, "reconciliation").filter(({ agrees }) => !agrees).length,
    last,
  };
}
