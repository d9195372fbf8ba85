/** What stands between any decision and the wire: limits as data, a state, and the kill switch. */

/** active: everything; reducing: only what makes positions smaller; halted: nothing is sent. */
export type GuardState = "active" | "reducing" | "halted";

/** What a session may do at most. Fractions unless stated. */
export interface GuardLimits {
  /** Notional of one order, over equity. */
  readonly orderNotional: number;
  /** Gross notional of all positions after an order, over equity. */
  readonly gross: number;
  /** Leverage of one order. */
  readonly leverage: number;
  /** Loss since 00:00 UTC at which only reducing is left. */
  readonly dailyLoss: number;
  /** Drawdown since the session began at which everything stops. */
  readonly drawdown: number;
  /** Orders sent in one minute, a count. */
  readonly ordersPerMinute: number;
  /** Deviation of a quoted fill from the last close. */
  readonly priceDeviation: number;
  /** Minutes after a close by which its bar must be there. */
  readonly staleMinutes: number;
}

/** Wide enough that the declared agents meet none of them on a usual day. */
export const DECLARED_GUARDS: GuardLimits = {
  orderNotional: 10,
  gross: 10,
  leverage: 10,
  dailyLoss: 0.2,
  drawdown: 0.5,
  ordersPerMinute: 60,
  priceDeviation: 0.2,
  staleMinutes: 30,
};

/** What guards keep between bars. */
export interface GuardMemory {
  readonly state: GuardState;
  /** The rule that led there; empty while active. */
  readonly rule: string;
  /** Highest equity since the session began, USDT. */
  readonly peak: number;
  /** Equity at the last 00:00 UTC, USDT. */
  readonly dayEquity: number;
  /** ms UTC of the orders sent in the last minute. */
  readonly sent: readonly number[];
}

/** Guards of a session that begins. */
export function startGuards(equity: number): GuardMemory {
  return { state: "active", rule: "", peak: equity, dayEquity: equity, sent: [] };
}

/** What is looked at before an order is sent. */
export interface OrderView {
  readonly reduceOnly: boolean;
  /** USDT. */
  readonly notional: number;
  /** Gross notional of all positions were it filled, USDT. */
  readonly grossAfter: number;
  readonly leverage: number;
  /** Quoted fill over the last close, less 1; null of an order that names its price. */
  readonly deviation: number | null;
  readonly equity: number;
  /** ms UTC. */
  readonly now: number;
}

const MINUTE_MS = 60_000;

/** The rule that forbids an order; null lets it pass. */
export function orderRefusal(memory: GuardMemory, limits: GuardLimits, view: OrderView): string | null {
  if (memory.state === "halted") return `halted: ${memory.rule}`;
  const recent = memory.sent.filter((time) => view.now - time < MINUTE_MS).length;
  if (recent >= limits.ordersPerMinute) return `ordersPerMinute: ${recent} sent`;
  if (view.reduceOnly) return null;
  if (memory.state === "reducing") return `reducing: ${memory.rule}`;
  const over = (rule: keyof GuardLimits, value: number) =>
    value <= limits[rule] ? null : `${rule}: ${value.toPrecision(4)} is above ${limits[rule]}`; // NaN is refused
  return over("leverage", view.leverage) ??
    over("orderNotional", view.notional / view.equity) ??
    over("gross", view.grossAfter / view.equity) ??
    over("priceDeviation", view.deviation === null ? 0 : Math.abs(view.deviation));
}

/** The memory after an order was sent. */
export function noteSent(memory: GuardMemory, now: number): GuardMemory {
  return { ...memory, sent: [...memory.sent.filter((time) => now - time < MINUTE_MS), now] };
}

/** A limit that was met, and where it leads. */
export interface GuardBreach {
  readonly to: GuardState;
  readonly rule: string;
  readonly value: number | null;
  readonly limit: number | null;
}

const SEVERITY: Readonly<Record<GuardState, number>> = { active: 0, reducing: 1, halted: 2 };

/** What the close of a bar is looked at for. */
export interface CloseView {
  readonly equity: number;
  /** True if the bar closes at 00:00 UTC. */
  readonly dayEnds: boolean;
  /** Minutes between the close and now. */
  readonly lateMinutes: number;
}

/**
 * Guards at the close of a bar. A state only gets worse by itself, but for two ends: a daily loss is forgotten at
 * 00:00 UTC, stale data when bars come in time again. Out of a halt leads a person's word alone.
 */
export function guardsAtClose(
  memory: GuardMemory,
  limits: GuardLimits,
  view: CloseView,
): { readonly memory: GuardMemory; readonly breach: GuardBreach | null } {
  const peak = Math.max(memory.peak, view.equity);
  const drawdown = 1 - view.equity / peak, dailyLoss = 1 - view.equity / memory.dayEquity;
  const breaches: GuardBreach[] = [
    ...met("halted", "drawdown", drawdown, limits.drawdown),
    ...(view.dayEnds ? [] : met("reducing", "dailyLoss", dailyLoss, limits.dailyLoss)), // the day is over
    ...met("reducing", "staleMinutes", view.lateMinutes, limits.staleMinutes),
  ];
  const worst = breaches.reduce<GuardBreach | null>(
    (one, other) => one === null || SEVERITY[other.to] > SEVERITY[one.to] ? other : one,
    null,
  );
  const passing = (memory.rule === "dailyLoss" && view.dayEnds) || memory.rule === "staleMinutes";
  const before: GuardState = passing && memory.state === "reducing" ? "active" : memory.state;
  const kept = { ...memory, peak, dayEquity: view.dayEnds ? view.equity : memory.dayEquity };
  if (worst !== null && SEVERITY[worst.to] > SEVERITY[before]) {
    return { memory: { ...kept, state: worst.to, rule: worst.rule }, breach: worst };
  }
  if (before !== memory.state) {
    return {
      memory: { ...kept, state: before, rule: "" },
      breach: { to: before, rule: `${memory.rule} is over`, value: null, limit: null },
    };
  }
  return { memory: kept, breach: null };
}

/** The rule of a change that a person asked for. */
export const ASKED = "asked";

/** Guards after a person's word. Whoever says "active" is believed; a limit that is still met answers at the next close. */
export function guardAsked(
  memory: GuardMemory,
  asked: GuardState,
): { readonly memory: GuardMemory; readonly breach: GuardBreach | null } {
  const same = asked === memory.state && (asked === "active" || memory.rule === ASKED);
  if (same) return { memory, breach: null };
  const breach = { to: asked, rule: ASKED, value: null, limit: null };
  return { memory: { ...memory, state: asked, rule: asked === "active" ? "" : ASKED }, breach };
}

function met(to: GuardState, rule: keyof GuardLimits, value: number, limit: number): GuardBreach[] {
  return value >= limit || Number.isNaN(value) ? [{ to, rule, value, limit }] : [];
}
