import { BAR_MS, isFundingTime } from "../../core/universe.ts";
import { componentStream, whiteNoise } from "./noise.ts";
import { FUNDING, ofCoin, RETURNS, TREND } from "./parameters.ts";
import { hiddenSignal, plantedSignal } from "./edge.ts";
import type { SyntheticVolatility } from "./volatility.ts";
import type { SyntheticMode } from "./worlds.ts";

/** Log returns and funding of each coin, and what made them; all [coin][rows]. */
export interface SyntheticReturns {
  readonly logReturn: readonly Float64Array[];
  /** The last rate settled at or before the row's open, a fraction of notional. */
  readonly fundingRate: readonly Float64Array[];
  /** Drift of the hidden trend, per bar. */
  readonly drift: readonly Float64Array[];
  /** Planted part of the expected log return, per bar. */
  readonly planted: readonly Float64Array[];
  /** What stands in the column that nobody reads, as each row opens; [coin][rows + 1]. */
  readonly hidden: readonly Float64Array[];
  /** Slow crowding of funding as the row opens, unit variance. */
  readonly slowCrowding: readonly Float64Array[];
}

/** What the loop over rows is told. `ic` scales the planted mean; 0 plants nothing. */
export interface ReturnSettings {
  readonly mode: SyntheticMode;
  readonly seed: number;
  readonly openTime: Float64Array;
  readonly trend: Int8Array;
  readonly volatilityState: Int8Array;
  readonly volatility: SyntheticVolatility;
  readonly ic: number;
  /** False in the null world: no drift, and each bar that ends at a settlement gains ln(1 + F). */
  readonly drifts: boolean;
  readonly jumps: boolean;
}

/**
 * Returns and funding in one loop, since funding leans on past returns and planted returns on past funding.
 * With r the log return: r = drift + planted + sigma z - sigma^2 / 2 + jump - E[e^jump - 1], so that without
 * drift and planted mean the price is a martingale. In the null world the price also gains exactly what a
 * long pays at the settlement that ends the bar, so that no position, held or closed there, has an edge.
 *
 * Planted mean: ic x predictable volatility x a standardised signal clipped to +-3, see edge.ts.
 */
export function syntheticReturns(settings: ReturnSettings): SyntheticReturns {
  const { mode, seed, openTime, trend, volatility, ic, drifts } = settings;
  const rows = openTime.length, coins = volatility.predictable.length;
  const create = () => Array.from({ length: coins }, () => new Float64Array(rows));
  const logReturn = create(), fundingRate = create(), drift = create(), planted = create();
  const slowCrowding = create();
  const shocks = martingaleShocks(settings);
  const crowd = crowdingStreams(settings.seed, coins);

  const decay = Math.exp(-1 / RETURNS.momentumTau), gain = Math.sqrt(1 - decay * decay);
  const momentum = new Float64Array(coins), lastReturn = new Float64Array(coins);
  const crowding = new Float64Array(coins);
  const hidden = logReturn.map((_, coin) => hiddenSignal(seed, coin, rows));
  const signal = plantedSignal({ ...settings, mode, rows, slowCrowding, hidden }, {
    momentum,
    lastReturn,
    crowding,
  });
  const rate = new Float64Array(coins).fill(FUNDING.firstRate);
  for (let t = 0; t < rows; t++) {
    const state = trend[t]!;
    const settles = isFundingTime(openTime[t]! + BAR_MS);
    const shared = crowd.shared();
    for (let coin = 0; coin < coins; coin++) {
      fundingRate[coin]![t] = rate[coin]!;
      slowCrowding[coin]![t] = crowd.next(coin, shared);
      const sd = volatility.predictable[coin]![t]!;
      if (drifts) drift[coin]![t] = TREND.drift[state]! * ofCoin(RETURNS.beta, coin);
      if (ic > 0 && t >= RETURNS.plantedFrom) {
        const x = signal(t, coin);
        planted[coin]![t] = ic * sd * Math.max(-RETURNS.signalClip, Math.min(RETURNS.signalClip, x));
      }
      let r = drift[coin]![t]! + planted[coin]![t]! + shocks[coin]![t]!;
      if (settles) {
        crowding[coin] = crowd.settled(coin, shared, momentum[coin]!);
        rate[coin] = fundingOf(coin, crowding[coin]!);
        if (!drifts) r += Math.log1p(rate[coin]!);
      }
      logReturn[coin]![t] = r;
      lastReturn[coin] = r / sd;
      momentum[coin] = decay * momentum[coin]! + gain * lastReturn[coin]!;
    }
  }
  return { logReturn, fundingRate, drift, planted, hidden, slowCrowding };
}

