import { volatilityOf } from "../../../features/market_view.ts";
import { linear } from "../../../genome/gene.ts";
import { PLAN, planIndex } from "../../../simulation/plan.ts";
import { measuredCheck, NEVER_HARD } from "./measured_check.ts";

/** Less leverage where one coin carries the plan: the Herfindahl index of the coins' shares of its risk, 1 for one coin alone. */
export const concentration = measuredCheck({
  summary: "Less leverage where few coins carry the plan's risk (Herfindahl index)",
  genes: [linear("maxConcentration", 0.2, 1)],
  start: { maxConcentration: 0.5 },
  warmUp: 180,
  source: "Herfindahl index of risk shares; Meucci, Managing Diversification, Risk 22 (2009)",
  what: "The concentration of the plan's risk (1 is one coin alone)",
  limit: "the most",
  hardAt: NEVER_HARD,
  measure: ({ plan, market }, genes) => {
    const { rows, coins, values } = plan, measured = new Float64Array(rows);
    const sds = market.panel.coins.map((_, coin) => volatilityOf(market, coin));
    for (let t = 0; t < rows; t++) {
      let sum = 0, squares = 0;
      for (let coin = 0; coin < coins; coin++) {
        const at = planIndex(coins, t, coin);
        const size = values[at + PLAN.conviction]! * values[at + PLAN.baseSize]! *
          values[at + PLAN.leverage]!;
        if (size !== size) continue;
        const risk = Math.abs(size) * sds[coin]![t]!;
        sum += risk;
        squares += risk * risk;
      }
      measured[t] = sum > 0 ? squares / (sum * sum) : 0;
    }
    return { measured, allowed: new Float64Array(rows).fill(genes.maxConcentration!) };
  },
});
