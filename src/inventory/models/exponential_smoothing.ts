/** Where smoothing of a series ended. */
export interface Smoothed {
  readonly level: number;
  readonly slope: number;
  /** Seasonal parts of the last period, the next row's first; empty without. */
  readonly season: Float64Array;
  /** Sum of squared one-row errors. */
  readonly squares: number;
}

/**
 * Simple exponential smoothing from y_0 on: level += alpha (y - level).
 *
 * @see R. G. Brown, Statistical Forecasting for Inventory Control (1959).
 */
export function smoothLevel(y: Float64Array, alpha: number): Smoothed {
  let level = y[0]!, squares = 0;
  for (let t = 1; t < y.length; t++) {
    const error = y[t]! - level;
    squares += error * error;
    level += alpha * error;
  }
  return { level, slope: 0, season: new Float64Array(0), squares };
}

/**
 * Holt's two-parameter smoothing, level y_1 and slope y_1 - y_0 at row 1; `damping` in (0, 1] multiplies the slope each
 * row.
 *
 * @see C. Holt (1957), reprinted in International Journal of Forecasting 20 (2004) 5; E. Gardner, E. McKenzie, Management Science 31
 *   (1985) 1237.
 */
export function smoothTrend(
  y: ArrayLike<number>,
  alpha: number,
  beta: number,
  damping = 1,
  first = 0,
  last = y.length - 1,
): Smoothed {
  let level = y[first + 1]!, slope = y[first + 1]! - y[first]!, squares = 0;
  for (let t = first + 2; t <= last; t++) {
    const carried = damping * slope, error = y[t]! - level - carried, before = level;
    squares += error * error;
    level += carried + alpha * error;
    slope = beta * (level - before) + (1 - beta) * carried;
  }
  return { level, slope, season: new Float64Array(0), squares };
}

/**
 * Additive Holt-Winters smoothing. It starts from the first two periods: season from what a centred moving average leaves, level
 * and slope from a line through that average; errors count from the second period on.
 *
 * @see P. Winters, Management Science 6 (1960) 324; the start is that of R's HoltWinters.
 */
export function smoothSeason(
  y: Float64Array,
  period: number,
  alpha: number,
  beta: number,
  gamma: number,
): Smoothed {
  const { level: startLevel, slope: startSlope, season } = seasonalStart(y, period);
  let level = startLevel, slope = startSlope, squares = 0;
  for (let t = period; t < y.length; t++) {
    const at = t % period, error = y[t]! - level - slope - season[at]!, before = level;
    squares += error * error;
    level = alpha * (y[t]! - season[at]!) + (1 - alpha) * (level + slope);
    slope = beta * (level - before) + (1 - beta) * slope;
    season[at] = gamma * (y[t]! - level) + (1 - gamma) * season[at]!;
  }
  const next = y.length % period;
  return { level, slope, season: Float64Array.from(season, (_, k) => season[(next + k) % period]!), squares };
}

function seasonalStart(y: Float64Array, period: number) {
  const half = Math.floor(period / 2), trend: number[] = [], sums = new Float64Array(period);
  for (let t = half; t < 2 * period - half; t++) {
    let sum = 0;
    for (let k = -half; k <= half; k++) {
      sum += (period % 2 === 0 && Math.abs(k) === half ? .5 : 1) * y[t + k]!;
    }
    trend.push(sum / period);
    sums[t % period] = sums[t % period]! + y[t]! - sum / period;
  }
  let mean = 0;
  for (const value of sums) mean += value / period;
  const n = trend.length, middle = (n + 1) / 2;
  let xy = 0, xx = 0, average = 0;
  trend.forEach((value, i) => {
    xy += (i + 1 - middle) * value;
    xx += (i + 1 - middle) ** 2;
    average += value / n;
  });
  const slope = xy / xx;
  return { level: average - slope * middle, slope, season: sums.map((value) => value - mean) };
}
