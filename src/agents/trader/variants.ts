import { linear } from "../genes.ts";
import type { Variant } from "../variant.ts";
import type { ViewName } from "./styles.ts";

/** What never moves in a trader. */
export interface TraderIdentity {
  /** How it reads the forecast's three horizons. */
  readonly view: ViewName;
  /** Weight of the forecast's move in what it expects. */
  readonly forecastWeight: number;
  /** Its own belief about the move under way: +1 it goes on, -1 it is faded, 0 none. */
  readonly direction: -1 | 0 | 1;
  /** `context`: follows in trending, fades in sideways markets, and sizes by the cross-asset signals. */
  readonly context: "ignored" | "followed";
  /** Expected move over its sd at which conviction is full. */
  readonly fullEdge: number;
}
export type TraderVariant = Variant<TraderIdentity> & { readonly role: "trader" };

/** Smoothing of the expected move, a share of the last one kept; belongs to the trader and stays home. */
const smoothing = linear("smoothing", 0, 0.95);

function trader(
  name: string,
  summary: string,
  start: {
    size: number;
    leverage: number;
    risk: number;
    target: number;
    stop: number;
    entry: number;
    smoothing: number;
  },
  identity: TraderIdentity,
): TraderVariant {
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
    own: [smoothing],
    identity,
    warmUp: 180,
  };
}

/** The five traders. Take-profit and stop are multiples of the forecast's sd over the middle horizon. */
export const traderVariants: readonly TraderVariant[] = [
  trader(
    "aggressive",
    "High leverage and large size on the strongest horizon",
    { size: .40, leverage: 8, risk: .03, target: 3.0, stop: 1.0, entry: 1, smoothing: .3 },
    { view: "strongest", forecastWeight: 1, direction: 0, context: "ignored", fullEdge: .10 },
  ),
  trader(
    "conservative",
    "Low leverage and small size, only where all horizons agree",
    { size: .15, leverage: 2, risk: .01, target: 1.5, stop: .5, entry: 2, smoothing: .7 },
    { view: "agreed", forecastWeight: 1, direction: 0, context: "ignored", fullEdge: .20 },
  ),
  trader(
    "momentum",
    "Follows the move under way where the forecast does not object",
    { size: .30, leverage: 5, risk: .02, target: 2.5, stop: .8, entry: 2, smoothing: .6 },
    { view: "middle", forecastWeight: .5, direction: 1, context: "ignored", fullEdge: .15 },
  ),
  trader(
    "contrarian",
    "Fades the move under way where the forecast does not object",
    { size: .25, leverage: 4, risk: .015, target: 2.0, stop: 1.0, entry: 2, smoothing: .5 },
    { view: "middle", forecastWeight: .5, direction: -1, context: "ignored", fullEdge: .15 },
  ),
  trader(
    "adaptive",
    "Follows trends, fades ranges, and sizes by the state of the whole market",
    { size: .25, leverage: 5, risk: .02, target: 2.0, stop: .75, entry: 1.5, smoothing: .5 },
    { view: "middle", forecastWeight: .8, direction: 1, context: "followed", fullEdge: .15 },
  ),
];
