import { ewma } from "../../../core/series.ts";
import { linear } from "../../../genome/gene.ts";
import { type MarketView, signalOf, volatilityOf } from "../../../features/market_view.ts";
import { OWN_RULE } from "../../method.ts";
import type { CheckMethod } from "./check.ts";

/** Rows over which the usual volatility is taken. */
const USUAL_MEMORY = 720;

/** Inverse to market volatility over its usual level, and less where the coins move as one. Never above 1. */
export const dynamic: CheckMethod = {
  summary: "Less leverage in high volatility, and where the coins move as one",
  genes: [linear("volatilityResponse", 0, 2), linear("correlationResponse", 0, 1)],
  start: { volatilityResponse: 1, correlationResponse: 0.3 },
  warmUp: 250,
  refitEvery: 1,
  needs: ["signals"],
  source: `${OWN_RULE}, inverse to volatility as in Moreira & Muir, Journal of Finance 72 (2017)`,
  // it reads no plan: one series serves all plans of the market
  run: ({ market }, { volatilityResponse, correlationResponse }) => {
    const share = market.memo.get(
      market.panel,
      `dynamic|${volatilityResponse}|${correlationResponse}`,
      () => calmShare(market, volatilityResponse!, correlationResponse!),
      ({ byteLength }) => byteLength,
    );
    return { share, end: [] };
  },
};

function calmShare(
  market: MarketView,
  volatilityResponse: number,
  correlationResponse: number,
): Float64Array {
  const { rows, coins: { length: coins } } = market.panel;
  const level = new Float64Array(rows);
  for (let coin = 0; coin < coins; coin++) {
    const sd = volatilityOf(market, coin);
    for (let t = 0; t < rows; t++) level[t]! += sd[t]! / coins;
  }
  const usual = ewma(level, 1 / USUAL_MEMORY);
  const correlation = signalOf(market, "cross_correlation");
  const share = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    const calm = (usual[t]! / level[t]!) ** volatilityResponse;
    const together = 1 / (1 + correlationResponse * Math.max(correlation[t]!, 0));
    share[t] = Math.max(0.1, Math.min(1, calm * together));
  }
  return share;
}
