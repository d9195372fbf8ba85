import { requireMovement } from "./constant.ts";
import { mean } from "./moments.ts";
import { requireCount, requireSameLength } from "./require.ts";

/**
 * Pearson correlation of two series, in [-1, 1].
 *
 * @throws {RangeError} If one of them never moves: it correlates with nothing.
 */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  requireSameLength(x, y, "a correlation");
  requireCount(x, 2, "a correlation");
  requireMovement(x, "the first series", "a correlation");
  requireMovement(y, "the second series", "a correlation");
  const mx = mean(x), my = mean(y);
  let xx = 0, yy = 0, xy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - mx, dy = y[i]! - my;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/**
 * Correlations of every pair of series; row-major [k x k], 1 on the diagonal.
 *
 * @throws {RangeError} If one of them never moves; the error says which, counted from 0.
 */
export function correlationMatrix(series: readonly ArrayLike<number>[]): Float64Array {
  series.forEach((one, i) => requireMovement(one, `series ${i}`, "correlations"));
  const k = series.length;
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    out[i * k + i] = 1;
    for (let j = 0; j < i; j++) out[i * k + j] = out[j * k + i] = correlation(series[i]!, series[j]!);
  }
  return out;
}
