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
  const pl = await polars();
  const names = Object.keys(series.equity).sort(); // so that the order in which strategies ran does not matter
  const frame = pl.DataFrame([
    pl.Series(TIME, [...series.openTime], pl.Float64),
    ...names.map((name) => pl.Series(name, [...series.equity[name]!], pl.Float64)),
  ]);
  return new Uint8Array(frame.writeParquet({ compression: "zstd" }));
}

/** The series in a Parquet file. @throws {TypeError} If its first column is not openTime or a column does not hold numbers. */
export async function readParquetSeries(path: string): Promise<RunSeries> {
  const pl = await polars();
  const frame = pl.readParquet(path);
  if (frame.columns[0] !== TIME) {
    throw new TypeError(
      `Cannot read series as its first column must be ${TIME}: current value is ${frame.columns[0]}`,
    );
  }
  const column = (name: string): Float64Array => {
    const values = frame.getColumn(name).toTypedArray();
    if (!(values instanceof Float64Array)) {
      throw new TypeError(`Cannot read series as column ${name} must hold 64-bit numbers`);
    }
    return Float64Array.from(values); // a copy in our own memory: the frame's is freed
  };
  const strategies = frame.columns.slice(1);
  return {
    openTime: column(TIME),
    equity: Object.fromEntries(strategies.map((name) => [name, column(name)])),
  };
}

/** Polars, loaded when it is first needed: it brings a native library. */
async function polars() {
  return (await import("nodejs-polars")).default;
}
