import { coinSeries, type MarketView, returnsOf, volatilityOf } from "../../../features/market_view.ts";
import { plainMethod } from "../../method.ts";
import { filterStates, STATES_EVERY, stickyStates } from "../regimes/filtered_states.ts";
import type { BarSdInput, VolatilityMethod } from "./bar_sd.ts";

/** Sds of the calm and the stormy state where the search begins, fractions; rows that a state is first taken to last. */
const CALM = .008, STORMY = .02, SPELL = 40;
/** Least sd of a bar. */
const LEAST = 1e-5;

/** The sd of the next bar by two hidden states of returns, calm and stormy. */
export const hiddenMarkovVolatility: VolatilityMethod = plainMethod(
  "Expected sd of the next bar by a calm and a stormy hidden state of returns, filtered forwards",
  ({ market, coin }: BarSdInput) => stateSd(market, coin),
  {
    warmUp: 360,
    refitEvery: STATES_EVERY,
    source: "J. Hamilton, R. Susmel, Journal of Econometrics 64 (1994) 307",
  },
);

function stateSd(market: MarketView, coin: number): Float64Array {
  return coinSeries(market, coin, "hiddenMarkovSd", (whole) => {
    const start = stickyStates([0, 0], [CALM, STORMY], SPELL), out = volatilityOf(whole, coin).slice();
    const { firstRow } = whole.panel;
    filterStates(returnsOf(whole, coin), { start, firstRow, from: 1 }, (t, _, next, { mean, sd }) => {
      let expected = 0, squares = 0;
      for (let k = 0; k < next.length; k++) {
        expected += next[k]! * mean[k]!;
        squares += next[k]! * (sd[k]! * sd[k]! + mean[k]! * mean[k]!);
      }
      out[t] = Math.max(LEAST, Math.sqrt(Math.max(0, squares - expected * expected)));
    });
    return out;
  });
}
