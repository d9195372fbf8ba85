import { volatilityOf } from "../../../features/market_view.ts";
import { log } from "../../../genome/gene.ts";
import { PLAN, planIndex } from "../../../simulation/plan.ts";
import { measuredCheck } from "./measured_check.ts";

/** Maintenance margin that is reckoned with, a fraction of notional, and rows of a day. */
export const MAINTENANCE = 0.01;
export const DAY_ROWS = 6;

/**
 * Leverage at which a one-day move of so many sd against the wildest coin that is wanted, and the maintenance margin, still
 * leave something of the position's margin: its liquidation lies beyond that move.
 */
export const liquidationSafety = measuredCheck({
  summary: "Leverage at which liquidation lies beyond a large one-day move of the wildest coin wanted",
  genes: [log("safetyMoves", 2, 10)],
  start: { safetyMoves: 5 },
  warmUp: 180,
  source: "Bybit help centre, Liquidation Price (USDT contract); house rule on the distance",
  what:
    "What a large one-day move and the maintenance margin take of a position's margin at the leverage limit",
  limit: "the whole margin",
  hardAt: 30,
  measure: ({ plan, market, genes: common }, genes) => {
    const { rows, coins, values } = plan, root = Math.sqrt(DAY_ROWS);
    const sds = market.panel.coins.map((_, coin) => volatilityOf(market, coin));
    const measured = new Float64Array(rows);
    for (let t = 0; t < rows; t++) {
      let wildest = 0;
      for (let coin = 0; coin < coins; coin++) {
        if (values[planIndex(coins, t, coin) + PLAN.conviction] === 0) continue;
        wildest = Math.max(wildest, sds[coin]![t]!);
      }
      measured[t] = wildest === 0
        ? 0
        : common.maxLeverage! * (genes.safetyMoves! * wildest * root + MAINTENANCE);
    }
    return { measured, allowed: new Float64Array(rows).fill(1) };
  },
});
