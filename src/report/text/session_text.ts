import { formatTime } from "../../core/time.ts";
import type { EventOf } from "../../events/event.ts";
import { count, decimal, percent, signedPercent } from "../../figures/format.ts";
import type { SessionSummary } from "../../live/summary.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";

/** Where bars come from, in words, and whether no number made of them says anything about a real market. */
export interface BarsSource {
  readonly source: string;
  readonly synthetic: boolean;
}

/** A paper session so far: the answer first, which bars it was, then its positions. */
export function sessionText(name: string, summary: SessionSummary, bars: BarsSource): string {
  const { bars: closed, equity, profit, maxDrawdown, fees, funding, fills, orders, iterations, guard, last } =
    summary;
  const counted = Object.entries(orders).map(([state, many]) => `${count(many)} ${state}`).join(", ");
  const lines = [
    last === null
      ? `Paper session ${name}: no bar has closed yet.`
      : `Paper session ${name} at ${formatTime(last.time)} UTC: ${decimal(equity)} USDT after ${
        count(closed)
      } bar${closed === 1 ? "" : "s"} (${signedPercent(profit)}, largest drawdown ${percent(maxDrawdown)}).`,
    `${bars.source}.${bars.synthetic ? " No number here says anything about a real market." : ""}`,
    `${count(fills)} ${fills === 1 ? "fill" : "fills"}, fees ${decimal(fees)} and funding ${
      decimal(funding)
    } USDT; orders: ${counted || "none"}. ${count(iterations)} iterations learned, history included.`,
    `Guards: ${guard}. ${
      summary.disagreements === 0
        ? "Books and exchange agreed at every close."
        : `Books and exchange DISAGREED ${count(summary.disagreements)} times.`
    }`,
  ];
  return [...lines.map((line) => paragraph(line)), ...(last === null ? [] : positionsText(last))].join("\n");
}

function positionsText({ positions }: EventOf<"bar">): string[] {
  if (positions.length === 0) return ["No positions."];
  const level = (price: number) => price === 0 ? "-" : String(price);
  const table = plainTable(
    [
      ["Coin", "left"],
      ["Quantity", "right"],
      ["Entry", "right"],
      ["Mark", "right"],
      ["Stop", "right"],
      ["Target", "right"],
    ],
    positions.map(({ coin, quantity, entry, mark, stop, target }) => [
      coin,
      String(quantity),
      decimal(entry, 4),
      decimal(mark, 4),
      level(stop),
      level(target),
    ]),
  );
  return ["", table];
}

/** One closed bar in a line, as a session under way says it. */
export function barLine({ time, equity, drawdown, positions, iteration }: EventOf<"bar">): string {
  const held = positions.map(({ coin, quantity }) => `${coin} ${quantity > 0 ? "+" : ""}${quantity}`).join(
    ", ",
  );
  return `${formatTime(time)}  ${decimal(equity)} USDT, drawdown ${
    percent(drawdown)
  }, iteration ${iteration}: ${held || "flat"}`;
}
