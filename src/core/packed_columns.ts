/** Columns of a row-major block, kept small: of a usual plan or limits most never move. */

/** By column: one number where it stands still, to the bit, else a value a row. */
export type PackedColumns = readonly (number | Float64Array)[];

/** Packs the columns of a block, row-major [rows][width]. */
export function packColumns(values: Float64Array, width: number): PackedColumns {
  return Array.from({ length: width }, (_, column) => {
    const first = values[column]!;
    for (let at = column; at < values.length; at += width) {
      if (Object.is(values[at], first)) continue;
      const series = new Float64Array(values.length / width);
      for (let row = 0, from = column; row < series.length; row++, from += width) series[row] = values[from]!;
      return series;
    }
    return first;
  });
}

/** One value of a packed block. */
export function packedAt(columns: PackedColumns, row: number, column: number): number {
  const series = columns[column]!;
  return typeof series === "number" ? series : series[row]!;
}
