import { linear } from "../../../genome/gene.ts";
import { createPlan, PLAN, PLAN_WIDTH, planIndex } from "../../../simulation/plan.ts";
import { OWN_RULE } from "../../method.ts";
import type { EndedPlan, StyleInput, StyleMethod } from "./style.ts";

/** An open position is given up when the expected move falls below this share of the entry hurdle. */
const EXIT_SHARE = 0.25;
/** Slippage a trader reckons with on top of the fee, per side, as a fraction. */
export const RECKONED_SLIPPAGE = 2e-4;

/**
 * Trades at market: an entry hurdle of `entryThreshold` round trips of cost over the smoothed expected move,
 * conviction by edge per risk, stops by the forecast's sd over the middle horizon, targets by that over the longest. Between rows it carries each coin's
 * smoothed move and side.
 */
export const market: StyleMethod = {
  summary: "At market, once the expected move pays a few round trips; stop and target by forecast risk",
  genes: [linear("smoothing", 0, 0.95)], // share of the last expected move that is kept
  start: { smoothing: 0.5 },
  warmUp: 180,
  refitEvery: 1,
  needs: [],
  source: OWN_RULE,
  run: (input, genes) => walk(input, genes, null),
  resume: (before, input, genes) => walk(input, genes, before),
};

function walk(
  input: StyleInput,
  own: Readonly<Record<string, number>>,
  before: EndedPlan | null,
): EndedPlan {
  const { forecast, expected: moves, stance, fullEdge, sized, takerFee, targetStretch, genes } = input;
  const { rows } = forecast;
  const { length: coins } = forecast.coins;
  const plan = createPlan(rows, coins), { values } = plan;
  if (before) values.set(before.values);
  const hurdle = genes.entryThreshold! * (2 * (takerFee + RECKONED_SLIPPAGE));
  const keep = own.smoothing!;
  const { leverage, baseSize, riskPerTrade, stopLoss } = genes;
  const reach = "takeProfit" in genes ? targetStretch * genes.takeProfit! : 0; // traders without the gene set no target
  const end = before ? [...before.end] : new Array<number>(2 * coins).fill(0); // by coin: smoothed move, side
  for (let coin = 0; coin < coins; coin++) {
    const sds = forecast.coins[coin]!.sd[1]!, longest = forecast.coins[coin]!.sd[2]!;
    const moved = moves[coin]!, { size } = stance, shares = sized === null ? null : sized[coin]!;
    let expected = end[2 * coin]!, side = end[2 * coin + 1]!;
    for (
      let t = before ? before.rows : 0, at = planIndex(coins, t, coin);
      t < rows;
      t++, at += coins * PLAN_WIDTH
    ) {
      const sd = sds[t]!;
      expected = keep * expected + (1 - keep) * moved[t]!;
      if (side !== 0 && (side * expected <= 0 || Math.abs(expected) < EXIT_SHARE * hurdle)) side = 0;
      if (side === 0 && Math.abs(expected) > hurdle) side = Math.sign(expected);
      const edge = shares === null ? Math.min(Math.abs(expected) / (sd * fullEdge), 1) : shares[t]!;
      values[at + PLAN.conviction] = side * edge * size[t]!;
      values[at + PLAN.leverage] = leverage!;
      values[at + PLAN.baseSize] = baseSize!;
      values[at + PLAN.riskPerTrade] = riskPerTrade!;
      values[at + PLAN.stop] = stopLoss! * sd;
      values[at + PLAN.target] = reach * longest[t]!;
    }
    end[2 * coin] = expected;
    end[2 * coin + 1] = side;
  }
  return { ...plan, end };
}
