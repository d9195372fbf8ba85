/**
 * Exact Shapley values of four players (Shapley 1953). A coalition is a bit mask: bit i is player i.
 */
export const PLAYERS = 4;
export const COALITIONS = 1 << PLAYERS;

/** |S|! (3 - |S|)! / 4! by coalition size |S|, without the player. */
const WEIGHT = [1 / 4, 1 / 12, 1 / 12, 1 / 4];

function size(mask: number): number {
  let count = 0;
  for (let bits = mask; bits > 0; bits &= bits - 1) count++;
  return count;
}

/**
 * phi_i = sum over S without i of |S|! (3 - |S|)! / 4! [v(S + i) - v(S)]; they sum to v(all) - v(none).
 *
 * @param values v by coalition mask; shape [16].
 * @returns Shape [4].
 */
export function shapleyValues(values: ArrayLike<number>): Float64Array {
  const phi = new Float64Array(PLAYERS);
  for (let mask = 0; mask < COALITIONS; mask++) {
    const weight = WEIGHT[size(mask)];
    for (let player = 0; player < PLAYERS; player++) {
      const bit = 1 << player;
      if ((mask & bit) === 0) phi[player]! += weight! * (values[mask | bit]! - values[mask]!);
    }
  }
  return phi;
}
