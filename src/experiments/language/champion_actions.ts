/** What a champion's trader wishes, as actions: long, short or flat of each coin at each close, before its risk agent. */
import type { Pipeline } from "../../agents/agent.ts";
import { type Desk, planOf } from "../../agents/desk.ts";
import { wantedShare } from "../../population/committee.ts";
import { planIndex } from "../../simulation/plan.ts";

/** What can be wished of a coin. */
export type Act = "long" | "short" | "flat";
/** All of them. */
export const ACTS = ["long", "short", "flat"] as const satisfies readonly Act[];

/** A wish below this share of equity is none. */
const LEAST = 0.01;

/**
 * The wishes of a pipeline at rows from..to, by row and coin of those that may be traded. Where a plan leaves a coin as it
 * is, what was wished before stands.
 */
export function actionsOf(
  desk: Desk,
  pipeline: Pipeline,
  from: number,
  to: number,
): readonly (readonly Act[])[] {
  const { values, coins } = planOf(desk, pipeline), tradable = tradableCoins(desk);
  const standing = tradable.map((): Act => "flat");
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => {
    tradable.forEach((coin, at) => {
      const wanted = wantedShare(values, planIndex(coins, from + i, coin));
      if (Number.isNaN(wanted)) return;
      standing[at] = Math.abs(wanted) < LEAST ? "flat" : wanted > 0 ? "long" : "short";
    });
    return [...standing];
  });
}

/** Indices of the coins that may be traded. */
export function tradableCoins({ tradable }: Pick<Desk, "tradable">): readonly number[] {
  return tradable.flatMap((may, coin) => may ? [coin] : []);
}

/** How often each action is among some; the shares sum to 1. */
export function actionShares(actions: readonly (readonly Act[])[]): Readonly<Record<Act, number>> {
  const all = actions.flat();
  const share = (act: Act) => all.filter((one) => one === act).length / all.length;
  return { long: share("long"), short: share("short"), flat: share("flat") };
}

/** The most frequent of them; the first named where two are equal. */
export function mostFrequent(shares: Readonly<Record<Act, number>>): Act {
  return ACTS.reduce((best, act) => shares[act] > shares[best] ? act : best);
}
