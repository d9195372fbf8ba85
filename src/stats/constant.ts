/** What rounding may leave of two equal numbers, as a share of their size: some thousand additions lose less. */
export const ROUNDING = 1e-12;

/**
 * Whether a series never moves: all its values equal the first but for rounding, |x - x[0]| <= 1e-12 of the larger
 * of the two. Values are compared, not a variance with 0: the mean of a constant 0.1 is off by 1e-17, which leaves
 * a variance of 1e-34, correlations of +-1 and t statistics of 1e15. A series with a NaN is not constant.
 *
 * This is the one place where the house decides it. What cannot be said of such a series (a correlation, a test) is
 * refused by `requireMovement`; where a value is defined all the same, the function's description says which.
 */
export function isConstant(values: ArrayLike<number>): boolean {
  const first = values[0]!;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    const most = ROUNDING * Math.max(Math.abs(first), Math.abs(value));
    if (!(Math.abs(value - first) <= most)) return false; // NaN too
  }
  return true;
}

/** Throws if a series never moves. `series` says which one it is: "the first series". */
export function requireMovement(values: ArrayLike<number>, series: string, what: string): void {
  if (isConstant(values)) {
    throw new RangeError(
      `Cannot compute ${what} as ${series} must move: all its ${values.length} values are ${values[0]}`,
    );
  }
}
