import type { CheckInput, CheckMethod, Grant } from "../risk/checks/check.ts";
import { paperReturns } from "../risk/checks/paper_returns.ts";
import { marketContexts } from "./selected_reading.ts";
import { type SelectingMethod, selectingMethod } from "./selecting_method.ts";
import type { SelectionSettings } from "./settings.ts";

/** Dislike of variance in a check's merit: what was granted is judged by x - (gamma / 2) x^2 of the plan's paper return. */
const RISK_AVERSION = 5;

/** A check that chooses among others by the utility of the plan's paper return at what each granted. */
export function selectingCheck(
  methods: Readonly<Record<string, CheckMethod>>,
  settings: Partial<SelectionSettings> = {},
): SelectingMethod<CheckInput, Grant> {
  return selectingMethod({
    summary: `One of ${Object.keys(methods).join(", ")}, chosen by regime and utility`,
    group: "risk.checks",
    methods,
    settings,
    merit: ({ plan, market, genes }) => {
      const returns = paperReturns(plan, market, genes.maxLeverage!);
      return ({ share }) => {
        const out = new Float64Array(share.length);
        for (let t = 1; t < out.length; t++) {
          const earned = share[t - 1]! * returns[t]!;
          out[t] = earned - RISK_AVERSION / 2 * earned * earned;
        }
        return out;
      };
    },
    contexts: ({ market }) => marketContexts(market),
    firstRow: ({ market }) => market.panel.firstRow,
    pick: (grants, chosen, { plan }) => {
      const shares = grants.map(({ share }) => share), share = new Float64Array(plan.rows);
      for (let t = 0; t < share.length; t++) share[t] = shares[chosen[t]!]![t]!;
      return { share, end: [] };
    },
  });
}
