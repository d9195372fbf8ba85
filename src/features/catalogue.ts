import { requireWindow, simpleReturns } from "../core/series.ts";
import { fundingPer8Hours } from "../market/funding.ts";
import type { CoinBars, ColumnName, Panel } from "../market/panel.ts";
import type { NewsColumns } from "../market/panel_news.ts";
import { adx } from "./adx.ts";
import { atr } from "./atr.ts";
import { bollinger } from "./bollinger.ts";
import { fundingCarry, fundingZ, longRatioZ, openInterestChange, premiumZ } from "./derivatives.ts";
import { highLowRange } from "./high_low_range.ts";
import { macd } from "./macd.ts";
import { momentum } from "./momentum.ts";
import { parkinsonVolatility } from "./parkinson_volatility.ts";
import { ppo } from "./ppo.ts";
import { realisedVolatility } from "./realised_volatility.ts";
import { roc } from "./roc.ts";
import { rollingAutocorrelation } from "./rolling_autocorrelation.ts";
import { rollingShape } from "./rolling_shape.ts";
import { rsi } from "./rsi.ts";
import { sma } from "./sma.ts";
import { stochastic } from "./stochastic.ts";
import { trix } from "./trix.ts";
import { volumeBalance } from "./volume_balance.ts";
import { volumeRatio } from "./volume_ratio.ts";
import { afterWarmUp } from "./warm_up.ts";

/** The bars of a coin as columns read them; with news where the panel has some. */
export type ColumnBars = CoinBars & {
  /** What was known of the coin's news at each row, and of all news. */
  readonly news?: { readonly own: NewsColumns; readonly overall: NewsColumns };
};

/** A single-output column over one coin's bars. None but macdHistogram depends on the level of the price, none on the coin's unit. */
export interface CatalogueEntry {
  /** What it measures, with its unit. */
  readonly summary: string;
  /** Names of the parameters, in order: windows in bars, integers >= 1. */
  readonly params: readonly string[];
  /** Their values unless others are given. */
  readonly defaults: readonly number[];
  /** Rows that are NaN at the start: value `warmUp` is the first number (if the coin's own columns are complete). */
  readonly warmUp: (params: readonly number[]) => number;
  /** Columns of the bars beside prices and trading that it means nothing without. */
  readonly needs?: readonly ColumnName[];
  /** True for a column of news: NaN where the panel has none, and no part of the usual feature tables. */
  readonly ofNews?: true;
  /** Whole-series function, shape [rows]; value t reads rows <= t. */
  readonly compute: (bars: ColumnBars, params: readonly number[]) => Float64Array;
}

