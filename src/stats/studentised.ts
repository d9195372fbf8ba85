/**
 * A difference in units of its standard error. Without an error the difference decides: none is 0 units away, any
 * other is infinitely far; 0 / 0 would be NaN, which no comparison counts.
 *
 * @param error >= 0, exactly 0 where nothing varies (see `isConstant`).
 */
export function studentised(difference: number, error: number): number {
  return difference === 0 ? 0 : difference / error;
}
