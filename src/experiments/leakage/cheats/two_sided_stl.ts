import { logarithm } from "../../../core/series.ts";
import { hourOfDay } from "../../../core/time.ts";
import { BARS_PER_DAY } from "../../../core/universe.ts";
import type { Computation } from "../probe.ts";
import type { PlantedCheat } from "./planted_cheat.ts";

const HALF_WIDTH = 30;

/** Local linear regression with tricube weights over rows at-30..at+30 that lie in 0..last: its value at `at`. */
function loess(values: Float64Array, at: number, last: number): number {
  let w = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (let row = Math.max(0, at - HALF_WIDTH); row <= Math.min(at + HALF_WIDTH, last); row++) {
    const distance = row - at;
    const weight = (1 - (Math.abs(distance) / (HALF_WIDTH + 1)) ** 3) ** 3;
    w += weight;
    x += weight * distance;
    y += weight * values[row]!;
    xx += weight * distance * distance;
    xy += weight * distance * values[row]!;
  }
  const spread = w * xx - x * x;
  return spread > 1e-9 ? (xx * y - x * xy) / spread : y / w;
}

/** Trend by loess and season by hour of the day, the mean of what the trend leaves; each of them from rows <= `lastOf(t)`. */
function decompose(lastOf: (t: number, rows: number) => number): Computation {
  return (panel) => {
    const values = logarithm(panel.coins[0]!.turnover);
    const trend = values.map((_, t) => loess(values, t, lastOf(t, values.length)));
    const slot = (t: number) => Math.floor(hourOfDay(panel.openTime[t]!) * BARS_PER_DAY / 24);
    const sums = new Float64Array(BARS_PER_DAY), counts = new Float64Array(BARS_PER_DAY);
    const season = new Float64Array(values.length);
    let added = 0;
    for (let t = 0; t < values.length; t++) {
      for (; added <= lastOf(t, values.length); added++) {
        sums[slot(added)]! += values[added]! - trend[added]!;
        counts[slot(added)]! += 1;
      }
      season[t] = sums[slot(t)]! / counts[slot(t)]!;
    }
    return { series: [{ name: "trend", values: trend }, { name: "season", values: season }] };
  };
}

/** CHEAT: trend and season as in STL, from both sides and the whole sample. Honest: the same from the rows so far. */
export const twoSidedStl: PlantedCheat = {
  cheat: decompose((_t, rows) => rows - 1),
  honest: decompose((t) => t),
};
