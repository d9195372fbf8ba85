import { columnOf, type MarketView, signalOf } from "../../../features/market_view.ts";
import { referenceIndex } from "../../../market/panel.ts";
import { OWN_RULE, plainMethod } from "../../method.ts";
import type { StanceInput, StanceMethod } from "./stance.ts";

/** Signals shrink or grow the size within these bounds. */
const SMALLEST = 0.25;
/** Rows of the standing move that tells trends from ranges. */
const SLOW_ROWS = 90;

/** Follows in trending, fades in sideways markets, and sizes by the state of the whole market. */
export const contextual: StanceMethod = plainMethod(
  "Follows trends, fades ranges, sizes by the cross-asset signals",
  ({ market, direction }: StanceInput) => ({
    follow: sidewaysShare(market).map((sideways) => direction * (1 - 2 * sideways)),
    size: contextSize(market),
  }),
  { needs: ["signals", "openInterest", "funding", "turnover"], source: OWN_RULE },
);

/** Share of a full size that the state of the market allows: calm, risk-on and uncrowded is 1. Shape [rows]. */
function contextSize(market: MarketView): Float64Array {
  const volatility = signalOf(market, "market_volatility");
  const appetite = signalOf(market, "risk_on_off");
  const crowding = signalOf(market, "aggregate_funding");
  const out = new Float64Array(market.panel.rows);
  for (let t = 0; t < out.length; t++) {
    const strain = Math.max(volatility[t]!, 0) + Math.max(-appetite[t]!, 0) / 2 + Math.abs(crowding[t]!) / 4;
    out[t] = Math.max(SMALLEST, 1 / (1 + strain / 2));
  }
  return out;
}

/** How sideways the whole market is, in [0, 1]: 1 without a standing move in the reference coin, 0 in a strong trend. */
function sidewaysShare(market: MarketView): Float64Array {
  const slow = columnOf(market, referenceIndex(market.panel), "momentum", [SLOW_ROWS]);
  const out = new Float64Array(market.panel.rows);
  for (let t = 0; t < out.length; t++) {
    const z = Number.isNaN(slow[t]!) ? 0 : slow[t]!;
    out[t] = 1 / (1 + (z / 0.75) ** 4);
  }
  return out;
}
