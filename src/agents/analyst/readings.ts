import { columnOf, logClosesOf, type MarketView, returnsOf, volatilityOf } from "../market_view.ts";

/** The three lookbacks of an analyst in bars, ascending. */
export type Lookbacks = readonly [number, number, number];

/**
 * A reading: one indicator brought to about unit scale, positive where it speaks for a rise, clipped to
 * +-READING_LIMIT, 0 while warming up. Value t reads rows <= t.
 */
export type Reading = (market: MarketView, coin: number, lookbacks: Lookbacks) => Float64Array;

export const READING_LIMIT = 3;

/** Maps a series into a reading: NaN becomes 0, the rest is clipped. */
function clipped(rows: number, value: (row: number) => number): Float64Array {
  const out = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    const x = value(t);
    out[t] = Number.isNaN(x) ? 0 : Math.max(-READING_LIMIT, Math.min(READING_LIMIT, x));
  }
  return out;
}

/** Wilder's RSI around its middle; 20 points are one unit. */
const rsi: Reading = (market, coin, [short]) => {
  const values = columnOf(market, coin, "rsi", [short]);
  return clipped(market.panel.rows, (t) => (values[t]! - 50) / 20);
};

/** MACD histogram in units of one bar's price move. */
const macd: Reading = (market, coin, [short, middle]) => {
  const fast = Math.max(2, Math.round(short));
  const slow = Math.max(fast + 1, middle);
  const histogram = columnOf(market, coin, "macdHistogram", [fast, slow, 9]);
  const { close } = market.panel.coins[coin]!;
  const sd = volatilityOf(market, coin);
  return clipped(market.panel.rows, (t) => 2 * histogram[t]! / (close[t]! * sd[t]!));
};

/** Place of the close between the Bollinger bands: +-1 at the bands. */
const bollinger: Reading = (market, coin, [, middle]) => {
  const percentB = columnOf(market, coin, "percentB", [middle]);
  return clipped(market.panel.rows, (t) => 2 * percentB[t]! - 1);
};

/** Directional movement, stronger where ADX says there is a trend (25 is Wilder's line). */
const directional: Reading = (market, coin, [short, , long]) => {
  const difference = columnOf(market, coin, "diDifference", [short]);
  const strength = columnOf(market, coin, "adx", [Math.min(long, 120)]); // ADX smooths twice: 2 x 120 rows of warm-up
  return clipped(market.panel.rows, (t) => difference[t]! / 20 * Math.min(strength[t]! / 25, 2));
};

/** What serial correlation says of the last move: its sign follows the move if lag 1 persists, else fades it. */
const serialCorrelation: Reading = (market, coin, [short]) => {
  const rho = columnOf(market, coin, "autocorrelation", [short]);
  const returns = returnsOf(market, coin);
  const sd = volatilityOf(market, coin);
  return clipped(market.panel.rows, (t) => rho[t]! * Math.sqrt(short) * returns[t]! / sd[t]! / 2);
};

/** Calm reads positive: log of long-run over short-run volatility. */
const calm: Reading = (market, coin, [short, , long]) => {
  const now = columnOf(market, coin, "volatility", [short]);
  const usual = columnOf(market, coin, "volatility", [Math.max(long, short + 1)]);
  return clipped(market.panel.rows, (t) => 2 * Math.log(usual[t]! / now[t]!));
};

/** Skewness of returns: positive skew reads positive. */
const skewness: Reading = (market, coin, [, middle]) => {
  const skew = columnOf(market, coin, "skew", [Math.max(3, middle)]);
  return clipped(market.panel.rows, (t) => skew[t]!);
};

/** The last standardised move, faded the more the fatter the tails: extremes in fat-tailed markets revert. */
const tailReversal: Reading = (market, coin, [, , long]) => {
  const kurtosis = columnOf(market, coin, "kurtosis", [Math.max(4, long)]);
  const returns = returnsOf(market, coin);
  const sd = volatilityOf(market, coin);
  return clipped(
    market.panel.rows,
    (t) => -returns[t]! / sd[t]! * (0.5 + Math.min(Math.max(kurtosis[t]!, 0), 6) / 6),
  );
};

