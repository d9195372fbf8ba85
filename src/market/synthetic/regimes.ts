import type { Rng } from "../../core/rng.ts";
import { componentStream } from "./noise.ts";
import { TREND, VOLATILITY_STATE } from "./parameters.ts";

/** The hidden trend of each row: 0 bull, 1 bear, 2 side; shape [rows]. */
export function trendStates(seed: number, rows: number): Int8Array {
  return markovChain(componentStream(seed, "trend"), rows, TREND.meanSpell);
}

/** The hidden volatility state of each row: 0 low, 1 high; shape [rows]. */
export function volatilityStates(seed: number, rows: number): Int8Array {
  return markovChain(componentStream(seed, "volatility state"), rows, VOLATILITY_STATE.meanSpell);
}

/** A chain that leaves state k with probability 1 / meanSpell[k] per row, for one of the others with equal chance. Starts stationary. */
function markovChain(stream: Rng, rows: number, meanSpell: readonly number[]): Int8Array {
  const states = meanSpell.length;
  const out = new Int8Array(rows);
  let mass = stream.uniform() * meanSpell.reduce((sum, spell) => sum + spell, 0); // occupancy is proportional to the spell
  let state = 0;
  while (state < states - 1 && mass >= meanSpell[state]!) mass -= meanSpell[state++]!;
  for (let t = 0; t < rows; t++) {
    const leave = stream.uniform(), step = 1 + stream.int(states - 1); // drawn on every row, used or not
    if (t > 0 && leave < 1 / meanSpell[state]!) state = (state + step) % states;
    out[t] = state;
  }
  return out;
}
