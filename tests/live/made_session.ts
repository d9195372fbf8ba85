/** Session folders in every state that a person may look at, written as a session writes them but not traded. */
import { openJournal } from "popagent/adapters/exchange/journal_file.ts";
import { keepSession, type SessionPlaces, sessionPlaces } from "popagent/adapters/exchange/session_folder.ts";
import type { EventOf, RecordedEvent } from "popagent/events/event.ts";
import { DECLARED_GUARDS, type GuardState } from "popagent/live/guards.ts";
import type { OrderRecord } from "popagent/live/journal.ts";
import { bar, closeOf, fill, guard, iteration, refused, started } from "../admin/small_events.ts";
import { populationConfig } from "../run_config.ts";

export const STATES = ["empty", "learned", "trading", "reducing", "halted", "ended", "bybit"] as const;
export type MadeState = (typeof STATES)[number];

const TEAM = ["momentum", "quantile", "adaptive", "dynamic"];
const ROWS = 260;

/** Equity that rises, falls by a tenth and comes back, with a ripple. */
const equityAt = (row: number) =>
  10_000 * (1 + 0.0006 * row + 0.03 * Math.sin(row / 9) - 0.1 * Math.exp(-(((row - 170) / 25) ** 2)));

/** Makes the folder of a session called after its state. */
export async function madeSession(root: string, state: MadeState, rows = ROWS): Promise<SessionPlaces> {
  const places = sessionPlaces(root, state),
    config = populationConfig({ seed: 3, data: { source: "synthetic" } });
  await keepSession(places, {
    version: 1,
    id: "made",
    exchange: state === "bybit" ? "bybit-demo" : "sim",
    config: config as unknown as Record<string, unknown>,
    history: 1,
    rowsHash: "",
    iterations: 10,
    limits: { ...DECLARED_GUARDS },
  });
  if (state === "empty") return places;
  using journal = openJournal(places.journal, "process");
  const guards: GuardState = state === "halted" || state === "reducing" ? state : "active";
  const rule = { active: "", reducing: "dailyLoss", halted: "drawdown" }[guards];
  const closes = state === "learned" ? 0 : rows;
  journal.write({
    events: [
      learned(0),
      started,
      ...Array.from({ length: closes }, (_, row) => barEvents(row, closes)).flat(),
    ],
    orders: closes === 0 ? [] : [RESTING],
    point: {
      row: closes,
      book: [],
      booked: 0,
      population: null,
      guards: { state: guards, rule, peak: 1, dayEquity: 1, sent: [] },
    },
  });
  if (guards !== "active") journal.write({ events: [{ ...guard(closes - 1, guards, rule) }] });
  if (state === "ended") {
    const row = closes - 1, reason = "no bar was left";
    journal.write({ events: [{ type: "session", time: closeOf(row), row, what: "stopped", reason }] });
  }
  return places;
}

/** What the close of a bar adds to a session that is made already. */
export function barEvents(row: number, rows = ROWS): RecordedEvent[] {
  const equity = equityAt(row);
  const peak = Math.max(...Array.from({ length: row + 1 }, (_, i) => equityAt(i)));
  const day = equityAt(Math.max(0, row - row % 6 - 1));
  const clientId = `made-${row}-0i`,
    order = { clientId, row, coin: "BTC", quantity: row % 2 === 0 ? 0.014 : -0.012 };
  const step = (to: EventOf<"order">["to"], filled = 0): EventOf<"order"> => ({
    ...refused(row),
    ...order,
    from: null,
    to,
    filled,
    reason: "",
  });
  return [
    ...(row % 9 === 0 ? [step("accepted"), step("filled", Math.abs(order.quantity))] : []),
    ...(row % 9 === 0
      ? [fill(row, { ...order, kind: "entry", price: 43_210.5, fee: 3.1, realised: 0 })]
      : []),
    ...(row % 31 === 5
      ? [
        fill(row, { coin: "DOGE", kind: "funding", quantity: -1712, price: 0.0831, fee: 0, realised: -0.42 }),
        refused(row),
      ]
      : []),
    ...(row === 120 ? [learned(row)] : []),
    bar(row, {
      equity,
      drawdown: 1 - equity / peak,
      dayReturn: equity / day - 1,
      gross: 1.42,
      fees: 0.31 * row,
      funding: 0 - 0.05 * row,
      positions: [
        { coin: "BTC", quantity: 0.084, entry: 43_210.5, mark: 43_650.25, stop: 41_020.5, target: 48_111 },
        { coin: "ETH", quantity: -1.31, entry: 2310.12, mark: 2350.4, stop: 2520.1, target: 0 },
        { coin: "DOGE", quantity: -11_712, entry: 0.0831, mark: 0.0802, stop: 0, target: 0.061 },
      ],
      team: row < rows / 2 ? ["technical", ...TEAM.slice(1)] : TEAM,
    }),
  ];
}

function learned(row: number): EventOf<"iteration"> {
  const one = (variant: string, credit: number) => ({
    variant,
    credit,
    novelty: 0,
    score: credit,
    genome: [],
  });
  return {
    ...iteration(row, 4),
    agents: {
      analyst: [one("technical", 0.2), one("momentum", 0.912)],
      researcher: [one("quantile", 1.204), one("statistical", -0.3)],
      trader: [one("adaptive", -0.1), one("conservative", 0.3)],
      risk: [one("dynamic", 0.44), one("drawdown", 0.1)],
    },
  };
}

const RESTING: OrderRecord = {
  order: {
    clientId: "made-259-1i",
    coin: 1,
    quantity: -0.55,
    price: 2361.2,
    reduceOnly: false,
    leverage: 2,
    worth: 1300,
    stop: 0.05,
    target: 0.1,
    untilRow: null,
  },
  row: 259,
  state: "partlyFilled",
  filled: 0.2,
  sentAt: 0,
  reason: "",
};
