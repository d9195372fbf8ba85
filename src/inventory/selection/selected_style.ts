import { trendRegimes } from "../../market/regimes.ts";
import { createPlan, PLAN, PLAN_WIDTH, planIndex } from "../../simulation/plan.ts";
import { cumulativeGrowth } from "../researcher/labels.ts";
import { RECKONED_SLIPPAGE } from "../trader/styles/market.ts";
import type { EndedPlan, StyleInput, StyleMethod } from "../trader/styles/style.ts";
import { type SelectingMethod, selectingMethod } from "./selecting_method.ts";
import type { SelectionSettings } from "./settings.ts";

/**
 * A style that chooses among others by the paper return of what each wanted, less fee and slippage of every change. Orders
 * that rest are judged as if they filled at the open. A ladder is one thing of a whole plan, so where one is among the styles
 * all limit entries of the mixed plan rest as it says; rows of other styles have no limit offset and go to market.
 */
export function selectingStyle(
  methods: Readonly<Record<string, StyleMethod>>,
  settings: Partial<SelectionSettings> = {},
): SelectingMethod<StyleInput, EndedPlan> {
  return selectingMethod({
    summary: `One of ${Object.keys(methods).join(", ")}, chosen by regime and paper returns after costs`,
    group: "trader.styles",
    methods,
    settings,
    merit: (input) => (plan) => netPaperReturns(plan, input),
    contexts: ({ returns }) => trendRegimes(cumulativeGrowth(returns[0]!)),
    firstRow: ({ firstRow }) => firstRow,
    pick: (plans, chosen, { forecast, coins }) => {
      const plan = createPlan(forecast.rows, coins.length), width = coins.length * PLAN_WIDTH;
      for (let t = 0; t < chosen.length; t++) {
        const own = plans[chosen[t]!]!.values.subarray(t * width, (t + 1) * width);
        plan.values.set(own, t * width);
      }
      const ladder = plans.find((one) => one.ladder !== undefined)?.ladder;
      return { ...plan, end: [], ...(ladder ? { ladder } : {}) };
    },
  });
}

/** Paper return over row t of the exposures wanted at t-1, less the cost of coming to them; shape [rows]. */
function netPaperReturns(
  { rows, coins, values }: EndedPlan,
  { returns, takerFee }: StyleInput,
): Float64Array {
  const out = new Float64Array(rows), before = new Float64Array(coins), cost = takerFee + RECKONED_SLIPPAGE;
  for (let t = 1; t < rows; t++) {
    for (let coin = 0; coin < coins; coin++) {
      const at = planIndex(coins, t - 1, coin), conviction = values[at + PLAN.conviction]!;
      const wanted = conviction === conviction
        ? conviction * values[at + PLAN.baseSize]! * values[at + PLAN.leverage]!
        : before[coin]!;
      out[t]! += wanted * returns[coin]![t]! - cost * Math.abs(wanted - before[coin]!);
      before[coin] = wanted;
    }
  }
  return out;
}
