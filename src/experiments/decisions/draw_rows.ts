/** Where decisions are made: distinct, far enough apart, spread over regimes and coins. */
import { rng } from "../../core/rng.ts";
import { marketRegimes, TREND_NAMES, UNKNOWN_VOLATILITY, VOLATILITY_NAMES } from "../../market/regimes.ts";
import type { Panel } from "../../market/panel.ts";

/** A row and the coin that is decided on there. */
export interface DrawnRow {
  readonly row: number;
  /** Index of the coin. */
  readonly coin: number;
  readonly trend: (typeof TREND_NAMES)[number];
  readonly volatility: (typeof VOLATILITY_NAMES)[number];
}

/** What is drawn. */
export interface DrawRequest {
  readonly points: number;
  /** Bars ahead that outcomes look; points are more than so many rows apart, so that no two share a bar. */
  readonly horizon: number;
  /** First row that may be drawn. */
  readonly from: number;
  readonly seed: number;
}

/**
 * Draws decision points without replacement. The six regimes of the market (trend by volatility) take turns, and so do
 * the coins within each block of as many points as there are coins; one coin at each row, since coins at one row move
 * together. Rarer regimes run dry first, then the others go on without them.
 *
 * @throws {RangeError} If so many points have no room.
 */
export function drawRows(panel: Panel, { points, horizon, from, seed }: DrawRequest): readonly DrawnRow[] {
  const { trend, volatility } = marketRegimes(panel);
  const last = panel.rows - 1 - horizon;
  const cells = TREND_NAMES.flatMap((_, t) =>
    VOLATILITY_NAMES.map((_, v) => {
      const rows: number[] = [];
      for (let row = from; row <= last; row++) {
        if (volatility[row] !== UNKNOWN_VOLATILITY && trend[row] === t && volatility[row] === v) {
          rows.push(row);
        }
      }
      return { t, v, rows: rng("decisions", seed, "rows", t, v).shuffle(rows), at: 0 };
    })
  );
  const taken = new Uint8Array(panel.rows + horizon + 1);
  const out: DrawnRow[] = [];
  let coins: number[] = [];
  for (let turn = 0, dry = 0; out.length < points && dry < cells.length; turn++) {
    const cell = cells[turn % cells.length]!;
    while (cell.at < cell.rows.length && taken[cell.rows[cell.at]!]) cell.at++;
    const row = cell.rows[cell.at];
    if (row === undefined) {
      dry++;
      continue;
    }
    dry = 0;
    taken.fill(1, Math.max(0, row - horizon), row + horizon + 1);
    if (coins.length === 0) {
      coins = rng("decisions", seed, "coins", out.length).shuffle(panel.coins.map((_, coin) => coin));
    }
    out.push({ row, coin: coins.pop()!, trend: TREND_NAMES[cell.t]!, volatility: VOLATILITY_NAMES[cell.v]! });
  }
  if (out.length === points) return out;
  throw new RangeError(
    `Cannot draw decisions as points must be at most ${out.length} on these rows, ${horizon} bars apart: ` +
      `current value is ${points}`,
  );
}
