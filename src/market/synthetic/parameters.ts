/**
 * Every number of the synthetic market, as data. Arrays over coins hold the five that were fitted, BTC, ETH,
 * SOL, DOGE and XRP; a further coin takes the numbers of coin i mod 5 (`ofCoin`) with noise of its own.
 * They were fitted to the development rows of Bybit's 4-hour bars, 2021-11-05 to 2023-11-04, by matching the
 * stylised facts that `popagent data facts` prints.
 */

/** The number of one coin in an array over the fitted coins. */
export function ofCoin(values: readonly number[], coin: number): number {
  return values[coin % values.length]!;
}

/** Open of the first bar: Friday 2021-11-05 08:00 UTC, ms; a funding settlement. */
export const START_TIME = Date.UTC(2021, 10, 5, 8);

/** An Ornstein-Uhlenbeck component: memory in bars, stationary variance. */
export interface OrnsteinUhlenbeck {
  readonly tau: number;
  readonly variance: number;
}

/** The hidden trend: mean spell in bars and drift per bar (log return of a coin with beta 1), for bull, bear, side. */
export const TREND = {
  meanSpell: [270, 180, 240],
  drift: [6.5e-4, -5.0e-4, 0.8e-4],
} as const;

/** The hidden volatility state: mean spell in bars and level of log volatility, for low, high. */
export const VOLATILITY_STATE = {
  meanSpell: [360, 150],
  level: [-0.18, 0.432],
} as const;

/** Log volatility of one bar's return. */
export const VOLATILITY = {
  /** Return sd of a bar at log volatility 0. */
  sigma: [0.00765, 0.0102, 0.01555, 0.014, 0.01175],
  /** Components that all coins share: months, days, hours. */
  market: [{ tau: 500, variance: 0.055 }, { tau: 25, variance: 0.075 }, { tau: 2.5, variance: 0.035 }],
  /** Loading of each coin on the shared log volatility. */
  loading: [1, 1, 0.85, 0.9, 0.9],
  ownTau: 30,
  ownVariance: [0.015, 0.015, 0.05, 0.08, 0.07],
  /** Shock of one bar, unpredictable: what makes standardised returns heavy-tailed. */
  shockVariance: [0.1, 0.08, 0.05, 0.075, 0.09],
  shockCommonShare: 0.7,
  /** Volatility of a bar that opens at 00, 04, .. 20 UTC against the mean. */
  weekday: [1.129, 0.902, 0.954, 1.438, 1.268, 1.036],
  weekend: [0.792, 0.654, 0.679, 0.826, 0.841, 0.899],
} as const;

/** Returns. Jumps occur in the default mode alone: a jump inside a bar would tax stops and pay limit orders. */
export const RETURNS = {
  firstPrice: [62000, 4500, 235, 0.26, 1.17],
  beta: [1, 1.12, 1.43, 1.28, 1],
  /** Share of a coin's return variance that no other coin has. */
  idiosyncraticShare: [0.145, 0.095, 0.3, 0.38, 0.41],
  /** That share in low and in high volatility, over its usual value: coins fall together. */
  shareFactor: [1.35, 0.5],
  marketJump: { rate: 0.0012, mean: -0.004, sd: 0.035 },
  ownJump: {
    rate: [0.0005, 0.0006, 0.0008, 0.0018, 0.002],
    mean: [0, 0, 0, 0.02, 0.025],
    sd: [0.03, 0.04, 0.07, 0.09, 0.1],
  },
  /** Memory in bars of the momentum that planted returns follow and funding leans on. */
  momentumTau: 18,
  /** Standardised signals are clipped here before they move a planted return. */
  signalClip: 3,
  /** Rows before the planted mean sets in, so that momentum has warmed up. */
  plantedFrom: 61,
} as const;

/** Planted means of the worlds beside `planted`. */
export const EDGE = {
  /** Memory in bars of the strengths that wander in `drift`: a year. */
  driftTau: 2190,
  /** Where the signal that nobody reads is clipped as it is written down. */
  hiddenClip: 3.5,
} as const;

/** Extremes inside a bar: the bridge's volatility over the bar's, in the default world and in all others. */
export const BRIDGE_WIDENING = { default: 1.15, others: 1 } as const;

/**
 * Means over all bars of the range (log high/low) and of its logarithm, by tests/oracles/synthetic_range.py.
 * Constants, since a mean over the rows drawn would let later rows move earlier ones.
 */
export const RANGE_MEANS = {
  default: {
    range: [0.01654, 0.02184, 0.03224, 0.03023, 0.02549],
    logRange: [-4.3678, -4.0801, -3.6582, -3.7619, -3.9366],
  },
  bridgeOnly: {
    range: [0.01499, 0.01979, 0.02922, 0.02734, 0.023],
    logRange: [-4.4687, -4.1809, -3.7591, -3.864, -4.0393],
  },
} as const;

