/** The last days of a session, from its events. */
import { type EventOf, eventsOfType, type RecordedEvent } from "../events/event.ts";
import { type ChangeCounts, countChanges, totalChanges } from "../events/change_counts.ts";
import { type SessionSummary, summaryOf } from "../live/summary.ts";
import type { Alert, AlertRule } from "./alert.ts";
import { alertFold } from "./alert_fold.ts";
import { DECLARED_ALERTS } from "./alert_rules.ts";
import { endOfClose } from "./end_of_close.ts";
import type { ToldEvents } from "./told_events.ts";

const DAY_MS = 86_400_000;

/** What one coin did. Amounts in USDT. */
export interface CoinPeriod {
  readonly coin: string;
  /** Fills but funding. */
  readonly fills: number;
  readonly fees: number;
  /** Paid; negative if received on balance. */
  readonly funding: number;
  /** Lost against the prices that orders were sent at. */
  readonly slippage: number;
  /** Profit of what was closed, before fees and funding. */
  readonly realised: number;
}

/** What happened in the last days. Amounts in USDT. */
export interface Period {
  /** Days that were asked for, and where they begin and end, ms UTC. */
  readonly days: number;
  readonly from: number;
  readonly to: number;
  /** Closes in it, oldest first. */
  readonly bars: readonly EventOf<"bar">[];
  /** At the last close before it. */
  readonly equityBefore: number;
  readonly equity: number;
  /** Equity over that before, less 1. */
  readonly profit: number;
  /** Largest fall from the highest close of the period, or the one before it: a fraction. */
  readonly maxDrawdown: number;
  readonly fees: number;
  readonly funding: number;
  readonly slippage: number;
  /** By coin, in the order of their first fill. */
  readonly coins: readonly CoinPeriod[];
  /** Orders by where they ended, guards' changes, closes without agreement: those of the period. */
  readonly orders: SessionSummary["orders"];
  readonly guards: readonly EventOf<"guard">[];
  readonly disagreements: number;
  readonly alerts: readonly Alert[];
  /** Iterations that were learned from, what changed, and how often another team took over. */
  readonly iterations: number;
  readonly changes: ChangeCounts;
  readonly takeovers: number;
}

/**
 * The last days of a session that ends with its newest close.
 *
 * @param days Above 0; a session that is younger is told whole.
 * @returns Null before the first close.
 */
export function periodOf(
  events: readonly RecordedEvent[],
  startingEquity: number,
  days: number,
  rules: readonly AlertRule[] = DECLARED_ALERTS,
): Period | null {
  return periodIn({ events, raised: events.map(alertFold(rules)) }, startingEquity, days);
}

/**
 * The same where the alerts that each event raised are known. Events that lie before the last close before the period
 * may be missing.
 */
export function periodIn(
  { events, raised }: ToldEvents,
  startingEquity: number,
  days: number,
): Period | null {
  const all = eventsOfType(events, "bar"), last = all.at(-1);
  if (last === undefined) return null;
  const since = last.time - days * DAY_MS;
  const first = firstAfter(events, since);
  const own = events.slice(first);
  const bars = eventsOfType(own, "bar"), before = all.at(-bars.length - 1) ?? null;
  const from = before?.time ?? eventsOfType(events, "session")[0]?.time ?? since;
  const equityBefore = before?.equity ?? startingEquity;
  const { orders, disagreements, iterations } = summaryOf(own, equityBefore);
  const teams = (before === null ? bars : [before, ...bars]).map(({ team }) => team.join());
  const coins = coinsOf(eventsOfType(own, "fill"));
  return {
    days,
    from,
    to: last.time,
    bars,
    equityBefore,
    equity: last.equity,
    profit: last.equity / equityBefore - 1,
    maxDrawdown: deepestFall([equityBefore, ...bars.map(({ equity }) => equity)]),
    fees: last.fees - (before?.fees ?? 0),
    funding: last.funding - (before?.funding ?? 0),
    slippage: coins.reduce((sum, { slippage }) => sum + slippage, 0),
    coins,
    orders,
    guards: eventsOfType(own, "guard"),
    disagreements,
    alerts: raised.slice(first).flat(), // those that its own events raised
    iterations,
    changes: totalChanges(countChanges(eventsOfType(own, "iteration"))),
    takeovers: teams.filter((team, i) => i > 0 && team !== teams[i - 1] && teams[i - 1] !== "").length,
  };
}

/** Place of the first event after the close at `since`. */
function firstAfter(events: readonly RecordedEvent[], since: number): number {
  const closed = events.findLastIndex((one) => one.type === "bar" && one.time <= since);
  if (closed !== -1) return endOfClose(events, closed);
  return events.findIndex(({ type }) => type === "session") + 1; // behind the history
}

function deepestFall(equities: readonly number[]): number {
  let highest = -Infinity, deepest = 0;
  for (const equity of equities) {
    highest = Math.max(highest, equity);
    deepest = Math.max(deepest, 1 - equity / highest);
  }
  return deepest;
}

function coinsOf(fills: readonly EventOf<"fill">[]): CoinPeriod[] {
  return [...Map.groupBy(fills, ({ coin }) => coin)].map(([coin, own]) => {
    const trades = own.filter(({ kind }) => kind !== "funding");
    const sum = (of: (fill: EventOf<"fill">) => number, among = trades) =>
      among.reduce((total, one) => total + of(one), 0);
    return {
      coin,
      fills: trades.length,
      fees: sum(({ fee }) => fee),
      funding: 0 - sum(({ realised }) => realised, own.filter(({ kind }) => kind === "funding")),
      slippage: sum(({ slippage }) => slippage),
      realised: sum(({ realised }) => realised),
    };
  });
}
