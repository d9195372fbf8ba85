/**
 * The polars feature pipeline: frames in, frames out. It serves notebooks, the CLI and a language model's
 * context; the learning loop computes the same columns without polars and must not import this file.
 *
 * Rows that do not exist yet (warm-up) are NaN, never null, in every column: NaN survives typed arrays and
 * Parquet bit for bit.
 */
import pl from "nodejs-polars";
import { hashJson } from "../core/hash.ts";
import type { Coin, Instrument } from "../core/universe.ts";
import {
  type CoinBars,
  COLUMN_NAMES,
  type ColumnName,
  createPanel,
  type MarketSource,
  type Panel,
} from "../market/panel.ts";
import type { PanelNews } from "../market/panel_news.ts";
import { DERIVED_COLUMNS, type DerivedName } from "../market/derived_columns.ts";
import { columnBars, columnLabel, type ColumnSpec, computeColumn, DEFAULT_COLUMNS } from "./catalogue.ts";
import { crossAssetSignals, SIGNAL_NAMES, standardiseSignal } from "./signals/signals.ts";

/**
 * One frame a coin, in the panel's order.
 *
 * @internal
 */
export type CoinFrames = Readonly<Record<Coin, pl.DataFrame>>;

/** Rows in the rolling means that polars computes: one week. */
const MEAN_ROWS = 42;

/** The bars of a panel as frames: `openTime` (datetime, ms UTC) and one column for each of COLUMN_NAMES. */
export function panelToFrames(panel: Panel): CoinFrames {
  return Object.fromEntries(panel.coins.map((bars) => [
    bars.coin,
    timedFrame(panel.openTime, COLUMN_NAMES.map((name) => [name, bars[name]])),
  ]));
}

/**
 * The panel that bar frames hold; nulls are read as NaN.
 *
 * @param missing Columns that are stand-ins, as the panel they came from says.
 * @throws {RangeError} If a coin's time axis is not the first coin's.
 */
export function framesToPanel(
  frames: CoinFrames,
  source: MarketSource,
  instruments: readonly Instrument[] = [],
  missing: readonly ColumnName[] = [],
): Panel {
  const names = Object.keys(frames), first = names[0]!;
  const openTime = frameTime(frames[first]!);
  const coins = names.map((coin) => {
    const frame = frames[coin]!;
    const time = frameTime(frame);
    const odd = time.findIndex((value, row) => value !== openTime[row]);
    if (time.length !== openTime.length || odd >= 0) {
      throw new RangeError(
        `Cannot join frames as all coins must share one time axis: ${coin} has ${time.length} rows and differs from ` +
          `${first} (${openTime.length} rows) at row ${
            odd < 0 ? Math.min(time.length, openTime.length) : odd
          }`,
      );
    }
    return {
      coin,
      ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, frameColumn(frame, name)])),
    };
  });
  return createPanel(coins as CoinBars[], openTime, source, instruments, missing);
}

/** A number column of a frame as a Float64Array (a copy); nulls become NaN. */
export function frameColumn(frame: pl.DataFrame, name: string): Float64Array {
  const column = pl.col(name).cast(pl.Float64).fillNull(pl.lit(NaN));
  return Float64Array.from(frame.select(column).getColumn(name).toTypedArray() as Float64Array);
}

/** The `openTime` column of a frame in ms UTC. */
export function frameTime(frame: pl.DataFrame): Float64Array {
  const column = pl.col("openTime").dt.timestamp().cast(pl.Float64);
  return Float64Array.from(frame.select(column).getColumn("openTime").toTypedArray() as Float64Array);
}

/** The eight cross-asset signals, each in its own unit (`btc_dominance`) and as the z-score that agents read (`btc_dominance_z`). */
export function signalFrame(panel: Panel): pl.DataFrame {
  const signals = crossAssetSignals(panel);
  return timedFrame(
    panel.openTime,
    SIGNAL_NAMES.flatMap((name) =>
      [[name, signals[name]], [`${name}_z`, standardiseSignal(signals[name])]] as const
    ),
  );
}

