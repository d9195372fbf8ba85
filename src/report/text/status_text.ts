/** A paper session as it stands, in words. */
import type { AlertRow } from "../../figures/alerts_table.ts";
import { alertsTable } from "../../figures/alerts_table.ts";
import { count, decimal } from "../../figures/format.ts";
import type { SessionSummary } from "../../live/summary.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";
import { textTable } from "./run_text.ts";
import { type BarsSource, sessionText } from "./session_text.ts";

/** Alerts that are listed. */
const ALERTS = 8;

/** What is said of a session. */
export interface StatusParts extends BarsSource {
  readonly session: string;
  readonly guard: string;
  /** The rule that led there; empty while active. */
  readonly guardRule: string;
  /** What a person asks of the guards and the session has not heard; null of nothing. */
  readonly asked: string | null;
  /** Whether a process trades it; null where that cannot be told. */
  readonly held: boolean | null;
  readonly summary: SessionSummary;
  readonly champion: readonly string[];
  readonly openOrders: readonly {
    readonly clientId: string;
    readonly coin: string;
    readonly quantity: number;
    readonly price: number | null;
    readonly state: string;
  }[];
  /** All of them, oldest first. */
  readonly alerts: readonly AlertRow[];
}

/** Its guards first where they hold something back, then money and positions, orders, champion and alerts. */
export function statusText(status: StatusParts): string {
  const { session, guard, guardRule, asked, held, summary, champion, openOrders, alerts } = status;
  return [
    ...(asked === null ? [] : [paragraph(`!! Asked for: ${asked}. Not heard yet.`), ""]),
    ...(guard === "active" ? [] : [paragraph(`!! Guards are ${guard}: ${guardRule}.`), ""]),
    sessionText(session, summary, status),
    ...(held === null ? [] : ["", held ? "A process trades it now." : "No process trades it now."]),
    "",
    ...openOrdersText(openOrders),
    paragraph(`Champion: ${champion.length === 0 ? "none yet" : champion.join(", ")}.`),
    "",
    alerts.length === 0
      ? "No alert."
      : paragraph(`Alerts, ${count(alerts.length)} in all, the newest first:`),
    ...(alerts.length === 0 ? [] : [textTable(alertsTable(alerts, ALERTS))]),
  ].join("\n");
}

function openOrdersText(orders: StatusParts["openOrders"]): string[] {
  if (orders.length === 0) return ["No order rests."];
  const rows = orders.map(({ coin, quantity, price, state, clientId }) => [
    coin,
    String(quantity),
    price === null ? "market" : decimal(price, 4),
    state,
    clientId,
  ]);
  const columns = [
    ["Order", "left"],
    ["Quantity", "right"],
    ["Price", "right"],
    ["State", "left"],
    ["Client id", "left"],
  ] as const;
  return [plainTable(columns, rows), ""];
}
