/** Limits of some rows, kept small: of a usual risk agent most columns never move, and hundreds of teams are kept. */
import { type Limits, LIMITS_WIDTH } from "../../simulation/limits.ts";

/** By column of a limits row: one number where it stands still, else a value a row. */
export type LimitsStretch = readonly (number | Float64Array)[];

/** Rows from .. from + rows - 1 of some limits. */
export function stretchOfLimits({ values }: Limits, from: number, rows: number): LimitsStretch {
  return Array.from({ length: LIMITS_WIDTH }, (_, column) => {
    const at = (row: number) => values[(from + row) * LIMITS_WIDTH + column]!;
    const first = at(0);
    for (let row = 1; row < rows; row++) {
      if (at(row) !== first) return Float64Array.from({ length: rows }, (_, i) => at(i));
    }
    return first;
  });
}

/** One value: row `row` of the stretch, counted from its first. */
export function limitAt(stretch: LimitsStretch, row: number, column: number): number {
  const series = stretch[column]!;
  return typeof series === "number" ? series : series[row]!;
}
