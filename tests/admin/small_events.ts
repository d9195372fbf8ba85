/** Events of a session, with what a test does not name filled in. */
import { BAR_MS } from "popagent/core/universe.ts";
import type { EventOf, RecordedEvent } from "popagent/events/event.ts";

export const START = Date.UTC(2024, 0, 1);
/** Close of bar `row`, ms UTC. */
export const closeOf = (row: number) => START + (row + 1) * BAR_MS;

export const started: RecordedEvent = {
  type: "session",
  time: START,
  row: 0,
  what: "started",
  reason: "",
};

export function bar(row: number, given: Partial<EventOf<"bar">> = {}): EventOf<"bar"> {
  return {
    type: "bar",
    time: closeOf(row),
    row,
    equity: 10_000,
    cash: 10_000,
    drawdown: 0,
    dayReturn: 0,
    gross: 0,
    fees: 0,
    funding: 0,
    positions: [],
    iteration: 0,
    team: [],
    ...given,
  };
}

export function position(coin: string, quantity: number, mark: number) {
  return { coin, quantity, entry: mark, mark, stop: 0, target: 0 };
}

export function fill(row: number, given: Partial<EventOf<"fill">> = {}): EventOf<"fill"> {
  return {
    type: "fill",
    time: closeOf(row),
    row,
    sequence: row + 1,
    clientId: null,
    coin: "BTC",
    kind: "stop",
    quantity: -1,
    price: 100,
    fee: 1,
    feeRate: 0.01,
    slippage: 0,
    realised: 0,
    ...given,
  };
}

export function refused(row: number): EventOf<"order"> {
  return {
    type: "order",
    time: closeOf(row),
    row,
    clientId: `t-${row}-0i`,
    coin: "ETH",
    kind: "market",
    quantity: 1,
    price: null,
    from: "intended",
    to: "refused",
    filled: 0,
    reason: "gross: 11 is above 10",
  };
}

export function guard(
  row: number,
  to: "active" | "reducing" | "halted",
  rule = "drawdown",
): EventOf<"guard"> {
  return { type: "guard", time: closeOf(row), row, from: "active", to, rule, value: 40, limit: 30 };
}

export function compared(row: number, minutesLate: number, differences = 0): EventOf<"reconciliation"> {
  return {
    type: "reconciliation",
    time: closeOf(row) + 60_000 * minutesLate,
    row,
    agrees: differences === 0,
    differences: Array.from({ length: differences }, () => ({
      what: "cash" as const,
      name: "USDT",
      booked: 10,
      exchange: 9,
    })),
  };
}

/** Of a window that ends with the close of `lastRow`; its trader agents are worth `effective` different ones. */
export function iteration(lastRow: number, effective: number): EventOf<"iteration"> {
  const diversity = { parameter: 0.3, behaviour: 1, output: 0.5, effective: 4 };
  return {
    type: "iteration",
    k: 0,
    row: lastRow - 36,
    lastRow,
    time: closeOf(lastRow - 36),
    agents: { analyst: [], researcher: [], trader: [], risk: [] },
    champion: { analyst: 0, researcher: 0, trader: 0, risk: 0 },
    championScore: 0,
    meanScore: 0,
    bestScore: 0,
    committee: [],
    diversity: {
      analyst: diversity,
      researcher: diversity,
      trader: { ...diversity, effective },
      risk: diversity,
    },
    transfers: [],
    mutations: [],
    refused: [],
    collapse: [],
    mirrors: {},
    equity: { champion: 10_000, committee: 10_000 },
  };
}

export function thought(row: number, dollars: number): EventOf<"thought"> {
  return {
    type: "thought",
    k: 0,
    row,
    time: closeOf(row),
    coin: "BTC",
    model: "m",
    prompt: "p",
    version: "v",
    observation: "o",
    outcome: "abstained",
    decision: null,
    reason: "none",
    repaired: false,
    reply: null,
    calls: 1,
    inputTokens: 1,
    outputTokens: 1,
    dollars,
    verdict: null,
  };
}
