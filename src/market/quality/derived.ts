import { DERIVED_COLUMNS, DERIVED_NAMES, type DerivedBars, type DerivedColumn } from "../derived_columns.ts";
import type { CoinBars, ColumnName } from "../panel.ts";
import type { Add } from "./finding.ts";

/** Compares a file's derived columns with what they follow from. */
export function checkDerived(
  bars: CoinBars,
  given: DerivedBars,
  columns: ReadonlySet<ColumnName>,
  tolerance: number,
  add: Add,
): void {
  for (const name of DERIVED_NAMES) {
    const values = given[name];
    const { of, scale, from }: DerivedColumn = DERIVED_COLUMNS[name];
    if (!values || !from.every((source) => columns.has(source))) continue;
    add("derived mismatch", "warning", bars.coin, name, values, (t) => {
      const expected = of(bars, t);
      if (Number.isNaN(expected)) return false; // its source is missing, which is reported there
      return !(Math.abs(values[t]! - expected) <= tolerance * scale(bars, t));
    });
  }
}
