import { ACCOUNT, type Account } from "./account.ts";
import { LIMITS } from "./limits.ts";
import { PLAN, PLAN_WIDTH } from "./plan.ts";

const A = ACCOUNT, W = PLAN, L = LIMITS, WIDTH = PLAN_WIDTH; // see account.ts on names of one's own

/** What may be traded: one value per coin each, written in place so that the event loop allocates nothing. */
export interface Judgement {
  /** Signed target notional in USDT; 0 is flat, NaN leaves the coin as it is. */
  readonly notional: Float64Array;
  /** Leverage of whatever is added to the position. */
  readonly leverage: Float64Array;
  /** 1 if anything of the plan's wish was cut: the order is a soft_fail. */
  readonly cut: Uint8Array;
}

export function createJudgement(coins: number): Judgement {
  return {
    notional: new Float64Array(coins),
    leverage: new Float64Array(coins),
    cut: new Uint8Array(coins),
  };
}

const EXACT = 1 + 1e-12; // a sum that meets its cap but for rounding is not cut

/**
 * Turns one plan row into target notionals under one limits row, in this order: leverage to the cap, but at least
 * 1; each coin's margin share to the cap; one common factor on all coins so that total margin <= (1 - buffer) equity
 * and gross notional <= maxGross x equity; the account's own scale; then the capacity of each coin's market.
 *
 * A plan wants conviction x baseSize x leverage x equity, at most riskPerTrade x equity / stop: that limit is
 * the trader's own and no cut. The judge knows targets alone; what enlarges a position, and whether that is
 * refused, is decided where the position is known.
 *
 * @param plan,planAt A plan's block and the index of the row's first value.
 * @param limits,limitsAt A limits block and the index of the row's first value.
 * @param capacity,capacityAt Largest target notional of each coin, and the index of the first coin's.
 * @param account Its equity at the decision, USDT, > 0, and its two factors are read: numbers handed over one by one would
 *   be put on the heap at every row.
 * @param wholeWish True to leave every target at its full size; else it gets the share in (0, 1] that the account's
 *   drawdown and volatility allow, and below 1 all is cut.
 * @param barred 1 for a coin that may not be entered now: it wants nothing and takes no margin.
 */
export function judge(
  plan: Float64Array,
  planAt: number,
  limits: Float64Array,
  limitsAt: number,
  capacity: Float64Array,
  capacityAt: number,
  account: Account,
  wholeWish: boolean,
  barred: Uint8Array,
  out: Judgement,
): void {
  const { notional, leverage, cut } = out;
  const coins = notional.length;
  const maxLeverage = limits[limitsAt + L.maxLeverage]!;
  const maxPosition = limits[limitsAt + L.maxPosition]!;
  const maxGross = limits[limitsAt + L.maxGross]!;
  const scale = wholeWish ? 1 : account[A.drawdownFactor]! * account[A.volatilityCap]!;
  const scaledEquity = account[A.equity]! * scale, scaled = scale < 1 ? 1 : 0;
  let margin = 0, gross = 0, crowded = false;
  for (let coin = 0, at = planAt; coin < coins; coin++, at += WIDTH) {
    const conviction = plan[at + W.conviction]!;
    let share = Math.abs(conviction) * plan[at + W.baseSize]!; // of equity, as margin
    notional[coin] = 0;
    cut[coin] = 0;
    if (!(share > 0) || barred[coin] === 1) {
      if (Number.isNaN(share)) notional[coin] = NaN;
      continue;
    }
    const wantedLeverage = plan[at + W.leverage]!;
    const allowed = Math.max(1, Math.min(wantedLeverage, maxLeverage));
    const stop = plan[at + W.stop]!;
    if (stop > 0) share = Math.min(share, plan[at + W.riskPerTrade]! / (stop * allowed));
    cut[coin] = allowed < wantedLeverage ? 1 : scaled;
    if (share > maxPosition * EXACT) {
      share = maxPosition;
      cut[coin] = 1;
    }
    const size = share * allowed * scaledEquity;
    if (size > capacity[capacityAt + coin]!) crowded = true;
    notional[coin] = conviction > 0 ? size : -size;
    leverage[coin] = allowed;
    margin += share;
    gross += share * allowed;
  }

  const freeShare = 1 - limits[limitsAt + L.marginBuffer]!;
  let factor = 1;
  if (margin > freeShare * EXACT) factor = freeShare / margin;
  if (gross > maxGross * EXACT) factor = Math.min(factor, maxGross / gross);
  if (factor < 1 || crowded) scaleDown(factor, capacity, capacityAt, out);
}

/** Multiplies all targets by one factor, then cuts each to the capacity of its market. */
function scaleDown(factor: number, capacity: Float64Array, capacityAt: number, out: Judgement): void {
  const { notional, cut } = out;
  const coins = notional.length;
  for (let coin = 0; coin < coins; coin++) {
    const scaled = notional[coin]! * factor, largest = capacity[capacityAt + coin]!;
    if (notional[coin] === 0) continue;
    const size = Math.min(Math.abs(scaled), largest);
    if (factor < 1 || size < Math.abs(scaled)) cut[coin] = 1;
    notional[coin] = scaled < 0 ? -size : size;
  }
}
