import type { CoinBars, ColumnName } from "../panel.ts";
import { type Add, addBeyond } from "./finding.ts";
import type { QualitySettings } from "./settings.ts";

const CANDLES = [
  ["open", "high", "low", "close"],
  ["markOpen", "markHigh", "markLow", "markClose"],
  ["indexOpen", "indexHigh", "indexLow", "indexClose"],
] as const;

/** Checks each candle by itself and against the one before. */
export function checkCandles(
  bars: CoinBars,
  columns: ReadonlySet<ColumnName>,
  { move }: QualitySettings,
  add: Add,
): void {
  for (const [open, high, low, close] of CANDLES) {
    if (!columns.has(open)) continue;
    const o = bars[open], h = bars[high], l = bars[low], c = bars[close];
    add("impossible value", "error", bars.coin, high, h, (t) => h[t]! < Math.max(o[t]!, c[t]!, l[t]!));
    add("impossible value", "error", bars.coin, low, l, (t) => l[t]! > Math.min(o[t]!, c[t]!, h[t]!));
    add("open off last close", "warning", bars.coin, open, o, (t) => t > 0 && o[t] !== c[t - 1]);
    addBeyond(add, "wild move", bars.coin, high, h, (t) => Math.abs(Math.log(h[t]! / l[t]!)), move);
    const step = (t: number) => t === 0 ? 0 : Math.abs(Math.log(c[t]! / c[t - 1]!));
    addBeyond(add, "wild move", bars.coin, close, c, step, move);
  }
}

/**
 * Compares last, mark and index at each bar's open, high, low and close: the one that is far from the middle one of
 * the three is named. Of two, either may be wrong; the later in the list is named.
 */
export function checkApart(
  bars: CoinBars,
  columns: ReadonlySet<ColumnName>,
  { apart }: QualitySettings,
  add: Add,
): void {
  for (let part = 0; part < 4; part++) {
    const names = CANDLES.map((candle) => candle[part]!).filter((name) => columns.has(name));
    if (names.length < 2) continue;
    const series = names.map((name) => bars[name]);
    names.forEach((name, i) => {
      if (names.length === 2 && i === 0) return;
      const distance = (t: number) => {
        const middle = series.length === 2 ? series[0]![t]! : middleOf(series, t);
        return Math.abs(Math.log(series[i]![t]! / middle));
      };
      addBeyond(add, "prices apart", bars.coin, name, bars[name], distance, apart);
    });
  }
}

function middleOf([a, b, c]: readonly Float64Array[], t: number): number {
  const x = a![t]!, y = b![t]!, z = c![t]!;
  return Math.max(Math.min(x, y), Math.min(Math.max(x, y), z));
}

/** Notes premiums at the close that are wider than usual. */
export function checkPremium(
  bars: CoinBars,
  columns: ReadonlySet<ColumnName>,
  { premiumLimit }: QualitySettings,
  add: Add,
): void {
  const over = (a: Float64Array, b: Float64Array) => a.map((value, t) => value / b[t]! - 1);
  const note = (column: string, premium: Float64Array) =>
    add("premium outlier", "note", bars.coin, column, premium, (t) => Math.abs(premium[t]!) > premiumLimit);
  if (!columns.has("markClose")) return;
  if (columns.has("indexClose")) note("markClose / indexClose - 1", over(bars.markClose, bars.indexClose));
  note("close / markClose - 1", over(bars.close, bars.markClose));
}
