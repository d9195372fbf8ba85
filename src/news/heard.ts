/** Sentiment from what has been heard: credible and fresh stories count more, and no tier more than its bound. */
import type { Coin } from "../core/universe.ts";
import { BAR_MS } from "../core/universe.ts";
import { TIER_WEIGHT, TIERS } from "./credibility.ts";
import type { Story, Telling } from "./stories.ts";

/** Weight of knowing nothing: sentiment is drawn to 0 by as much as one story of the first tier. */
const PRIOR = 1;

/** A story as it comes in: once in each tier that tells it. */
export interface HeardStory {
  readonly at: number;
  readonly telling: Telling;
  /** True for its first telling of all, the one that is counted. */
  readonly isFirst: boolean;
}

/** What comes in, in the order of time. Copies within a tier add nothing, and what is suspicious never comes in. */
export function heardStories(stories: readonly Story[]): HeardStory[] {
  const heard = stories.flatMap(({ tellings }) => {
    const known = new Set<number>();
    const first = tellings.find(({ item }) => !item.enrichment.suspicious);
    return tellings.flatMap((telling): HeardStory[] => {
      if (known.has(telling.tier) || telling.item.enrichment.suspicious) return [];
      known.add(telling.tier);
      return [{ at: telling.at, telling, isFirst: telling === first }];
    });
  });
  return heard.sort((a, b) =>
    a.at - b.at || (a.telling.item.article.id < b.telling.item.article.id ? -1 : 1)
  );
}

/** How relevant what is heard is to a coin, in [0, 1]; 1 for null, which stands for everything. */
export function relevanceTo({ telling }: HeardStory, coin: Coin | null): number {
  if (coin === null) return 1;
  return telling.item.enrichment.assets.find((asset) => asset.coin === coin)?.relevance ?? 0;
}

/** Sums that fade; by tier: weight, and weight times sentiment. */
export interface Echo {
  time: number;
  readonly weight: Float64Array;
  readonly sentiment: Float64Array;
}

/** An echo of nothing. */
export function createEcho(): Echo {
  return { time: -Infinity, weight: new Float64Array(4), sentiment: new Float64Array(4) };
}

/** Lets an echo fade until `time`, by half in each `halfLife` rows. */
export function fade(echo: Echo, time: number, halfLife: number): void {
  if (echo.time > -Infinity && time > echo.time) {
    const kept = 2 ** (-(time - echo.time) / (halfLife * BAR_MS));
    for (let i = 0; i < 4; i++) {
      echo.weight[i]! *= kept;
      echo.sentiment[i]! *= kept;
    }
  }
  echo.time = Math.max(echo.time, time);
}

/** Adds what is heard now. */
export function hear(echo: Echo, { telling }: HeardStory, relevance: number): void {
  const { sentiment, magnitude } = telling.item.enrichment;
  const weight = TIER_WEIGHT[telling.tier].story * relevance * (0.5 + magnitude / 2);
  echo.weight[telling.tier - 1]! += weight;
  echo.sentiment[telling.tier - 1]! += weight * sentiment;
}

/** Sentiment in (-1, 1), 0 where nothing is heard, and the credibility of what is heard in [0, 1]. */
export function readEcho(echo: Echo): { readonly sentiment: number; readonly credibility: number } {
  let weight = 0, sum = 0, belief = 0;
  for (const tier of TIERS) {
    const heard = echo.weight[tier - 1]!;
    if (heard === 0) continue;
    const kept = Math.min(heard, TIER_WEIGHT[tier].most);
    weight += kept;
    sum += echo.sentiment[tier - 1]! * (kept / heard);
    belief += kept * TIER_WEIGHT[tier].story;
  }
  return { sentiment: sum / (weight + PRIOR), credibility: weight === 0 ? 0 : belief / weight };
}
