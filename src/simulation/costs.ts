import { INSTRUMENTS } from "../core/universe.ts";

/** What trading costs, apart from funding (which is market data). Fractions, not percent. */
export interface CostModel {
  /** Fee on the notional of market orders and stops. */
  readonly takerFee: number;
  /** Fee on the notional of limit entries and take-profits, which rest in the book. */
  readonly makerFee: number;
  /** Factor Y of the square-root impact law; 0 turns impact off. */
  readonly impact: number;
  /** Least half-spread of each coin as a fraction of price; 0 means no spread at all, not even half a tick. */
  readonly halfSpread: readonly number[];
  /** Largest target notional as a share of the trailing median turnover of a bar; Infinity sets no limit. */
  readonly participation: number;
}

/** Bybit VIP 0 fees for the declared coins; the half-spreads are assumptions, to be varied in a sensitivity test. */
export const bybitCosts: CostModel = {
  takerFee: 0.00055,
  makerFee: 0.0002,
  impact: 1,
  halfSpread: INSTRUMENTS.map(({ halfSpread }) => halfSpread),
  participation: 0.01,
};

/** Free trading of the same sizes and coins. */
export const zeroCosts: CostModel = {
  takerFee: 0,
  makerFee: 0,
  impact: 0,
  halfSpread: INSTRUMENTS.map(() => 0),
  participation: bybitCosts.participation,
};

/** Half the spread as a fraction of `price`: half a tick, or the coin's floor if that is more. */
export function halfSpread(floor: number, tick: number, price: number): number {
  return floor > 0 ? Math.max(tick / 2 / price, floor) : 0;
}

/**
 * Coefficient k of the impact k sqrt(Q) of an order of Q USDT: k = Y sigma / sqrt(V), so that
 * k sqrt(Q) = Y sigma sqrt(Q / V). Without any turnover it is 0: no order but a closing can meet such a bar.
 *
 * @param volatility sigma, standard deviation of one bar's return.
 * @param turnover V, usual turnover of one bar in USDT.
 * @see Donier & Bonart (2015), A Million Metaorder Analysis of Market Impact on the Bitcoin, arXiv 1412.4503.
 */
export function impactCoefficient(factor: number, volatility: number, turnover: number): number {
  return turnover > 0 ? factor * volatility / Math.sqrt(turnover) : 0;
}

/** Slippage of an order as a fraction of price, always against it: half-spread plus square-root impact. */
export function slippage(spread: number, coefficient: number, notional: number): number {
  return spread + coefficient * Math.sqrt(notional);
}
