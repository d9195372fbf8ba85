/** The row of the window (0 the oldest) that a step of a draw takes, given that of the step before. */
export type ResampledRow = (draw: number, step: number, before: number) => number;

/**
 * Sums of `horizon` residuals of a window, centred, divided by sqrt(horizon), without their sign and ascending; draw d is of coin
 * d modulo coins. A run of neighbouring rows is summed in price and divided by the volatility before its first row, as a
 * forecast is: volatility moves within it.
 *
 * @param sd Volatility of each row; a residual of row t is in units of that of row t - 1.
 * @param last The window ends here, and begins after row 0.
 */
export function pooledSums(
  residuals: readonly Float64Array[],
  sd: readonly Float64Array[],
  last: number,
  window: number,
  horizon: number,
  out: Float64Array,
  rowOf: ResampledRow,
): void {
  const coins = residuals.length, first = last - window + 1, root = Math.sqrt(horizon);
  residuals.forEach((series, coin) => {
    const units = sd[coin]!;
    let mean = 0;
    for (let k = 0; k < window; k++) mean += series[first + k]! / window;
    for (let draw = coin; draw < out.length; draw += coins) {
      let sum = 0, before = -2, unit = 1;
      for (let step = 0; step < horizon; step++) {
        const row = rowOf(draw, step, before), at = first + row;
        if (row !== before + 1) unit = units[at - 1]!; // a new run
        sum += (series[at]! - mean) * units[at - 1]! / unit;
        before = row;
      }
      out[draw] = Math.abs(sum) / root;
    }
  });
  out.sort();
}