/**
 * Assembles one feature table a coin: time, bars, columns that polars expresses, catalogue columns (by the
 * functions the learning loop calls, hence equal bit for bit) and the eight signals, joined on time.
 *
 * @param frames Bars of the coins, as by panelToFrames.
 * @param source Where the bars come from.
 * @param columns Catalogue columns to add, each labelled by columnLabel.
 * @param missing Columns that are stand-ins: what reads them is NaN.
 * @param news News of these rows, for columns that read it.
 */
export function assembleFeatures(
  frames: CoinFrames,
  source: MarketSource,
  columns: readonly ColumnSpec[] = DEFAULT_COLUMNS,
  missing: readonly ColumnName[] = [],
  news: PanelNews | null = null,
): CoinFrames {
  const panel = { ...framesToPanel(frames, source, [], missing), news };
  const signals = signalFrame(panel);
  return Object.fromEntries(panel.coins.map((bars, coin) => {
    const computed = timedFrame(
      panel.openTime,
      columns.map((spec) => [columnLabel(spec), computeColumn(columnBars(panel, coin), spec, missing)]),
    );
    const table = frames[bars.coin]!
      .select("openTime", ...COLUMN_NAMES)
      .withColumns(...expressions(missing))
      .join(computed, { on: "openTime", how: "left" })
      .join(signals, { on: "openTime", how: "left" })
      .sort("openTime"); // a join promises no order
    return [bars.coin, table];
  }));
}

/** What polars expresses by itself; windows count rows, the first of which are NaN. */
const EXPRESSIONS: readonly pl.Expr[] = [
  pl.col("close").divideBy(pl.col("close").shift(1)).minus(pl.lit(1)).alias("simpleReturn"),
  pl.col("close").divideBy(pl.col("close").rollingMean(MEAN_ROWS)).minus(pl.lit(1)).alias(
    `closeToMean_${MEAN_ROWS}`,
  ),
  pl.col("turnover").rollingMean(MEAN_ROWS).alias(`turnoverMean_${MEAN_ROWS}`),
  pl.col("high").divideBy(pl.col("low")).log(Math.E).alias("highLowRange"),
].map((expression) => expression.fillNull(pl.lit(NaN)));

/** Those that follow from columns that not all bars have, by the formulas of derived_columns.ts. */
const DERIVED = {
  basis: pl.col("markClose").minus(pl.col("indexClose")),
  premium: pl.col("markClose").minus(pl.col("indexClose")).divideBy(pl.col("indexClose")),
  openInterestUsd: pl.col("openInterest").multiplyBy(pl.col("markClose")),
} as const satisfies { readonly [Name in DerivedName]?: pl.Expr };

/** All of them; what follows from stand-ins is NaN. */
function expressions(missing: readonly ColumnName[]): readonly pl.Expr[] {
  const derived = Object.entries(DERIVED).map(([name, expression]) => {
    const absent = DERIVED_COLUMNS[name as keyof typeof DERIVED].from.some((column) =>
      missing.includes(column)
    );
    return (absent ? pl.lit(NaN) : expression.fillNull(pl.lit(NaN))).alias(name);
  });
  return [...EXPRESSIONS, ...derived];
}

/**
 * Content address of a set of feature tables: it changes with any bar, any column or parameter, and with
 * `version`, which stands for the code that computed them.
 */
export function featureAddress(panelHash: string, columns: readonly ColumnSpec[], version: string): string {
  return hashJson({
    panel: panelHash,
    columns: columns.map(({ name, params }) => ({ name, params })),
    version,
  });
}

function timedFrame(
  openTime: Float64Array,
  columns: readonly (readonly [string, Float64Array])[],
): pl.DataFrame {
  const frame = pl.DataFrame({ openTime, ...Object.fromEntries(columns) });
  return frame.withColumns(pl.col("openTime").cast(pl.Int64).cast(pl.Datetime("ms")));
}
