/** Tables as Parquet: equal tables give equal bytes. */
import type { RunTable } from "../../experiments/run_tables.ts";

/** Parquet bytes of columns, in their order. @throws {RangeError} If their lengths differ. */
export async function tableToParquet(table: RunTable): Promise<Uint8Array> {
  const pl = await polars();
  const lengths = Object.entries(table).map(([name, { length }]) => `${name} has ${length}`);
  if (new Set(Object.values(table).map(({ length }) => length)).size > 1) {
    throw new RangeError(`Cannot write a table as its columns must be of one length: ${lengths.join(", ")}`);
  }
  const frame = pl.DataFrame(
    Object.entries(table).map(([name, column]) =>
      column instanceof Float64Array
        ? pl.Series(name, [...column], pl.Float64)
        : pl.Series(name, [...column], pl.String)
    ),
  );
  return new Uint8Array(frame.writeParquet({ compression: "zstd" }));
}

/** The columns of a Parquet file. @throws {TypeError} If one holds neither 64-bit numbers nor words. */
export async function readParquetTable(path: string): Promise<RunTable> {
  const pl = await polars();
  const frame = pl.readParquet(path);
  return Object.fromEntries(frame.columns.map((name) => {
    const series = frame.getColumn(name);
    if (series.isString()) return [name, series.toArray() as string[]];
    const values = series.toTypedArray();
    if (!(values instanceof Float64Array)) {
      throw new TypeError(`Cannot read ${path} as its column ${name} must hold 64-bit numbers or words`);
    }
    return [name, Float64Array.from(values)]; // a copy in our own memory: the frame's is freed
  }));
}

/** Polars, loaded when it is first needed: it brings a native library. */
async function polars() {
  return (await import("nodejs-polars")).default;
}
