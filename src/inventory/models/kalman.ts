/** A local level: y_t = m_t + e_t, m_{t+1} = m_t + w_t, with variances `noise` of e and `level` of w. */
export interface LocalLevel {
  readonly noise: number;
  readonly level: number;
}

/** What is known of a local level after each row. */
export interface LevelFilter {
  /** E(m_t | y_0..y_t); [rows]. */
  readonly level: Float64Array;
  /** Variance of y_t given the rows before; [rows]. */
  readonly variance: Float64Array;
  /** y_t less its expectation; [rows]. */
  readonly surprise: Float64Array;
  /** ln of the density of y_t given the rows before; [rows]. */
  readonly logDensity: Float64Array;
  readonly logLikelihood: number;
}

/**
 * The Kalman filter of a local level. Row t reads rows <= t.
 *
 * @param first Expectation and variance of m_0; a large variance is a diffuse start.
 * @see R. Kalman, Journal of Basic Engineering 82 (1960) 35; J. Durbin, S. Koopman, Time Series Analysis by State Space Methods
 *   (2012), 2.2.
 */
export function filterLevel(
  y: Float64Array,
  { noise, level: moves }: LocalLevel,
  first: { readonly mean: number; readonly variance: number },
): LevelFilter {
  const n = y.length,
    level = new Float64Array(n),
    variance = new Float64Array(n),
    surprise = new Float64Array(n);
  const logDensity = new Float64Array(n);
  let m = first.mean, p = first.variance, logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    const v = y[t]! - m, f = p + noise, gain = p / f;
    m += gain * v;
    p = p * (1 - gain) + moves;
    logDensity[t] = -.5 * (Math.log(2 * Math.PI * f) + v * v / f);
    logLikelihood += logDensity[t]!;
    level[t] = m;
    variance[t] = f;
    surprise[t] = v;
  }
  return { level, variance, surprise, logDensity, logLikelihood };
}

/** A local linear trend: a level that moves by a slope, both drifting; variances of the three disturbances. */
export interface LocalTrend {
  readonly noise: number;
  readonly level: number;
  readonly slope: number;
}

/** What is known of a local linear trend after each row. */
export interface TrendFilter {
  readonly level: Float64Array;
  readonly slope: Float64Array;
  /** Variance of the slope; [rows]. */
  readonly slopeVariance: Float64Array;
  /** ln of the density of y_t given the rows before; [rows]. */
  readonly logDensity: Float64Array;
  readonly logLikelihood: number;
}

/**
 * The Kalman filter of a local linear trend: level_{t+1} = level_t + slope_t + w, slope_{t+1} = slope_t + u. Row t reads
 * rows <= t.
 *
 * @param first Expected level and slope at row 0, and the variance of each.
 * @see A. Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989), 2.3.
 */
export function filterTrend(
  y: Float64Array,
  { noise, level: moves, slope: bends }: LocalTrend,
  first: { readonly level: number; readonly slope: number; readonly variance: number },
): TrendFilter {
  const n = y.length,
    level = new Float64Array(n),
    slope = new Float64Array(n),
    slopeVariance = new Float64Array(n);
  let a = first.level, b = first.slope, paa = first.variance, pab = 0, pbb = first.variance;
  const logDensity = new Float64Array(n);
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    const v = y[t]! - a, f = paa + noise, ka = paa / f, kb = pab / f;
    logDensity[t] = -.5 * (Math.log(2 * Math.PI * f) + v * v / f);
    logLikelihood += logDensity[t]!;
    a += ka * v;
    b += kb * v;
    const naa = paa - ka * paa, nab = pab - ka * pab, nbb = pbb - kb * pab;
    level[t] = a;
    slope[t] = b;
    slopeVariance[t] = nbb;
    a += b;
    paa = naa + 2 * nab + nbb + moves;
    pab = nab + nbb;
    pbb = nbb + bends;
  }
  return { level, slope, slopeVariance, logDensity, logLikelihood };
}
