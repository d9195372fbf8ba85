import type { Desk } from "../agents/desk.ts";
import { viewMarket } from "../features/market_view.ts";
import { createMemo } from "../core/memo.ts";
import { type Coin, type Instrument, MIN_NOTIONAL } from "../core/universe.ts";
import type { Panel } from "../market/panel.ts";
import { syntheticMarket, type SyntheticTruth } from "../market/synthetic/synthetic_market.ts";
import { type Arena, createArena, lateArena } from "../simulation/arena.ts";
import type { CostModel } from "../simulation/costs.ts";
import type { MarketConfig, TradingConfig } from "./config.ts";

/** The cost model of a configuration for coins of these instruments. */
export function costModel(costs: TradingConfig["costs"], instruments: readonly Instrument[]): CostModel {
  return {
    takerFee: costs.takerFee,
    makerFee: costs.makerFee,
    impact: costs.impact,
    halfSpread: instruments.map(({ halfSpread }) => costs.spread * halfSpread),
    participation: costs.participation,
  };
}

/**
 * The market block of a configuration: its costs, and the rules of its accounts.
 *
 * @param before That of the panel's first rows, where rows have been added to it.
 */
export function arenaOf(
  panel: Panel,
  { costs, account }: TradingConfig,
  before: Arena | null = null,
): Arena {
  const { instruments } = panel, { drawdown, orderDelay } = account;
  const known = orderDelay === 0 ? before : null; // a late arena has other terms: it is made from the start
  return lateArena(
    createArena(panel, costModel(costs, instruments), instruments, drawdown, known),
    orderDelay,
  );
}

/** The desk of a run: its market under its costs, with `memoBytes` of shared series. */
export function createDesk(panel: Panel, config: TradingConfig, memoBytes: number): Desk {
  return {
    market: viewMarket(panel, createMemo(memoBytes), config.signals),
    arena: arenaOf(panel, config),
    tradable: panel.coins.map(({ coin }) => tradedCoins(config).includes(coin)),
    from: config.clock.warmUpRows,
    startingEquity: config.startingEquity,
    targetStretch: config.trading.targetStretch,
    proposals: {},
  };
}

/** The desk after newer rows have closed. What its memos hold of the rows before is gone on from. */
export function growDesk(desk: Desk, panel: Panel, config: TradingConfig): Desk {
  return {
    ...desk,
    market: { ...desk.market, panel },
    arena: arenaOf(panel, config, desk.arena.rows <= panel.rows ? desk.arena : null), // fewer: made from the start
  };
}

/** The coins that a configuration trades. */
export function tradedCoins({ coins, universe }: Pick<TradingConfig, "coins" | "universe">): readonly Coin[] {
  return coins ?? universe.coins;
}

/** The instruments that a configuration states for its coins. */
export function statedInstruments({ universe }: Pick<MarketConfig, "universe">): Instrument[] {
  return Object.entries(universe.instruments).map(([coin, { halfSpread, maintenanceMargin, ...terms }]) => ({
    coin,
    halfSpread,
    terms: [{
      ...terms,
      from: 0,
      minNotional: MIN_NOTIONAL,
      riskTiers: [{ upTo: Infinity, maintenanceMargin }],
    }],
  }));
}

/** The synthetic market a configuration asks for. */
export function marketOf(config: MarketConfig): { readonly panel: Panel; readonly truth: SyntheticTruth } {
  const { mode, ic, seed, rows } = config.market;
  const { panel, truth } = syntheticMarket({ mode, ic, seed, rows, coins: config.universe.coins });
  const stated = statedInstruments(config);
  const instruments = panel.instruments.map((one) => stated.find(({ coin }) => coin === one.coin) ?? one);
  return { panel: { ...panel, instruments }, truth };
}

/**
 * What the maker of a synthetic panel knows; for the planted oracle only.
 *
 * @throws {RangeError} If the panel is not synthetic.
 */
export function syntheticTruth({ source, rows, coins }: Panel): SyntheticTruth {
  if (source.kind !== "synthetic") {
    throw new RangeError(`Cannot know the truth of a market as it must be synthetic: it is ${source.kind}`);
  }
  const { mode, ic, seed } = source;
  return syntheticMarket({ mode, ic, seed, rows, coins: coins.map(({ coin }) => coin) }).truth;
}