/** Every column a feature table may hold. Add an entry here to add one. */
export const CATALOGUE = {
  rsi: {
    summary: "Wilder's relative strength index of closes, 0 to 100",
    params: ["period"],
    defaults: [14],
    warmUp: ([period]) => period!,
    compute: (bars, [period]) => rsi(bars.close, period),
  },
  macdHistogram: {
    summary:
      "MACD line minus its signal, USDT: the one column at price level, to be divided by what suits its reader",
    params: ["fast", "slow", "signal"],
    defaults: [12, 26, 9],
    warmUp: ([fast, slow, signal]) => Math.max(fast!, slow!) + signal! - 2,
    compute: (bars, [fast, slow, signal]) => macd(bars.close, fast, slow, signal).histogram,
  },
  percentB: {
    summary: "where the close lies between the Bollinger bands, 0 lower, 1 upper",
    params: ["period"],
    defaults: [20],
    warmUp: ([period]) => period! - 1,
    compute: (bars, [period]) => bollinger(bars.close, period).percentB,
  },
  bandwidth: {
    summary: "distance of the Bollinger bands as a fraction of their mid",
    params: ["period"],
    defaults: [20],
    warmUp: ([period]) => period! - 1,
    compute: (bars, [period]) => bollinger(bars.close, period).bandwidth,
  },
  adx: {
    summary: "Wilder's average directional index, 0 to 100",
    params: ["period"],
    defaults: [14],
    warmUp: ([period]) => 2 * period! - 1,
    compute: (bars, [period]) => adx(bars.high, bars.low, bars.close, period).adx,
  },
  diDifference: {
    summary: "plus minus minus directional indicator, -100 to 100",
    params: ["period"],
    defaults: [14],
    warmUp: ([period]) => period!,
    compute: (bars, [period]) => {
      const { plus, minus } = adx(bars.high, bars.low, bars.close, period);
      return subtract(plus, minus, period!);
    },
  },
  atrRatio: {
    summary: "average true range as a fraction of the close",
    params: ["period"],
    defaults: [14],
    warmUp: ([period]) => period! - 1,
    compute: (bars, [period]) => ratio(atr(bars.high, bars.low, bars.close, period), bars.close, period! - 1),
  },
  stochasticK: {
    summary: "where the close lies between the lowest low and the highest high, 0 to 100",
    params: ["period"],
    defaults: [14],
    warmUp: ([period]) => period! - 1,
    compute: (bars, [period]) => stochastic(bars.high, bars.low, bars.close, period, 1).k,
  },
  roc: {
    summary: "return over the period, a fraction",
    params: ["period"],
    defaults: [10],
    warmUp: ([period]) => period!,
    compute: (bars, [period]) => roc(bars.close, period),
  },
  momentum: {
    summary: "exponentially weighted standardised returns, about unit scale",
    params: ["tau"],
    defaults: [18],
    warmUp: ([tau]) => tau!,
    compute: (bars, [tau]) => momentum(bars.close, tau),
  },
  trix: {
    summary: "one-bar change of the triple EMA of closes, a fraction",
    params: ["period"],
    defaults: [15],
    warmUp: ([period]) => 3 * (period! - 1) + 1,
    compute: (bars, [period]) => trix(bars.close, period),
  },
  ppo: {
    summary: "fast minus slow EMA as a fraction of the slow one",
    params: ["fast", "slow"],
    defaults: [12, 26],
    warmUp: ([fast, slow]) => Math.max(fast!, slow!) - 1,
    compute: (bars, [fast, slow]) => ppo(bars.close, fast, slow),
  },
  skew: {
    summary: "sample skewness of returns",
    params: ["window"],
    defaults: [60],
    warmUp: ([window]) => window!,
    compute: (bars, [window]) => ofReturns(bars, (returns) => rollingShape(returns, window!).skew),
  },
  kurtosis: {
    summary: "sample excess kurtosis of returns",
    params: ["window"],
    defaults: [60],
    warmUp: ([window]) => window!,
    compute: (bars, [window]) => {
      requireWindow(window!, 4, "kurtosis");
      return ofReturns(bars, (returns) => rollingShape(returns, window!).kurtosis);
    },
  },
  autocorrelation: {
    summary: "lag-1 autocorrelation of returns, -1 to 1",
    params: ["window"],
    defaults: [60],
    warmUp: ([window]) => window!,
    compute: (bars, [window]) => ofReturns(bars, (returns) => rollingAutocorrelation(returns, window!)),
  },
  volatility: {
    summary: "root mean square return of one bar, a fraction",
    params: ["window"],
    defaults: [20],
    warmUp: ([window]) => window!,
    compute: (bars, [window]) => ofReturns(bars, (returns) => realisedVolatility(returns, window!)),
  },
  parkinson: {
    summary: "Parkinson's volatility of one bar from highs and lows, a fraction",
    params: ["window"],
    defaults: [20],
    warmUp: ([window]) => window! - 1,
    compute: (bars, [window]) => parkinsonVolatility(highLowRange(bars.high, bars.low), window!),
  },
  range: {
    summary: "mean of ln(high/low), a fraction",
    params: ["window"],
    defaults: [14],
    warmUp: ([window]) => window! - 1,
    compute: (bars, [window]) => sma(highLowRange(bars.high, bars.low), window!),
  },
  volumeRatio: {
    summary: "traded value over its rolling median",
    params: ["window"],
    defaults: [42],
    warmUp: ([window]) => window! - 1,
    compute: (bars, [window]) => volumeRatio(bars.turnover, window!),
  },
  volumeBalance: {
    summary: "traded value of rising minus falling bars, as a share of all, -1 to 1",
    params: ["window"],
    defaults: [20],
    warmUp: ([window]) => window!,
    compute: (bars, [window]) => volumeBalance(bars.close, bars.turnover, window!),
  },
  fundingZ: {
    summary: "funding rate against its trailing level, about unit scale",
    params: ["tau"],
    defaults: [90],
    warmUp: ([tau]) => tau!,
    needs: ["fundingRate"],
    compute: (bars, [tau]) => fundingZ(bars.fundingRate, tau!),
  },
  fundingCarry: {
    summary: "funding a long pays at the mean rate, a fraction of notional per year",
    params: ["window"],
    defaults: [42],
    warmUp: ([window]) => window! - 1,
    needs: ["fundingRate"],
    compute: (bars, [window]) => fundingCarry(bars.fundingRate, window!),
  },
  openInterestChange: {
    summary: "change of ln open interest in coins, a fraction",
    params: ["lag"],
    defaults: [6],
    warmUp: ([lag]) => lag!,
    needs: ["openInterest"],
    compute: (bars, [lag]) => openInterestChange(bars.openInterest, lag!),
  },
  longRatioZ: {
    summary: "share of long accounts against its trailing level, about unit scale",
    params: ["tau"],
    defaults: [90],
    warmUp: ([tau]) => tau!,
    needs: ["longRatio"],
    compute: (bars, [tau]) => longRatioZ(bars.longRatio, tau!),
  },
  premiumZ: {
    summary: "premium of the future over its index against its trailing level, about unit scale",
    params: ["tau"],
    defaults: [90],
    warmUp: ([tau]) => tau!,
    needs: ["markClose", "indexClose"],
    compute: (bars, [tau]) => premiumZ(bars.markClose, bars.indexClose, tau!),
  },
  newsSentiment: {
    summary:
      "what the coin's news says of its price, weighted by credibility and freshness, -1 to 1; 0 without news",
    ...ofNews(({ own }) => own.sentiment),
  },
  newsOverall: {
    summary: "the same of all news that is heard, -1 to 1",
    ...ofNews(({ overall }) => overall.sentiment),
  },
  newsCount: {
    summary: "stories about the coin in the last week, ln(1 + number)",
    ...ofNews(({ own }) => own.count.map(Math.log1p)),
  },
  newsCredibility: {
    summary: "how far what is heard of the coin is to be believed, 0 to 1",
    ...ofNews(({ own }) => own.credibility),
  },
  newsAge: {
    summary: "rows since the newest story about the coin, at most 180",
    ...ofNews(({ own }) => own.age),
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Name of a column of the catalogue. */
export type CatalogueName = keyof typeof CATALOGUE;

const columns: Record<string, CatalogueEntry> = CATALOGUE;

/**
 * Adds a column of one's own, before anything runs; the same one again changes nothing.
 *
 * @returns Its name, as tables and variants take it.
 * @throws {RangeError} If there is another column of that name.
 */
export function declareColumn(name: string, entry: CatalogueEntry): CatalogueName {
  if (Object.hasOwn(columns, name) && columns[name] !== entry) {
    throw new RangeError(`Cannot declare a column as its name must be new: current value is ${name}`);
  }
  columns[name] = entry;
  return name as CatalogueName;
}

/** Takes a column back, so that another one may have its name. */
export function withdrawColumn(name: string): void {
  delete columns[name];
}

/** A catalogue column with its parameters. */
export interface ColumnSpec {
  /** Of the catalogue. */
  readonly name: CatalogueName;
  /** In the order that its entry names. */
  readonly params: readonly number[];
}

/** Every catalogue column of the bars at its default parameters; those of news are named where they are wanted. */
export const DEFAULT_COLUMNS: readonly ColumnSpec[] = (Object.keys(CATALOGUE) as CatalogueName[])
  .filter((name) => !("ofNews" in CATALOGUE[name]))
  .map((name) => ({ name, params: CATALOGUE[name].defaults }));

/**
 * Computes one catalogue column.
 *
 * @param missing Columns of the bars that are stand-ins.
 * @returns Shape [rows], NaN for the declared warm-up, and throughout where what it needs is missing.
 * @throws {RangeError} If the number of parameters is wrong, or one is not an integer its column takes.
 */
export function computeColumn(
  bars: ColumnBars,
  { name, params }: ColumnSpec,
  missing: readonly ColumnName[] = [],
): Float64Array {
  const entry: CatalogueEntry = CATALOGUE[name];
  if (params.length !== entry.params.length) {
    throw new RangeError(
      `Cannot compute ${name} as it takes (${entry.params.join(", ")}): current value is (${
        params.join(", ")
      })`,
    );
  }
  const absent = entry.ofNews
    ? bars.news === undefined
    : entry.needs?.some((column) => missing.includes(column)) ?? false;
  return absent ? new Float64Array(bars.close.length).fill(NaN) : entry.compute(bars, params);
}

/** The bars of a coin as columns read them: funding per 8 h, whatever the hours between two settlements. */
export function columnBars(panel: Panel, coin: number): ColumnBars {
  const bars = { ...panel.coins[coin]!, fundingRate: fundingPer8Hours(panel, coin) };
  const { news } = panel;
  return news === null ? bars : { ...bars, news: { own: news.coins[coin]!, overall: news.overall } };
}

/** Name of a column in a table, such as "macdHistogram_12_26_9". */
export function columnLabel({ name, params }: ColumnSpec): string {
  return [name, ...params].join("_");
}

/** A column of news; it has no parameters and no warm-up. */
function ofNews(
  read: (news: NonNullable<ColumnBars["news"]>) => Float64Array,
): Omit<CatalogueEntry, "summary"> & { readonly ofNews: true } {
  return {
    params: [],
    defaults: [],
    warmUp: () => 0,
    ofNews: true,
    compute: ({ news }) => read(news!).slice(),
  };
}

function ofReturns(bars: CoinBars, column: (returns: Float64Array) => Float64Array): Float64Array {
  return afterWarmUp(simpleReturns(bars.close), 1, column); // row 0 has no return
}

/** values / by, from row `start` on: arithmetic on a NaN may change its bits, and columns are compared and hashed bit by bit. */
function ratio(values: Float64Array, by: Float64Array, start: number): Float64Array {
  const out = new Float64Array(values.length).fill(NaN, 0, start);
  for (let i = start; i < out.length; i++) out[i] = values[i]! / by[i]!;
  return out;
}

/** values - taken, from row `start` on. */
function subtract(values: Float64Array, taken: Float64Array, start: number): Float64Array {
  const out = new Float64Array(values.length).fill(NaN, 0, start);
  for (let i = start; i < out.length; i++) out[i] = values[i]! - taken[i]!;
  return out;
}
