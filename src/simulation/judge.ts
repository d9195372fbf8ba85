import { COIN_COUNT } from "../market/panel.ts";
import { LIMITS } from "./limits.ts";
import { PLAN, PLAN_WIDTH } from "./plan.ts";

const W = PLAN, L = LIMITS, COINS = COIN_COUNT, WIDTH = PLAN_WIDTH; // see account.ts on names of one's own

/** What may be traded: one value per coin each, written in place so that the event loop allocates nothing. */
export interface Judgement {
  /** Signed target notional in USDT; 0 is flat. */
  readonly notional: Float64Array;
  /** Leverage of whatever is added to the position. */
  readonly leverage: Float64Array;
  /** 1 if anything of the plan's wish was cut: the order is a soft_fail. */
  readonly cut: Uint8Array;
}

export function createJudgement(): Judgement {
  return {
    notional: new Float64Array(COINS),
    leverage: new Float64Array(COINS),
    cut: new Uint8Array(COINS),
  };
}

const EXACT = 1 + 1e-12; // a sum that meets its cap but for rounding is not cut

/**
 * Turns one plan row into target notionals under one limits row, in this order: leverage to the cap; each
 * coin's margin share to the cap; one common factor on all coins so that total margin <= (1 - buffer) equity
 * and gross notional <= maxLeverage x equity; then the capacity of each coin's market.
 *
 * A plan wants conviction x baseSize x leverage x equity, at most riskPerTrade x equity / stop: that limit is
 * the trader's own and no cut. The judge knows targets alone; what enlarges a position, and whether that is
 * refused, is decided where the position is known.
 *
 * @param plan,planAt A plan's block and the index of the row's first value.
 * @param limits,limitsAt A limits block and the index of the row's first value.
 * @param capacity,capacityAt Largest target notional of each coin, and the index of the first coin's.
 * @param equity Equity at the decision, USDT, > 0.
 * @param barred 1 for a coin that may not be entered now: it wants nothing and takes no margin.
 */
export function judge(
  plan: Float64Array,
  planAt: number,
  limits: Float64Array,
  limitsAt: number,
  capacity: Float64Array,
  capacityAt: number,
  equity: number,
  barred: Uint8Array,
  out: Judgement,
): void {
  const { notional, leverage, cut } = out;
  const maxLeverage = limits[limitsAt + L.maxLeverage]!;
  const maxPosition = limits[limitsAt + L.maxPosition]!;
  let margin = 0, gross = 0;
  for (let coin = 0; coin < COINS; coin++) {
    const at = planAt + coin * WIDTH;
    const size = Math.abs(plan[at + W.conviction]!) * plan[at + W.baseSize]!;
    notional[coin] = 0;
    cut[coin] = 0;
    if (!(size > 0) || barred[coin] === 1) continue;
    const wantedLeverage = plan[at + W.leverage]!;
    const allowed = Math.min(wantedLeverage, maxLeverage);
    const stop = plan[at + W.stop]!;
    let wanted = size * allowed;
    if (stop > 0) wanted = Math.min(wanted, plan[at + W.riskPerTrade]! / stop);
    if (allowed < wantedLeverage) cut[coin] = 1;
    if (wanted > maxPosition * allowed * EXACT) {
      wanted = maxPosition * allowed;
      cut[coin] = 1;
    }
    notional[coin] = wanted * equity;
    leverage[coin] = allowed;
    margin += wanted / allowed;
    gross += wanted;
  }
  if (gross === 0) return;

  const freeShare = 1 - limits[limitsAt + L.marginBuffer]!;
  let factor = 1;
  if (margin > freeShare * EXACT) factor = freeShare / margin;
  if (gross > maxLeverage * EXACT) factor = Math.min(factor, maxLeverage / gross);
  for (let coin = 0; coin < COINS; coin++) {
    let size = notional[coin]!;
    if (size === 0) continue;
    if (factor < 1) {
      size *= factor;
      cut[coin] = 1;
    }
    const largest = capacity[capacityAt + coin]!;
    if (size > largest) {
      size = largest;
      cut[coin] = 1;
    }
    notional[coin] = plan[planAt + coin * WIDTH + W.conviction]! > 0 ? size : -size;
  }
}
