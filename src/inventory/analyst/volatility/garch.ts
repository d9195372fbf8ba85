import { coinSeries, type MarketView, returnsOf, volatilityOf } from "../../../features/market_view.ts";
import { plainMethod } from "../../method.ts";
import {
  fitGarch,
  type Garch,
  meanSquare,
  nextVariance,
  usualGarch,
  variancePast,
} from "../../models/garch.ts";
import type { BarSdInput, VolatilityMethod } from "./bar_sd.ts";

/** Rows between two fits, rows that one looks back, rows before the first. */
const EVERY = 126, WINDOW = 720, FIRST = 240;
/** Evaluations of a likelihood: many from the usual start, few from the fit before. */
const FIRST_EVALUATIONS = 120, LATER_EVALUATIONS = 40;
/** Bounds on the sd against the EWMA's: a fit on calm rows must not say that storms last for ever. */
const BOUNDS = [.25, 4] as const;

/** The sd that a GARCH(1,1) expects of the next bar, fitted by likelihood on the past. */
export const garch: VolatilityMethod = plainMethod(
  "Expected sd of the next bar by a GARCH(1,1), refitted on the past",
  ({ market, coin }: BarSdInput) => garchSd(market, coin),
  { warmUp: 360, refitEvery: EVERY, source: "T. Bollerslev, Journal of Econometrics 31 (1986) 307" },
);

function garchSd(market: MarketView, coin: number): Float64Array {
  return coinSeries(market, coin, "garch", (whole) => {
    const { panel } = whole, returns = returnsOf(whole, coin), usual = volatilityOf(whole, coin);
    const out = usual.slice();
    let model: Garch | null = null, variance = 0;
    for (let t = FIRST; t < panel.rows; t++) {
      if ((panel.firstRow + t) % EVERY === 0) {
        const first = Math.max(1, t - WINDOW + 1);
        const start: Garch = model ?? usualGarch(meanSquare(returns, first, t));
        model = fitGarch(returns, first, t, start, model ? LATER_EVALUATIONS : FIRST_EVALUATIONS);
        variance = variancePast(returns, first, t, model);
      } else if (model) variance = nextVariance(model, variance, returns[t]!);
      if (model) {
        out[t] = Math.max(BOUNDS[0] * usual[t]!, Math.min(BOUNDS[1] * usual[t]!, Math.sqrt(variance)));
      }
    }
    return out;
  });
}
