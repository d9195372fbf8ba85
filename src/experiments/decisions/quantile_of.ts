import { sortedQuantile } from "../../stats/bootstrap.ts";

/** An empirical quantile; null of nothing. */
export function quantileOf(values: readonly number[], level: number): number | null {
  return values.length === 0 ? null : sortedQuantile(Float64Array.from(values).sort(), level);
}
