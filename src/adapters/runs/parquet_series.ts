/** The series of a run as one Parquet file: `openTime` (ms UTC) and the equity of each strategy (USDT). */
import type { RunSeries } from "../../experiments/result.ts";

const TIME = "openTime";

/** Parquet bytes of a run's series. Equal series give equal bytes. @throws {RangeError} If a column has another length or a strategy is called openTime. */
export async function seriesToParquet(series: RunSeries): Promise<Uint8Array> {
  for (const [name, equity] of Object.entries(series.equity)) {
    if (name === TIME) {
      throw new RangeError(
        `Cannot write series as no strategy may be named as the time column: current value is ${name}`,
      );
    }
    if (equity.length !== series.openTime.length) {
      throw new RangeError(
        `Cannot write series as every strategy must have ${series.openTime.length} rows: ${name} has ${equity.length}`,
      );
    }
  }
  const names = Object.keys(series.equity).sort(); // so that the order in which strategies ran does not matter
  return await columnsToParquet([
    [TIME, series.openTime],
    ...names.map((name) => [name, series.equity[name]!] as const),
  ]);
}

/** Parquet bytes of named columns of numbers, all of one length. Equal columns give equal bytes. */
export async function columnsToParquet(
  columns: readonly (readonly [name: string, values: Float64Array])[],
): Promise<Uint8Array> {
  const pl = await polars();
  const frame = pl.DataFrame(columns.map(([name, values]) => pl.Series(name, [...values], pl.Float64)));
  return new Uint8Array(frame.writeParquet({ compression: "zstd" }));
}

/** The series in a Parquet file. @throws {TypeError} If its first column is not openTime or a column does not hold numbers. */
export async function readParquetSeries(path: string): Promise<RunSeries> {
  const [first, ...strategies] = await readParquetColumns(path);
  if (first?.[0] !== TIME) {
    throw new TypeError(
      `Cannot read series as its first column must be ${TIME}: current value is ${first?.[0]}`,
    );
  }
  return { openTime: first[1], equity: Object.fromEntries(strategies) };
}

/** The columns of a Parquet file, in order. @throws {TypeError} If one does not hold 64-bit numbers. */
export async function readParquetColumns(
  path: string,
): Promise<(readonly [name: string, values: Float64Array])[]> {
  const pl = await polars();
  const frame = pl.readParquet(path);
  return frame.columns.map((name) => {
    const values = frame.getColumn(name).toTypedArray();
    if (!(values instanceof Float64Array)) {
      throw new TypeError(`Cannot read series as column ${name} must hold 64-bit numbers`);
    }
    return [name, Float64Array.from(values)] as const; // a copy in our own memory: the frame's is freed
  });
}

/** Polars, loaded when it is first needed: it brings a native library. */
async function polars() {
  return (await import("nodejs-polars")).default;
}
