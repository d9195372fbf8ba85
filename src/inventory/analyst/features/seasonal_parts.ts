import { coinSeries, logClosesOf, type MarketView } from "../../../features/market_view.ts";
import { decompose } from "../../models/stl.ts";

/** Rows of a day, and of the window of the past that is decomposed at each row. */
export const DAY = 6;
const WINDOW = 20 * DAY;

/** Which number of a decomposition's end is meant: the trend's last step, or how the season goes on into the next row. */
export type SeasonalPart = "slope" | "season";

/**
 * STL of ln closes over the last twenty days, made anew at each row, of which the end alone is taken: the decomposition
 * smooths to both sides, and every earlier row of it knows what came after. Both parts come of one pass.
 *
 * @returns In ln price per row; NaN until the window is full. Shape [rows].
 */
export function seasonalPart(market: MarketView, coin: number, part: SeasonalPart): Float64Array {
  const both = coinSeries(
    market.whole ?? market,
    coin,
    "stl",
    (whole) => decomposeAll(logClosesOf(whole, coin)),
  );
  const rows = both.length / 2;
  return (part === "slope" ? both.subarray(0, rows) : both.subarray(rows)).subarray(0, market.panel.rows);
}

/** Slopes of all rows, then seasons of all rows. */
function decomposeAll(logClose: Float64Array): Float64Array {
  const rows = logClose.length, out = new Float64Array(2 * rows).fill(NaN);
  for (let t = WINDOW - 1; t < rows; t++) {
    const window = logClose.subarray(t - WINDOW + 1, t + 1),
      settings = { period: DAY, robust: false } as const;
    const { trend, seasonal } = decompose(window, { ...settings, seasonal: "periodic" });
    out[t] = trend[WINDOW - 1]! - trend[WINDOW - 2]!;
    out[rows + t] = seasonal[WINDOW - DAY]! - seasonal[WINDOW - 1]!; // the next row is of the phase of five rows ago
  }
  return out;
}
