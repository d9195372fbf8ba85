/** The parts of the page of a watched session: each is put in anew where it changes, and nothing else moves. */
import { formatTime } from "../../core/time.ts";
import { alertsTable } from "../../figures/alerts_table.ts";
import { count, decimal, percent, signed, signedPercent } from "../../figures/format.ts";
import { guardText, isAtRest, lifeText, stateWord } from "../../figures/session_life.ts";
import { limitsTable } from "../../figures/session_limits.ts";
import { fillsTable, openOrdersTable, ordersTable } from "../../figures/session_orders.ts";
import { positionsTable } from "../../figures/session_tables.ts";
import { teamTable } from "../../figures/session_team.ts";
import type { SessionView } from "../../figures/session_view.ts";
import type { Table } from "../../figures/table.ts";
import { type Html, html } from "./html.ts";
import { tableHtml } from "./table.ts";
import { watchCurve } from "./watch_curve.ts";

/** Alerts that are listed. */
const ALERTS = 6;

/** The parts by name with their headings, as they follow on each other: what moves most, then what is told of it. */
export const WATCH_PARTS = [
  {
    curve: "Equity and drawdown",
    positions: "Positions",
    open_orders: "Open orders",
    orders: "Last orders",
    fills: "Last fills",
  },
  { alerts: "Alerts", team: "Champion", limits: "Guards" },
] as const;

/** Parts without a heading: what stands above the others, the page's title, and what a screen reader is told. */
export const HEAD_PARTS = ["title", "state", "money", "said"] as const;
/** Name of a part. */
export type WatchPart =
  | {
    readonly [Column in 0 | 1]: keyof (typeof WATCH_PARTS)[Column];
  }[0 | 1]
  | (typeof HEAD_PARTS)[number];
/** Markup by part; of `title` and `said` plain text. */
export type WatchParts = Readonly<Record<WatchPart, string>>;

/** A sign beside each state, so that it can be told without colour. */
const SIGN = { active: "●", reducing: "▲", halted: "■" } as const;
/** The sign of a session that nobody trades. */
const AT_REST = "○";

/** The parts of a session as it stands. */
export function watchParts(view: SessionView): WatchParts {
  const { session, guard, positions, openOrders, orders, fills, alerts, limits, team } = view;
  const newest = alerts.at(-1);
  const parts: Record<WatchPart, Html | string> = {
    title: `${guard === "active" ? "" : `${SIGN[guard]} ${guard.toUpperCase()} `}${session}`,
    said: `Guards are ${guard}. ${
      newest === undefined ? "No alert." : `Newest alert: ${newest.severity} ${newest.rule}, ${newest.text}.`
    }`,
    state: stateHtml(view),
    money: moneyHtml(view),
    curve: watchCurve(view),
    limits: tablePart(limitsTable(limits)),
    positions: tablePart(positionsTable(positions)),
    team: tablePart(teamTable(team, view.teamSince, view.deploy)),
    open_orders: tablePart(openOrdersTable(openOrders)),
    alerts: tablePart(alertsTable(alerts, ALERTS)),
    orders: tablePart(ordersTable(orders)),
    fills: tablePart(fillsTable(fills)),
  };
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, `${part}`])) as WatchParts;
}

/** What a page shows where a session cannot be read. */
export function faultParts(message: string): Partial<WatchParts> {
  return {
    state: `${html`<p class="warning" role="alert"><strong>Not read.</strong> ${message}</p>`}`,
    said: message,
  };
}

function stateHtml(view: SessionView): Html {
  const { guard, close, nextClose, staleMinutes, written, life } = view;
  const when = [
    close === null ? null : html`Newest close <b>${formatTime(close)} UTC</b>`,
    html`written <time data-since="${written}">${formatTime(written)} UTC</time>`,
    nextClose === null || life !== "trading" ? null : html`
      next bar closes <time data-until="${nextClose}" data-late="${staleMinutes}">at ${formatTime(
        nextClose,
      )} UTC</time>
    `,
  ].filter((one) => one !== null);
  return html`
    <div class="state ${guard}${isAtRest(view) ? " still" : ""}">
      <p class="guard"><span class="pill"><span aria-hidden="true">${isAtRest(view)
        ? AT_REST
        : SIGN[guard]}</span> ${stateWord(view)}</span>
        <span>${guardText(view)}</span></p>
      <p class="life ${life === "left" && view.stopped === null ? "alone" : ""}">${lifeText(view)}</p>
      <p class="when">${when.map((one, i) =>
        i === 0 ? one : html`<span class="dot" aria-hidden="true">·</span>${one}`
      )}</p>
    </div>
  `;
}

function moneyHtml({ money, alerts }: SessionView): Html {
  const side = (value: number) => value > 0 ? "gain" : value < 0 ? "loss" : "";
  const tile = (name: string, value: string, unit: string, below: string, kind = "") =>
    html`
      <div>
        <dt>${name}</dt>
        <dd><span class="${kind}">${value}</span>${unit === "" ? "" : html`
          <small>${unit}</small>
        `}</dd>
        <dd class="below">${below}</dd>
      </div>
    `;
  const { equity, startingEquity, profit, dayReturn, drawdown, maxDrawdown, gross, fees, funding } = money;
  const critical = alerts.filter(({ severity }) => severity === "critical").length;
  return html`
    <dl class="tiles">
      ${tile("Equity", decimal(equity), "USDT", `start ${decimal(startingEquity)}`)}
      ${tile(
        "Since the start",
        signedPercent(profit, 2),
        "",
        `${signed(equity - startingEquity)} USDT`,
        side(profit),
      )}
      ${tile("Today", signedPercent(dayReturn, 2), "", "since 00:00 UTC", side(dayReturn))}
      ${tile("Drawdown", percent(drawdown, 2), "", `largest ${percent(maxDrawdown, 2)}`)}
      ${tile("Exposure", `${decimal(gross)}×`, "", "all positions over equity")}
      ${tile(
        "Costs paid",
        decimal(fees + funding),
        "USDT",
        `fees ${decimal(fees)}, funding ${decimal(funding)}`,
      )}
      ${tile(
        "Bars",
        count(money.bars),
        "",
        `${count(money.fills)} fill${money.fills === 1 ? "" : "s"}, ${count(money.iterations)} learned`,
      )}
      <div class="${critical > 0 ? "critical" : ""}">
        <dt>Alerts</dt>
        <dd><a href="#alerts">${count(alerts.length)}</a></dd>
        <dd class="below">${critical === 0 ? "none critical" : `${count(critical)} critical`}</dd>
      </div>
    </dl>
  `;
}

function tablePart(table: Table): Html {
  const caption = table.caption === ""
    ? ""
    : html`<p class="${table.rows.length === 0 ? "empty" : "caption"}">${table.caption}</p>`;
  return html`${table.rows.length === 0 ? "" : tableHtml(table)}${caption}`;
}