/**
 * Funding rate of one settlement, from a latent crowding g of unit variance (rates in basis points):
 * 1 - lowSlope (lowKnee - g)+^lowPower + highSlope (g - highKnee)+, flat at 1 between the knees.
 */
export const FUNDING = {
  lowKnee: [-0.05, -0.1, -0.17, -0.65, -0.42],
  lowSlope: [1.03, 1.17, 1.8, 1.3, 1.44],
  lowPower: [0.85, 0.91, 0.94, 0.85, 0.86],
  highKnee: [1.5, 1.55, 1.4, 1.6, 1.45],
  highSlope: [3.8, 3.4, 4.5, 4.5, 5.2],
  /** Below this, in a rout, each unit of g takes these basis points more. */
  routKnee: -2.4,
  routSlope: [8, 22, 120, 15, 15],
  /** Autocorrelation of the fast part of g per settlement, of the slow part per bar, the slow one's share of variance. */
  fast: [0.4, 0.45, 0.65, 0.4, 0.45],
  slow: 0.9945,
  slowShare: 0.55,
  /** Shares of the innovations' variance that all coins share, of the fast and the slow part. */
  fastCommonShare: 0.1,
  slowCommonShare: 0.5,
  /** Weight of past returns (momentum) in g. */
  momentumWeight: 0.3,
  /** The rate before the first settlement of the sample, a fraction. */
  firstRate: 1e-4,
} as const;

/** Log turnover (USDT) of a bar: level + slope (log range - its mean) + slow AR(1) + noise. */
export const TURNOVER = {
  level: [20.3, 19.35, 18.2, 16.66, 17.45],
  slope: [0.9, 0.9, 0.72, 1.25, 1.12],
  slow: [0.985, 0.992, 0.995, 0.995, 0.992],
  slowSd: [0.5, 0.64, 0.68, 0.98, 0.62],
  /** Share of the slow part's variance that all coins share, and how slow that is. */
  commonShare: 0.5,
  sharedSlow: 0.994,
  noise: [0.22, 0.2, 0.22, 0.26, 0.26],
} as const;

/** Change of log open interest over a bar. */
export const OPEN_INTEREST = {
  /** Coins held open at the first row, as in the real bars. */
  first: [18000, 80000, 320000, 187e6, 88e6],
  drift: [1.2e-4, 2.4e-4, 3.2e-4, 1.8e-4, 0.7e-4],
  noise: [0.0225, 0.0208, 0.0325, 0.0198, 0.0235],
  commonShare: 0.15,
  /** The noise grows with range over mean range, floored, to this power. */
  rangeFloor: 0.15,
  rangePower: 0.8,
  /** Positions opened per unit of return. */
  returnSlope: [0.25, 0.11, 0.11, 0.51, 0.52],
  /** Positions liquidated per unit of absolute return beyond crashKnee sigmas. */
  crash: [0.5, 0.2, 0.2, 0.2, 0.4],
  crashKnee: 4.2,
  /** Weight of the shock two bars ago (a moving average). */
  lagTwo: [-0.1, -0.08, -0.04, -0.02, -0.04],
} as const;

/** Logit of the share of accounts that are long: AR(1) around `mean` that leans against returns, plus a slow part. */
export const LONG_RATIO = {
  mean: [0.21, 0.38, 0.61, 0.93, 0.78],
  persistence: [0.965, 0.975, 0.965, 0.95, 0.96],
  noise: [0.056, 0.052, 0.07, 0.082, 0.066],
  returnSlope: [-1, 0, -0.1, -1.1, -0.9],
  slowTau: 900,
  /** Share of the slow part's variance that all coins share. */
  commonShare: 0.9,
  slowSd: [0.22, 0.46, 0.42, 0.32, 0.34],
} as const;

/** Premium of the mark over the index and of the last price over the mark, basis points. */
export const PREMIUM = {
  mean: [-2, -2.2, -3, -1.4, -1.8],
  sd: [3.1, 3.2, 5.1, 3.9, 3.6],
  /** Autocorrelation per bar of the two parts, the slow part's share of variance, the share common to all coins. */
  slow: 0.995,
  fast: 0.45,
  /** Share of the slow part's variance that is the slow crowding of funding: a rate is a premium that was paid. */
  crowdingShare: 0.8,
  slowShare: [0.72, 0.69, 0.46, 0.31, 0.39],
  commonShare: 0.6,
  lastMean: -0.85,
  lastSd: [2.4, 2.8, 5.6, 4.9, 3.2],
} as const;
