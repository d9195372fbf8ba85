/** Coins against one another, and against what is known of them. */
import type { Coin } from "../../core/universe.ts";
import type { CoinBars, Panel } from "../panel.ts";
import type { Add } from "./finding.ts";
import type { QualitySettings } from "./settings.ts";

/**
 * Closes of bars that open at these dates, to three digits: they tell a file that bears another coin's name, or whose
 * prices are in another unit. From the development rows alone.
 */
const KNOWN_CLOSES: readonly { readonly open: number; readonly closes: Readonly<Record<Coin, number>> }[] = [
  { open: Date.UTC(2022, 0, 1), closes: { BTC: 46800, ETH: 3720, SOL: 173, DOGE: 0.172, XRP: 0.841 } },
  { open: Date.UTC(2022, 6, 1), closes: { BTC: 19700, ETH: 1050, SOL: 33.6, DOGE: 0.066, XRP: 0.322 } },
  { open: Date.UTC(2023, 0, 1), closes: { BTC: 16600, ETH: 1190, SOL: 9.95, DOGE: 0.0698, XRP: 0.338 } },
  { open: Date.UTC(2023, 6, 1), closes: { BTC: 30400, ETH: 1920, SOL: 18.3, DOGE: 0.0696, XRP: 0.469 } },
];

/** Finds rows, moves and levels that two coins should not share. */
export function checkCoins(
  { coins, openTime, source }: Panel,
  { twinCorrelation, knownPrice }: QualitySettings,
  add: Add,
): void {
  coins.forEach((bars, i) => {
    for (const other of coins.slice(0, i)) {
      const shared = (t: number) =>
        bars.close[t] === other.close[t] && bars.volume[t] === other.volume[t] &&
        bars.volume[t]! > 0;
      add("copied bars", "error", bars.coin, `close, volume of ${other.coin}`, bars.close, shared);
      const together = returnCorrelation(bars, other);
      if (together <= twinCorrelation) continue;
      const level = new Float64Array(1).fill(together);
      add("twin coins", "warning", bars.coin, `correlation with ${other.coin}`, level, (t) => t === 0);
    }
    if (source.kind === "synthetic") return;
    const column = "close at a known date";
    add(
      "wrong coin",
      "error",
      bars.coin,
      column,
      bars.close,
      (t) => isWrong(bars, openTime[t]!, t, knownPrice),
    );
  });
}

function isWrong({ coin, close }: CoinBars, time: number, row: number, limit: number): boolean {
  const known = KNOWN_CLOSES.find(({ open }) => open === time)?.closes;
  if (known?.[coin] === undefined) return false;
  const distance = (price: number) => Math.abs(Math.log(close[row]! / price));
  const own = distance(known[coin]!);
  return own > limit || Object.values(known).some((price) => distance(price) < own);
}

/** Correlation of two coins' log returns; NaN if one never moved. */
function returnCorrelation(a: CoinBars, b: CoinBars): number {
  const moves = ({ close }: CoinBars) =>
    Float64Array.from({ length: close.length - 1 }, (_, t) => Math.log(close[t + 1]! / close[t]!));
  const x = moves(a), y = moves(b), n = x.length;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
  const mx = mean(x), my = mean(y);
  let xx = 0, yy = 0, xy = 0;
  for (let t = 0; t < n; t++) {
    xx += (x[t]! - mx) ** 2;
    yy += (y[t]! - my) ** 2;
    xy += (x[t]! - mx) * (y[t]! - my);
  }
  return xy / Math.sqrt(xx * yy);
}
