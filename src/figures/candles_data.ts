import { FILL_KINDS, type FillKind } from "../simulation/trace.ts";
import type { CoinBars, Panel } from "../market/panel.ts";
import type { CandlesData } from "./candles.ts";
import type { ChartFill } from "./fill_style.ts";
import { shown } from "../core/shown.ts";
import { plainText } from "./text.ts";

/** Fills as a run stores them: columns of one length, fills of all strategies and coins. */
export interface FillColumns {
  /** Whose fill it is. */
  readonly strategy: readonly string[];
  /** Open of the bar in which it happened, ms UTC. */
  readonly time: Float64Array;
  /** Symbols. */
  readonly coin: readonly string[];
  /** Kinds of fills, of `FILL_KINDS`. */
  readonly kind: readonly string[];
  /** Coins bought (> 0) or sold (< 0). */
  readonly quantity: Float64Array;
  /** USDT. */
  readonly price: Float64Array;
}

/** The fills of one strategy in one coin. @throws {RangeError} If a kind is not one that the simulation knows. */
export function chartFills(columns: FillColumns, strategy: string, coin: string): ChartFill[] {
  return columns.strategy.flatMap((name, i) => {
    if (name !== strategy || columns.coin[i] !== coin) return [];
    const kind = columns.kind[i]!;
    if (!(FILL_KINDS as readonly string[]).includes(kind)) {
      throw new RangeError(
        `Cannot draw a fill as its kind must be one of ${FILL_KINDS.join(", ")}: current value is ${
          plainText(kind)
        }`,
      );
    }
    return [{
      time: columns.time[i]!,
      kind: kind as FillKind,
      quantity: columns.quantity[i]!,
      price: columns.price[i]!,
    }];
  });
}

/**
 * One coin's bars in rows from..to-1 of a panel, with the fills in them and the position that earlier fills left.
 *
 * @param fills All fills of the coin, in order of time.
 * @throws {RangeError} If the panel has no such coin, or no such rows.
 */
export function candlesData(
  panel: Panel,
  coin: string,
  fills: readonly ChartFill[],
  { from = 0, to = panel.rows }: { readonly from?: number; readonly to?: number } = {},
): CandlesData {
  if (!ArrayBuffer.isView((panel as Partial<Panel> | undefined)?.openTime)) {
    throw new RangeError("Cannot draw candles as the bars must be a panel: write market.panel");
  }
  if (!(Number.isInteger(from) && 0 <= from && from < Math.min(to, panel.rows))) {
    throw new RangeError(
      `Cannot draw candles as whole rows 0 <= from < to, from < ${panel.rows} must hold: current values are from ${
        shown(from)
      }, to ${shown(to)}. The last 120: from: market.rows - 120`,
    );
  }
  const bars = coinOf(panel, coin), first = panel.openTime[from] ?? Infinity;
  const cut = (column: Float64Array) => column.slice(from, to);
  const traded = fills.filter(({ kind }) => kind !== "funding");
  return {
    coin,
    bars: {
      openTime: cut(panel.openTime),
      open: cut(bars.open),
      high: cut(bars.high),
      low: cut(bars.low),
      close: cut(bars.close),
    },
    fills: traded.filter(({ time }) => time >= first),
    position: traded.filter(({ time }) => time < first).reduce((sum, { quantity }) => sum + quantity, 0),
    stops: null,
  };
}

function coinOf({ coins }: Panel, name: string): CoinBars {
  const found = coins.find(({ coin }) => coin === name);
  if (!found) {
    const known = coins.map(({ coin }) => coin).join(", ");
    throw new RangeError(
      `Cannot draw candles as the coin must be one of ${known}: current value is ${plainText(name)}`,
    );
  }
  return found;
}
