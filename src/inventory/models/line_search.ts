/** Share of a bracket that a golden section cuts off. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;

/** Most steps by which a bracket is sought, each twice as long as the one before. */
const WIDENINGS = 12;

/**
 * The place of a local minimum of a function of one variable near `start`: a bracket is sought downhill, then cut by parabolas
 * through its three best points, by golden sections where those fail. Near a smooth minimum the error shrinks faster than
 * by any factor, where a simplex halves it.
 *
 * @param step Length of the first step.
 * @param accuracy Of the place.
 * @param evaluations Most evaluations of the function within the bracket.
 * @see R. Brent, Algorithms for Minimization without Derivatives (1973), ch. 5.
 */
export function lineMinimum(
  f: (x: number) => number,
  start: number,
  step: number,
  accuracy: number,
  evaluations: number,
): number {
  let { low, best, high, value } = bracketOf(f, start, step);
  let second = best, third = best, secondValue = value, thirdValue = value, moved = 0, before = 0;
  for (let k = 0; k < evaluations && Math.max(high - best, best - low) > accuracy; k++) {
    const r = (best - second) * (value - thirdValue), q = (best - third) * (value - secondValue);
    const above = (best - third) * q - (best - second) * r, below = 2 * (q - r);
    const longer = best < (low + high) / 2 ? 1 : -1, least = accuracy / 3; // the side that is farther from its end
    let shift = -above / below;
    const inside = best + shift > low && best + shift < high;
    if (!(inside && Math.abs(shift) < Math.abs(before) / 2)) {
      moved = longer > 0 ? high - best : low - best;
      shift = GOLDEN * moved;
    }
    before = moved;
    moved = Math.abs(shift) < least ? longer * least : shift;
    const x = best + moved, fx = f(x);
    if (fx <= value) {
      if (x < best) high = best;
      else low = best;
      [third, thirdValue, second, secondValue, best, value] = [second, secondValue, best, value, x, fx];
    } else {
      if (x < best) low = x;
      else high = x;
      if (fx <= secondValue || second === best) {
        [third, thirdValue, second, secondValue] = [second, secondValue, x, fx];
      } else if (fx <= thirdValue || third === best || third === second) [third, thirdValue] = [x, fx];
    }
  }
  return best;
}

/** Two places that hold a minimum between them, and one that is lower than both. */
function bracketOf(f: (x: number) => number, start: number, step: number) {
  const first = f(start), other = f(start + step), sign = other < first ? 1 : -1;
  let best = sign > 0 ? start + step : start, value = Math.min(first, other), length = step;
  let behind = sign > 0 ? start : start + step;
  for (let k = 0; k < WIDENINGS; k++) {
    const x = best + sign * length, fx = f(x);
    if (fx >= value) return { low: Math.min(behind, x), best, high: Math.max(behind, x), value };
    [behind, best, value, length] = [best, x, fx, 2 * length];
  }
  return { low: Math.min(behind, best), best, high: Math.max(behind, best), value }; // it falls for ever
}
