import { logClosesOf, volatilityOf } from "../../../features/market_view.ts";
import { plainMethod } from "../../method.ts";
import { filterStates, STATES_EVERY, stickyStates } from "./filtered_states.ts";
import type { RegimeInput, RegimeMethod } from "./standardised_move.ts";

/** A threshold of .5 starts the search with bull and bear at +-.75 sd, as `standardisedMove` has its barriers. */
const THRESHOLD_IN_SD = 1.5;
/** Rows that a state is first taken to last. */
const SPELL = 60;

/**
 * Bull, side and bear as three hidden states of the move over the long lookback in its own sd. Moves of neighbouring rows
 * overlap, so that the filter is surer of itself than independent observations would make it; states are named by
 * where the search began (bear below, bull above) and keep their names through refits.
 */
export const hiddenMarkov: RegimeMethod = plainMethod(
  "Bull, bear and side as hidden states of the move over the long lookback, filtered forwards",
  ({ market, coin, lookback, threshold }: RegimeInput) => {
    const { rows, firstRow } = market.panel,
      logClose = logClosesOf(market, coin),
      sd = volatilityOf(market, coin);
    const moves = new Float64Array(rows), out = new Float64Array(3 * rows).fill(1 / 3);
    for (let t = lookback; t < rows; t++) {
      moves[t] = (logClose[t]! - logClose[t - lookback]!) / (sd[t]! * Math.sqrt(lookback));
    }
    const edge = Math.max(.3, THRESHOLD_IN_SD * threshold), from = Math.min(lookback, 60);
    const start = stickyStates([-edge, 0, edge], [.5, .3, .5], SPELL);
    filterStates(moves, { start, firstRow, from }, (t, [bear, side, bull]) => {
      out[3 * t] = bull!;
      out[3 * t + 1] = bear!;
      out[3 * t + 2] = side!;
    });
    return out;
  },
  {
    warmUp: 360,
    refitEvery: STATES_EVERY,
    source: "J. Hamilton, Econometrica 57 (1989) 357; L. Rabiner, Proceedings of the IEEE 77 (1989) 257",
  },
);
