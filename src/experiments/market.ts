import type { Desk } from "../agents/desk.ts";
import { viewMarket } from "../agents/market_view.ts";
import { createMemo } from "../core/memo.ts";
import { COINS, type Panel, type SyntheticSource } from "../market/panel.ts";
import { syntheticMarket, type SyntheticTruth } from "../market/synthetic/synthetic_market.ts";
import { createArena } from "../simulation/arena.ts";
import type { CostModel } from "../simulation/costs.ts";
import { bybitCosts } from "../simulation/costs.ts";
import { bybitInstruments } from "../simulation/instruments.ts";
import type { RunConfig } from "./config.ts";

/** The cost model of a configuration. */
export function costModel(costs: RunConfig["costs"]): CostModel {
  return {
    takerFee: costs.takerFee,
    makerFee: costs.makerFee,
    impact: costs.impact,
    halfSpread: bybitCosts.halfSpread.map((floor) => costs.spread * floor),
    participation: costs.participation,
  };
}

/** Share of the shared series' bytes that plans may take. */
const PLAN_SHARE = 0.25;

/** The desk of a run: its market under its costs, with `memoBytes` of shared series. */
export function createDesk(panel: Panel, config: RunConfig, memoBytes: number): Desk {
  return {
    market: viewMarket(panel, createMemo((1 - PLAN_SHARE) * memoBytes)),
    plans: createMemo(PLAN_SHARE * memoBytes),
    arena: createArena(panel, costModel(config.costs), bybitInstruments),
    tradable: COINS.map((coin) => config.coins.includes(coin)),
    from: config.clock.warmUpRows,
    startingEquity: config.startingEquity,
  };
}

/** The synthetic market a configuration asks for. */
export function marketOf(config: RunConfig): { readonly panel: Panel; readonly truth: SyntheticTruth } {
  const { mode, ic, seed, rows } = config.market;
  return syntheticMarket({ mode, ic, seed, rows });
}

/** What the maker of a synthetic panel of `rows` rows knows; for the planted oracle only. */
export function syntheticTruth({ mode, ic, seed }: SyntheticSource, rows: number): SyntheticTruth {
  return syntheticMarket({ mode, ic, seed, rows }).truth;
}
