/** Where a search ended. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
}

/** When a search ends. */
export interface SearchEnd {
  /** Most evaluations of the function. */
  readonly evaluations: number;
  /** Difference between the best and the worst corner below which it is over. */
  readonly tolerance: number;
}

/**
 * Minimises a function of a few variables without derivatives by moving a simplex. It may end in a local minimum; equal
 * inputs give equal outputs.
 *
 * @param start Shape [n]; the other corners are `step` away along one axis each.
 * @see J. Nelder, R. Mead, The Computer Journal 7 (1965) 308.
 */
export function nelderMead(
  f: (at: Float64Array) => number,
  start: ArrayLike<number>,
  step: ArrayLike<number>,
  { evaluations, tolerance }: SearchEnd,
): Minimum {
  const n = start.length,
    corners = Array.from({ length: n + 1 }, (_, i) => {
      const at = Float64Array.from(start);
      if (i > 0) at[i - 1] = at[i - 1]! + step[i - 1]!;
      return { at, value: 0 };
    });
  let left = evaluations;
  const valueAt = (at: Float64Array) => {
    left--;
    const value = f(at);
    return Number.isNaN(value) ? Infinity : value;
  };
  for (const corner of corners) corner.value = valueAt(corner.at);
  const centre = new Float64Array(n);
  /** The point on the line from the worst corner through the centre of the others. */
  const along = (factor: number) => {
    const at = new Float64Array(n), worst = corners[n]!.at;
    for (let i = 0; i < n; i++) at[i] = centre[i]! + factor * (worst[i]! - centre[i]!);
    return { at, value: valueAt(at) };
  };
  for (;;) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0]!, worst = corners[n]!;
    if (left <= 0 || worst.value - best.value <= tolerance) return best;
    centre.fill(0);
    for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) centre[i] = centre[i]! + corners[k]!.at[i]! / n;
    const mirrored = along(-1);
    if (mirrored.value < best.value) {
      const further = along(-2);
      corners[n] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < corners[n - 1]!.value) {
      corners[n] = mirrored;
    } else {
      const nearer = along(mirrored.value < worst.value ? -.5 : .5);
      if (nearer.value < Math.min(mirrored.value, worst.value)) corners[n] = nearer;
      else {
        for (const corner of corners.slice(1)) {
          for (let i = 0; i < n; i++) corner.at[i] = (corner.at[i]! + best.at[i]!) / 2;
          corner.value = valueAt(corner.at);
        }
      }
    }
  }
}
