import type { Identities, Variant } from "../variant.ts";

interface TraderStart {
  readonly size: number;
  readonly leverage: number;
  readonly risk: number;
  readonly target: number;
  readonly stop: number;
  readonly entry: number;
  readonly smoothing: number;
}

function trader(
  name: string,
  summary: string,
  start: TraderStart,
  identity: Pick<Identities["trader"], "view" | "direction" | "fullEdge"> & Partial<Identities["trader"]>,
): Variant<"trader"> {
  return {
    name,
    role: "trader",
    summary,
    start: {
      baseSize: start.size,
      leverage: start.leverage,
      riskPerTrade: start.risk,
      takeProfit: start.target,
      stopLoss: start.stop,
      entryThreshold: start.entry,
      smoothing: start.smoothing,
    },
    identity: { stance: "steady", style: "market", forecastWeight: 1, ...identity },
  };
}

/** The five traders. Take-profit is a multiple of the forecast's sd over the longest horizon, the stop over the middle one. */
export const traderVariants: readonly Variant<"trader">[] = [
  trader(
    "aggressive",
    "High leverage and large size on the strongest horizon",
    { size: .40, leverage: 8, risk: .03, target: 3.0, stop: 1.0, entry: 1, smoothing: .3 },
    { view: "strongest", direction: 0, fullEdge: .10 },
  ),
  trader(
    "conservative",
    "Low leverage and small size, only where all horizons agree",
    { size: .15, leverage: 2, risk: .01, target: 1.5, stop: .5, entry: 2, smoothing: .7 },
    { view: "agreed", direction: 0, fullEdge: .20 },
  ),
  trader(
    "momentum",
    "Follows the move under way where the forecast does not object",
    { size: .30, leverage: 5, risk: .02, target: 2.5, stop: .8, entry: 2, smoothing: .6 },
    { view: "middle", direction: 1, forecastWeight: .5, fullEdge: .15 },
  ),
  trader(
    "contrarian",
    "Fades the move under way where the forecast does not object",
    { size: .25, leverage: 4, risk: .015, target: 2.0, stop: 1.0, entry: 2, smoothing: .5 },
    { view: "middle", direction: -1, forecastWeight: .5, fullEdge: .15 },
  ),
  trader(
    "adaptive",
    "Follows trends, fades ranges, and sizes by the state of the whole market",
    { size: .25, leverage: 5, risk: .02, target: 2.0, stop: .75, entry: 1.5, smoothing: .5 },
    { view: "middle", direction: 1, stance: "contextual", forecastWeight: .8, fullEdge: .15 },
  ),
];
