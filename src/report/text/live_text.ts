/** A session as a terminal shows it while it trades: lines that fit the window, each part with what it means. */
import { formatTime } from "../../core/time.ts";
import { count, decimal, percent, signed, signedPercent } from "../../figures/format.ts";
import { alertsShort, guardText, isAtRest, lifeText, stateWord } from "../../figures/session_life.ts";
import { coinsText, priceText } from "../../figures/session_tables.ts";
import type { SessionView } from "../../figures/session_view.ts";
import { sparkline } from "./sparkline.ts";
import { spanText } from "./span_text.ts";

/** What a piece of a line means; whoever prints it may give it a colour. */
export type Tone = "plain" | "strong" | "soft" | "good" | "bad" | "alarm";
/** A piece of a line. */
export type Piece = readonly [text: string, tone: Tone];
/** One line. */
export type LiveLine = readonly Piece[];

/** Signs and lines of a window. */
export interface Window {
  readonly columns: number;
  readonly rows: number;
}

const GUARD_TONE = { active: "good", reducing: "alarm", halted: "bad" } as const;

/** The lines, none wider or more than the window holds; what matters least is left out first. @param now ms UTC. */
export function liveLines(view: SessionView, now: number, { columns, rows }: Window): LiveLine[] {
  const { session, venue, synthetic, money, equity, guard } = view;
  const head: LiveLine[] = [
    [[session, "strong"], [`  ${venue}${synthetic ? ", SYNTHETIC data" : ""}`, "soft"]],
    [[stateWord(view), isAtRest(view) ? "soft" : GUARD_TONE[guard]], [`  ${guardText(view)}`, "plain"]],
    [[lifeText(view), "plain"]],
    [],
    [
      ["Equity    ", "soft"],
      [decimal(money.equity), "strong"],
      [" USDT  ", "soft"],
      [signedPercent(money.profit, 2), sideTone(money.profit)],
      ["  today ", "soft"],
      [signedPercent(money.dayReturn, 2), sideTone(money.dayReturn)],
      ["  drawdown ", "soft"],
      [`${percent(money.drawdown, 2)} (largest ${percent(money.maxDrawdown, 2)})`, "plain"],
    ],
    ...(equity.length < 2
      ? []
      : [[["          ", "soft"], [sparkline(equity, Math.max(1, columns - 10)), "strong"]] as LiveLine]),
    [
      ["Exposure  ", "soft"],
      [`${decimal(money.gross)}×`, "plain"],
      [`  fees ${decimal(money.fees)}  funding ${decimal(money.funding)} USDT  `, "soft"],
      [`${count(money.bars)} bars  ${count(money.fills)} fills`, "soft"],
    ],
    [],
  ];
  const foot: LiveLine[] = [
    [],
    [[timesText(view, now), "soft"]],
    [["Ctrl-C ends this view; the session goes on.", "soft"]],
  ];
  const told = championLines(view).concat(orderLines(view), alertLines(view));
  const room = rows - head.length - foot.length;
  const held = positionLines(view), most = Math.max(1, room - told.length);
  const positions: LiveLine[] = held.length <= most
    ? held
    : most === 1
    ? [[["Positions ", "soft"], [`${count(held.length)} are held`, "plain"]]]
    : [...held.slice(0, most - 1), [[`          and ${count(held.length - most + 1)} more`, "soft"]]];
  return [...head, ...positions, ...told, ...foot].slice(0, rows).map((line) => cut(line, columns));
}

function positionLines({ positions }: SessionView): LiveLine[] {
  if (positions.length === 0) return [[["Positions ", "soft"], ["nothing is held", "plain"]]];
  const cells = positions.map(({ coin, quantity, entry, mark }) => ({
    coin,
    quantity: coinsText(quantity),
    mark: priceText(mark),
    profit: quantity * (mark - entry),
  }));
  const wide = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const coins = wide(cells.map(({ coin }) => coin)), quantities = wide(cells.map((one) => one.quantity));
  const marks = wide(cells.map(({ mark }) => mark)), profits = wide(cells.map((one) => signed(one.profit)));
  return cells.map(({ coin, quantity, mark, profit }, i) => [
    [i === 0 ? "Positions " : "          ", "soft"],
    [`${coin.padEnd(coins)}  ${quantity.padStart(quantities)}`, "plain"],
    [`  at ${mark.padStart(marks)}  `, "soft"],
    [signed(profit).padStart(profits), sideTone(profit)],
  ]);
}

function championLines({ team }: SessionView): LiveLine[] {
  const names = team.map(({ agent }) => agent).join(", ");
  return [[["Champion  ", "soft"], [names === "" ? "none yet" : names, "plain"]]];
}

function orderLines({ openOrders }: SessionView): LiveLine[] {
  const texts = openOrders.map(({ coin, quantity, price }) =>
    `${quantity > 0 ? "buy" : "sell"} ${coinsText(Math.abs(quantity))} ${coin} at ${
      price === null ? "market" : priceText(price)
    }`
  );
  return [[["Orders    ", "soft"], [texts.length === 0 ? "none is open" : texts.join("; "), "plain"]]];
}

function alertLines(view: SessionView): LiveLine[] {
  const { alerts } = view, newest = alerts.slice(-3).reverse();
  return [
    [["Alerts    ", "soft"], [alertsShort(view), alerts.length === 0 ? "plain" : "strong"]],
    ...newest.map(({ time, severity, rule, text }): LiveLine => [
      [`          ${formatTime(time)}  `, "soft"],
      [`${severity} ${rule}`, severity === "critical" ? "bad" : "alarm"],
      [`: ${text}`, "plain"],
    ]),
  ];
}

function timesText({ close, written, nextClose, life, staleMinutes }: SessionView, now: number): string {
  const left = nextClose === null || life !== "trading" ? null : nextClose - now;
  const next = left === null
    ? ""
    : left >= 0
    ? `; next bar closes in ${spanText(left)}`
    : `; next bar is ${spanText(-left)} late${-left > staleMinutes * 60_000 ? " !!" : ""}`;
  const newest = close === null ? "No bar has closed" : `Newest close ${formatTime(close)} UTC`;
  return `${newest}; written ${spanText(now - written)} ago${next}.`;
}

const sideTone = (value: number): Tone => value > 0 ? "good" : value < 0 ? "bad" : "plain";

/** A line of at most `columns` signs. */
function cut(line: LiveLine, columns: number): LiveLine {
  let room = columns;
  return line.flatMap(([text, tone]): Piece[] => {
    const signs = [...text],
      kept = signs.length <= room ? text : `${signs.slice(0, Math.max(0, room - 1)).join("")}…`;
    const fits = room > 0;
    room -= signs.length;
    return fits ? [[kept, tone]] : [];
  });
}
