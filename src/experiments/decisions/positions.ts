/** What decided positions earned, and whether their sizes make sense. */
import { mean, standardDeviation } from "../../stats/moments.ts";
import { type Share, wilsonShare } from "../../stats/wilson.ts";
import type { Decision } from "./benchmark.ts";
import { answered, type ScoredDecision } from "./scored.ts";

/** Actions, sizes and what came of them, over answered decisions. */
export interface Positions {
  /** How often each action was taken; nothing is held beforehand, so that hold is to stay out. */
  readonly actions: Readonly<Record<Decision["action"], number>>;
  /** Long or short positions that gained before costs. */
  readonly hits: Share;
  /** Mean share of equity times leverage of positions that were taken. */
  readonly exposure: number | null;
  /** Positions of more than `MOST_EXPOSURE` times the equity, or with a size of 0. */
  readonly absurd: Share;
  /** Mean return on equity of a decision after costs, held to the horizon without stop or target; a fraction. */
  readonly net: number | null;
  /** Its standard error. */
  readonly netError: number | null;
}

/** Beyond this exposure no persona of the catalogue asks to go: 0.4 of equity at 8 times. */
export const MOST_EXPOSURE = 3.2;

/** Positions of decisions on their own: none of them knows what is held. */
export function positionsOf(decisions: readonly ScoredDecision[]): Positions {
  const said = answered(decisions);
  const taken = said.filter(({ decision: { action } }) => action === "long" || action === "short");
  const nets = said.map(({ decision, point }) =>
    netReturn(decision, point.traded, point.observation.roundTripCost)
  );
  const actions = { long: 0, short: 0, flat: 0, hold: 0 };
  for (const { decision } of said) actions[decision.action]++;
  const exposures = taken.map(({ decision }) => decision.size * decision.leverage);
  return {
    actions,
    hits: wilsonShare(
      taken.filter(({ decision, point }) => signOf(decision) * point.traded > 0).length,
      taken.length,
    ),
    exposure: exposures.length === 0 ? null : mean(exposures),
    absurd: wilsonShare(
      exposures.filter((one) => one === 0 || one > MOST_EXPOSURE).length,
      exposures.length,
    ),
    net: nets.length === 0 ? null : mean(nets),
    netError: nets.length < 2 ? null : standardDeviation(nets) / Math.sqrt(nets.length),
  };
}

/** Return on equity of one decision held to the horizon, after costs; at worst all of the margin is lost. */
export function netReturn(decision: Decision, traded: number, roundTripCost: number): number {
  const sign = signOf(decision), exposure = decision.size * decision.leverage;
  return sign === 0 ? 0 : Math.max(-decision.size, exposure * (sign * traded - roundTripCost));
}

function signOf({ action }: Decision): number {
  return action === "long" ? 1 : action === "short" ? -1 : 0;
}