/** sigma z - sigma^2 / 2 + jumps less their mean: the part of a log return whose exponential has mean 1; [coin][rows]. */
function martingaleShocks(
  { seed, openTime, volatility, volatilityState, jumps }: ReturnSettings,
): Float64Array[] {
  const rows = openTime.length;
  const common = whiteNoise(componentStream(seed, "common return"), rows);
  const { marketJump, ownJump } = RETURNS;
  const marketStream = componentStream(seed, "market jump");
  const marketJumps = new Float64Array(rows);
  for (let t = 0; jumps && t < rows; t++) {
    const occurs = marketStream.uniform() < marketJump.rate, size = marketStream.normal();
    if (occurs) marketJumps[t] = marketJump.mean + marketJump.sd * size;
  }
  return volatility.realised.map((sigma, coin) => {
    const own = componentStream(seed, "own return", coin),
      jumpStream = componentStream(seed, "own jump", coin);
    const idiosyncratic = ofCoin(RETURNS.idiosyncraticShare, coin), beta = ofCoin(RETURNS.beta, coin);
    const own2 = RETURNS.shareFactor.map((factor) => factor * idiosyncratic);
    const ownWeight = own2.map(Math.sqrt), commonWeight = own2.map((share) => Math.sqrt(1 - share));
    const rate = ofCoin(ownJump.rate, coin), mean = ofCoin(ownJump.mean, coin), sd = ofCoin(ownJump.sd, coin);
    const expectedJump =
      marketJump.rate * Math.expm1(beta * marketJump.mean + (beta * marketJump.sd) ** 2 / 2) +
      rate * Math.expm1(mean + sd * sd / 2);
    const out = new Float64Array(rows);
    for (let t = 0; t < rows; t++) {
      const state = volatilityState[t]!;
      out[t] = sigma[t]! * (commonWeight[state]! * common[t]! + ownWeight[state]! * own.normal()) -
        sigma[t]! * sigma[t]! / 2;
      if (jumps) {
        const occurs = jumpStream.uniform() < rate, size = jumpStream.normal();
        out[t]! += beta * marketJumps[t]! + (occurs ? mean + sd * size : 0) - expectedJump;
      }
    }
    return out;
  });
}

/** Innovations of crowding that all coins share at one row. */
interface SharedCrowd {
  readonly fast: number;
  readonly slow: number;
}

/** Crowding g per coin: a fast AR(1) over settlements, a slow one over rows, and momentum, of unit variance. Starts stationary. */
function crowdingStreams(seed: number, coins: number) {
  const sharedStream = componentStream(seed, "shared crowding");
  const own = Array.from({ length: coins }, (_, coin) => componentStream(seed, "own crowding", coin));
  const slowWeight = Math.sqrt(FUNDING.slowShare), fastWeight = Math.sqrt(1 - FUNDING.slowShare);
  const scale = Math.sqrt(1 + FUNDING.momentumWeight ** 2);
  const shared = (): SharedCrowd => ({ fast: sharedStream.normal(), slow: sharedStream.normal() });
  const innovation = (share: number, common: number, coin: number) =>
    Math.sqrt(share) * common + Math.sqrt(1 - share) * own[coin]!.normal();
  const { fastCommonShare, slowCommonShare } = FUNDING;

  const first = shared();
  const fast = Float64Array.from(own, (_, coin) => innovation(fastCommonShare, first.fast, coin));
  const slow = Float64Array.from(own, (_, coin) => innovation(slowCommonShare, first.slow, coin));

  /** Moves a coin's slow part by one row and gives what it was before. */
  function next(coin: number, common: SharedCrowd): number {
    const before = slow[coin]!;
    slow[coin] = FUNDING.slow * before +
      Math.sqrt(1 - FUNDING.slow ** 2) * innovation(slowCommonShare, common.slow, coin);
    return before;
  }
  function settled(coin: number, common: SharedCrowd, momentum: number): number {
    const phi = ofCoin(FUNDING.fast, coin);
    fast[coin] = phi * fast[coin]! +
      Math.sqrt(1 - phi * phi) * innovation(fastCommonShare, common.fast, coin);
    return (fastWeight * fast[coin]! + slowWeight * slow[coin]! + FUNDING.momentumWeight * momentum) / scale;
  }
  return { shared, next, settled };
}

/** The settled rate, a fraction, of a latent crowding; most of its middle range is exactly one basis point, as on the exchange. */
function fundingOf(coin: number, crowding: number): number {
  const below = Math.max(ofCoin(FUNDING.lowKnee, coin) - crowding, 0),
    above = Math.max(crowding - ofCoin(FUNDING.highKnee, coin), 0),
    rout = Math.max(FUNDING.routKnee - crowding, 0);
  return 1e-4 *
    (1 - ofCoin(FUNDING.lowSlope, coin) * below ** ofCoin(FUNDING.lowPower, coin) +
      ofCoin(FUNDING.highSlope, coin) * above - ofCoin(FUNDING.routSlope, coin) * rout);
}
