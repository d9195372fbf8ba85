/** A paper session as it is looked at while it trades: what a page and a terminal show of it. */
import type { GUARD_STATES } from "../events/guard.ts";
import type { AlertRow } from "./alerts_table.ts";
import type { FillRow, OpenOrderRow, OrderRow } from "./session_orders.ts";
import type { LimitRow } from "./session_limits.ts";
import type { PositionRow } from "./session_tables.ts";
import type { TeamRow } from "./session_team.ts";

/** What the guards let pass. */
export type GuardName = (typeof GUARD_STATES)[number];

/** Where a session is in its life; `unknown` where it cannot be told whether a process trades it. */
export type SessionLife = "empty" | "learning" | "waiting" | "trading" | "left" | "unknown";

/** The money of a session. Amounts in USDT, the rest fractions unless stated. */
export interface SessionMoney {
  readonly equity: number;
  readonly startingEquity: number;
  /** Equity over the start, less 1. */
  readonly profit: number;
  /** Since 00:00 UTC. */
  readonly dayReturn: number;
  /** Below the highest equity, >= 0: now, and at most. */
  readonly drawdown: number;
  readonly maxDrawdown: number;
  /** Gross notional over equity. */
  readonly gross: number;
  /** Paid; of funding negative if received on balance. */
  readonly fees: number;
  readonly funding: number;
  /** Closed bars, fills but funding, iterations learned: counts. */
  readonly bars: number;
  readonly fills: number;
  readonly iterations: number;
}

/** A session as it is looked at. Times in ms UTC. */
export interface SessionView {
  readonly session: string;
  /** Where its orders go, in words. */
  readonly venue: string;
  /** True where the exchange is the embedded one. */
  readonly simulated: boolean;
  /** Where its bars come from, in words; and whether they are made up. */
  readonly source: string;
  readonly synthetic: boolean;
  readonly life: SessionLife;
  /** What it said when it was ended in order; null while it trades, or after a kill. */
  readonly stopped: string | null;
  readonly guard: GuardName;
  /** The rule that led there; empty while active. */
  readonly guardRule: string;
  /** What a person asked of the guards and the session has not heard yet. */
  readonly asked: GuardName | null;
  readonly money: SessionMoney;
  /** Closes since the start, oldest first, the start before them; and the equity at each. */
  readonly times: readonly number[];
  readonly equity: readonly number[];
  /** Newest close in the market's time, null before the first; the close that comes next, null where time is replayed. */
  readonly close: number | null;
  readonly nextClose: number | null;
  /** Minutes after a close from which its bar is late. */
  readonly staleMinutes: number;
  /** When it wrote last, by the clock of its machine. */
  readonly written: number;
  readonly positions: readonly PositionRow[];
  readonly openOrders: readonly OpenOrderRow[];
  /** The newest first. */
  readonly orders: readonly OrderRow[];
  readonly fills: readonly FillRow[];
  readonly limits: readonly LimitRow[];
  /** The champion by role; none before the first bar. Since when it trades; and whose decisions the account follows. */
  readonly team: readonly TeamRow[];
  readonly teamSince: number | null;
  readonly deploy: string;
  /** All of them, oldest first. */
  readonly alerts: readonly AlertRow[];
}