/** Rate of change over the short lookback in its own sd. */
const rateOfChange: Reading = (market, coin, [short]) => {
  const roc = columnOf(market, coin, "roc", [short]);
  const sd = volatilityOf(market, coin);
  return clipped(market.panel.rows, (t) => roc[t]! / (sd[t]! * Math.sqrt(short)));
};

/** Exponential momentum of standardised returns, unit variance under a random walk. */
const momentum: Reading = (market, coin, [, middle]) => {
  const values = columnOf(market, coin, "momentum", [middle]);
  return clipped(market.panel.rows, (t) => values[t]!);
};

/** TRIX in units of one bar's sd; thrice smoothed, so the short lookback is used to keep the warm-up. */
const trix: Reading = (market, coin, [short, , long]) => {
  const span = Math.max(2, Math.round((short + long) / 2 / 2));
  const values = columnOf(market, coin, "trix", [span]);
  const sd = volatilityOf(market, coin);
  return clipped(market.panel.rows, (t) => values[t]! * Math.sqrt(span) / sd[t]!);
};

/** Percentage price oscillator of short and long averages in sd of the long lookback. */
const priceOscillator: Reading = (market, coin, [short, , long]) => {
  const slow = Math.max(long, short + 1);
  const values = columnOf(market, coin, "ppo", [short, slow]);
  const sd = volatilityOf(market, coin);
  return clipped(market.panel.rows, (t) => 2 * values[t]! / (sd[t]! * Math.sqrt(slow)));
};

/**
 * A breakout reading: where the close stands in the range of the long lookback, the stronger the more the
 * measure of volatility stands above its own slow mean (expansion confirms the break).
 */
function breakout(
  measure: (market: MarketView, coin: number, lookbacks: Lookbacks) => Float64Array,
): Reading {
  return (market, coin, lookbacks) => {
    const level = measure(market, coin, lookbacks);
    const place = columnOf(market, coin, "stochasticK", [Math.max(2, lookbacks[2])]);
    let usual = NaN;
    return clipped(market.panel.rows, (t) => {
      const now = level[t]!;
      if (!Number.isNaN(now)) usual = Number.isNaN(usual) ? now : usual + 0.01 * (now - usual);
      const expansion = Math.max(0.2, Math.min(now / usual, 3));
      return (place[t]! - 50) / 35 * expansion;
    });
  };
}

const atrBreakout = breakout((market, coin, [short]) => columnOf(market, coin, "atrRatio", [short]));
const sdBreakout = breakout((market, coin, [, middle]) => columnOf(market, coin, "volatility", [middle]));
const rangeBreakout = breakout((market, coin, [short]) => columnOf(market, coin, "range", [short]));
const bandBreakout = breakout((market, coin, [, middle]) => columnOf(market, coin, "bandwidth", [middle]));

/** Slope of the trend: distance of the close from where it stood a long lookback ago, in sd. */
const trendSlope: Reading = (market, coin, [, , long]) => {
  const logClose = logClosesOf(market, coin);
  const sd = volatilityOf(market, coin);
  return clipped(
    market.panel.rows,
    (t) => t < long ? NaN : (logClose[t]! - logClose[t - long]!) / (sd[t]! * Math.sqrt(long)),
  );
};

/** The last move, the stronger the more was traded: volume confirms. */
const volumeConfirmation: Reading = (market, coin, [short]) => {
  const ratio = columnOf(market, coin, "volumeRatio", [short]);
  const returns = returnsOf(market, coin);
  const sd = volatilityOf(market, coin);
  return clipped(market.panel.rows, (t) => returns[t]! / sd[t]! * Math.min(ratio[t]!, 3) / 1.5);
};

/** Every reading an analyst variant may name. */
export const READINGS = {
  rsi,
  macd,
  bollinger,
  directional,
  serialCorrelation,
  calm,
  skewness,
  tailReversal,
  rateOfChange,
  momentum,
  trix,
  priceOscillator,
  atrBreakout,
  sdBreakout,
  rangeBreakout,
  bandBreakout,
  trendSlope,
  volumeConfirmation,
} as const satisfies Record<string, Reading>;
export type ReadingName = keyof typeof READINGS;
