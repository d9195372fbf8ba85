/** A session as it is looked at while it trades, from its journal and its folder. */
import { VARIANTS } from "../agents/catalogue.ts";
import { BAR_MS } from "../core/universe.ts";
import { type EventOf, eventsOfType, type RecordedEvent } from "../events/event.ts";
import type { LimitRow } from "../figures/session_limits.ts";
import type { FillRow, OrderRow } from "../figures/session_orders.ts";
import type { SessionLife, SessionMoney, SessionView } from "../figures/session_view.ts";
import type { TeamRow } from "../figures/session_team.ts";
import { ROLES } from "../genome/role.ts";
import type { GuardLimits, GuardState } from "../live/guards.ts";
import type { OrderRecord, SessionPoint } from "../live/journal.ts";
import type { SessionSummary } from "../live/summary.ts";
import type { Alert } from "./alert.ts";
import { alertRows } from "./alert_text.ts";
import { statusOf } from "./status.ts";

/** Orders and fills that are listed. */
const LISTED = 8;

/** What is known of a session. */
export interface KnownSession {
  readonly session: string;
  readonly events: readonly RecordedEvent[];
  /** Null of a session that has not learned its history yet. */
  readonly point: SessionPoint | null;
  readonly open: readonly OrderRecord[];
  /** All of the session, oldest first. */
  readonly alerts: readonly Alert[];
  readonly coins: readonly string[];
  readonly startingEquity: number;
  readonly deploy: string;
  readonly limits: GuardLimits;
  /** Where its orders go and its bars come from, in words. */
  readonly venue: string;
  readonly simulated: boolean;
  readonly source: string;
  readonly synthetic: boolean;
  /** Whether a process trades it, null where that cannot be told; when it wrote last, ms UTC; what a person asks. */
  readonly held: boolean | null;
  readonly written: number;
  readonly asked: GuardState | null;
}

/** What is shown of it. */
export function sessionViewOf(known: KnownSession): SessionView {
  const { session, events, venue, simulated, source, synthetic, written, startingEquity } = known;
  const { guard, guardRule, summary, openOrders, alerts } = statusOf(known);
  const bars = eventsOfType(events, "bar"), last = bars.at(-1) ?? null;
  const said = eventsOfType(events, "session");
  const since = said[0]?.time ?? null;
  return {
    session,
    venue,
    simulated,
    source,
    synthetic,
    life: lifeOf(known, bars.length),
    stopped: known.held !== true && said.at(-1)?.what === "stopped" ? said.at(-1)!.reason : null,
    guard,
    guardRule,
    asked: known.asked === guard ? null : known.asked,
    money: moneyOf(summary),
    times: since === null ? [] : [since, ...bars.map(({ time }) => time)],
    equity: since === null ? [] : [startingEquity, ...bars.map(({ equity }) => equity)],
    close: last?.time ?? null,
    nextClose: simulated || last === null ? null : last.time + BAR_MS,
    staleMinutes: known.limits.staleMinutes,
    written,
    positions: last?.positions ?? [],
    openOrders,
    orders: lastOrders(events),
    fills: lastFills(events),
    limits: limitRows(known, last),
    team: teamRows(events, last),
    teamSince: teamSince(bars),
    deploy: known.deploy,
    alerts: alertRows(alerts),
  };
}

function lifeOf({ point, held }: KnownSession, bars: number): SessionLife {
  if (point === null) return held === true ? "learning" : "empty";
  if (held === null) return "unknown";
  if (!held) return "left";
  return bars === 0 ? "waiting" : "trading";
}

function moneyOf({ last, ...summary }: SessionSummary): SessionMoney {
  const { equity, startingEquity, profit, maxDrawdown, fees, funding, bars, fills, iterations } = summary;
  return {
    equity,
    startingEquity,
    profit,
    dayReturn: last?.dayReturn ?? 0,
    drawdown: last?.drawdown ?? 0,
    maxDrawdown,
    gross: last?.gross ?? 0,
    fees,
    funding,
    bars,
    fills,
    iterations,
  };
}

/** The newest step of each order, the newest first. */
function lastOrders(events: readonly RecordedEvent[]): OrderRow[] {
  const newest = new Map<string, EventOf<"order">>();
  for (const order of eventsOfType(events, "order").toReversed()) {
    if (!newest.has(order.clientId)) newest.set(order.clientId, order);
    if (newest.size === LISTED) break;
  }
  return [...newest.values()].map(({ clientId, coin, quantity, price, filled, to, time, reason }) => ({
    clientId,
    coin,
    quantity,
    price,
    filled,
    state: to,
    time,
    reason,
  }));
}

/** The newest fills first; funding is in the money above, and would leave room for nothing else. */
function lastFills(events: readonly RecordedEvent[]): FillRow[] {
  return eventsOfType(events, "fill").filter(({ kind }) => kind !== "funding").slice(-LISTED).reverse().map(
    fillRow,
  );
}

function fillRow({ time, coin, kind, quantity, price, fee, realised }: EventOf<"fill">): FillRow {
  return { time, coin, kind, quantity, price, fee, realised };
}

/** Every limit, and what is measured now of those that a close is looked at for. */
function limitRows({ limits }: KnownSession, last: EventOf<"bar"> | null): LimitRow[] {
  const now: Readonly<Record<string, number>> = last === null
    ? {}
    : { drawdown: last.drawdown, dailyLoss: Math.max(0, -last.dayReturn), gross: last.gross };
  const looked = ["drawdown", "dailyLoss", "gross"], names = Object.keys(limits);
  return [...looked, ...names.filter((name) => !looked.includes(name))].map((name) => ({
    name,
    limit: limits[name as keyof GuardLimits],
    now: now[name] ?? null,
  }));
}

/** The champion that trades, with what the newest iteration said of its agents. */
function teamRows(events: readonly RecordedEvent[], last: EventOf<"bar"> | null): TeamRow[] {
  const learned = eventsOfType(events, "iteration").at(-1) ?? null;
  return (last?.team ?? []).map((agent, i) => {
    const role = ROLES[i]!;
    const all = learned?.agents[role] ?? [], own = all.find(({ variant }) => variant === agent);
    return {
      role,
      agent,
      summary: VARIANTS[role].find(({ name }) => name === agent)?.summary ?? "",
      credit: own?.credit ?? null,
      place: own ? 1 + all.filter(({ credit }) => credit > own.credit).length : null,
      agents: all.length,
    };
  });
}

/** Close at which the team that trades now was first seen trading. */
function teamSince(bars: readonly EventOf<"bar">[]): number | null {
  const now = bars.at(-1)?.team.join();
  const other = bars.findLastIndex(({ team }) => team.join() !== now);
  return now === undefined || now === "" ? null : bars[other + 1]!.time;
}
