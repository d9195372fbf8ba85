/** What there is to see in a market: its columns, indicators and signals as series, its feature tables as frames. */
import { shown } from "../core/shown.ts";
import type { Coin } from "../core/universe.ts";
import {
  CATALOGUE,
  type CatalogueName,
  columnBars,
  type ColumnSpec,
  computeColumn,
  DEFAULT_COLUMNS,
} from "../features/catalogue.ts";
import { assembleFeatures, type CoinFrames, panelToFrames, signalFrame } from "../features/frame.ts";
import {
  crossAssetSignals,
  SIGNAL_NAMES,
  type SignalName,
  standardiseSignal,
} from "../features/signals/signals.ts";
import { type CoinBars, COLUMN_NAMES, type ColumnName } from "../market/panel.ts";
import {
  QUALITY_DEFAULTS,
  type QualityReport,
  qualityReport,
  type QualitySettings,
} from "../market/quality.ts";
import { requireKnown } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { requireMarket } from "./request_checks.ts";

/** A column of the bars, or an indicator of the catalogue. */
export type AnyColumn = ColumnName | CatalogueName;

/**
 * One column of a coin: of its bars (`close`, `fundingRate`) or an indicator with its parameters (`rsi`, 14).
 *
 * @param params An indicator's parameters; its defaults unless given.
 * @returns Shape [rows]; an indicator is NaN while it warms up. Value t reads rows <= t.
 * @throws {RangeError} If there is no such coin or column, or a parameter is one it does not take.
 */
export function column(
  market: Market,
  coin: Coin,
  name: AnyColumn,
  ...params: readonly number[]
): Float64Array {
  const i = coinAt(market, coin);
  if ((COLUMN_NAMES as readonly string[]).includes(name)) {
    if (params.length > 0) {
      throw new RangeError(
        `Cannot read ${name} as a column of the bars takes no parameter: current value is (${
          params.map(shown).join(", ")
        })`,
      );
    }
    return market.panel.coins[i]![name as keyof CoinBars] as Float64Array;
  }
  requireKnown("Cannot find a column as its name", name, columnNames());
  const entry = CATALOGUE[name as CatalogueName];
  const spec: ColumnSpec = {
    name: name as CatalogueName,
    params: params.length === 0 ? entry.defaults : params,
  };
  return computeColumn(columnBars(market.panel, i), spec, market.panel.missing);
}

/** Names of all columns: of bars first, then indicators. */
export function columnNames(): AnyColumn[] {
  return [...COLUMN_NAMES, ...Object.keys(CATALOGUE) as CatalogueName[]];
}

/** A cross-asset signal: in its own unit, and as the z-score that agents read. Shape [rows]; NaN while warming up. */
export interface SignalSeries {
  /** In its own unit. */
  readonly value: Float64Array;
  /** As a causal z-score. */
  readonly z: Float64Array;
}

/** The eight cross-asset signals by name. */
export function signals(market: Market): Readonly<Record<SignalName, SignalSeries>> {
  requireMarket(market);
  const values = crossAssetSignals(market.panel);
  const series = SIGNAL_NAMES.map((
    name,
  ) => [name, { value: values[name], z: standardiseSignal(values[name]) }]);
  return Object.fromEntries(series) as Record<SignalName, SignalSeries>;
}

/** The eight signals as one polars frame, with `openTime`. */
export function signalTable(market: Market): CoinFrames[Coin] {
  requireMarket(market);
  return signalFrame(market.panel);
}

/** The bars as polars frames, one a coin. */
export function barTables(market: Market): CoinFrames {
  requireMarket(market);
  return panelToFrames(market.panel);
}

/**
 * The feature pipeline: a polars frame a coin of bars, indicators and the eight signals.
 *
 * @param columns Indicators with their parameters; all at their defaults unless given.
 */
export function featureTables(market: Market, columns: readonly ColumnSpec[] = DEFAULT_COLUMNS): CoinFrames {
  requireMarket(market);
  const { panel } = market;
  return assembleFeatures(panelToFrames(panel), panel.source, columns, panel.missing, panel.news);
}

/** Looks for what is odd about the bars. It reports and never repairs. */
export function quality(market: Market, settings: Partial<QualitySettings> = {}): QualityReport {
  requireMarket(market);
  return qualityReport(market.panel, market.derived, { ...QUALITY_DEFAULTS, ...settings }, market.form);
}

/** Index of a coin. @throws {RangeError} If the market does not hold it. */
export function coinAt(market: Market, coin: Coin): number {
  requireMarket(market);
  requireKnown("Cannot find a coin as it", coin, market.coins);
  return market.coins.indexOf(coin);
}
