/** What the news said as of a time: sentiment, its trend, narratives, key events, and how far to believe it. */
import { BAR_MS, type Coin } from "../core/universe.ts";
import type { NewsTime } from "../market/panel_news.ts";
import { type Tier, TIER_WEIGHT, TIERS } from "./credibility.ts";
import type { EnrichedArticle } from "./enrichment.ts";
import { heardStories, type HeardStory } from "./heard.ts";
import { columnsOf, COUNTED_ROWS, type NewsSettings } from "./news_columns.ts";
import { type Narrative, narrativesOf } from "./narratives.ts";
import { storiesOf, type Story } from "./stories.ts";

/** What is heard of a coin, or of everything. */
export interface HeardOf {
  /** In (-1, 1), weighted by credibility and freshness; 0 without news. */
  readonly sentiment: number;
  /** Sentiment now minus that of a day before. */
  readonly trend: number;
  /** Stories of the last week. */
  readonly count: number;
  /** Of what is heard, in [0, 1]. */
  readonly credibility: number;
  /** Hours since the newest story; null without any in the last month. */
  readonly ageHours: number | null;
}

/** One of the weightiest stories. */
export interface KeyEvent {
  /** When it was first told, ms UTC. */
  readonly at: number;
  /** As its most believed outlet has it. */
  readonly title: string;
  /** Of that outlet. */
  readonly domain: string;
  /** How far that is believed. */
  readonly tier: Tier;
  /** Kind of event. */
  readonly eventType: string;
  /** For the price of what it is about, in [-1, 1]. */
  readonly sentiment: number;
  /** How large the event is, in [0, 1]. */
  readonly magnitude: number;
  /** none, low, medium or high. */
  readonly impact: string;
  /** How long it is felt: hours, days or weeks. */
  readonly horizon: string;
  /** What it bears on. */
  readonly coins: readonly Coin[];
  /** How many items told it. */
  readonly tellings: number;
  /** Different domains that told it. */
  readonly domains: number;
}

/** A digest as of a time. */
export interface NewsDigest {
  /** ms UTC. */
  readonly asOf: number;
  /** By which time items were let in. */
  readonly time: NewsTime;
  /** Of everything that is heard. */
  readonly overall: HeardOf;
  /** Of each coin. */
  readonly coins: Readonly<Record<Coin, HeardOf>>;
  /** What most was told of, weightiest first. */
  readonly narratives: readonly Narrative[];
  /** Weightiest first. */
  readonly keyEvents: readonly KeyEvent[];
  /** Items and stories of the last week, what was set aside as suspicious, and stories by tier of their best outlet. */
  readonly sources: {
    /** Items of the stories. */
    readonly items: number;
    /** Stories that somebody told who does not speak to the reader. */
    readonly stories: number;
    /** Items that were set aside. */
    readonly suspicious: number;
    /** Stories by tier. */
    readonly byTier: Readonly<Record<Tier, number>>;
  };
}

/** Rows of a day, over which the trend is taken. */
const TREND_ROWS = 6;
const KEY_EVENTS = 6;

/**
 * The digest as of a time: equal for any order of the items, and for any items that may be used later.
 *
 * @param asOf ms UTC.
 */
export function newsDigest(
  items: readonly EnrichedArticle[],
  asOf: number,
  coins: readonly Coin[],
  { time, halfLife }: NewsSettings,
): NewsDigest {
  const stories = storiesOf(items, time, asOf);
  const heard = heardStories(stories);
  const recent = stories.filter(({ at }) => at > asOf - COUNTED_ROWS * BAR_MS);
  const told = recent.filter((story) => best(story) !== undefined);
  const tellings = recent.flatMap((story) => story.tellings);
  return {
    asOf,
    time,
    overall: heardOf(heard, asOf, null, halfLife),
    coins: Object.fromEntries(coins.map((coin) => [coin, heardOf(heard, asOf, coin, halfLife)])),
    narratives: narrativesOf(told, stories),
    keyEvents: told.map(keyEvent).sort((a, b) =>
      weightOf(b, asOf) - weightOf(a, asOf) || order(a.title, b.title)
    )
      .slice(0, KEY_EVENTS),
    sources: {
      items: tellings.length,
      stories: told.length,
      suspicious: tellings.filter(({ item }) => item.enrichment.suspicious).length,
      byTier: Object.fromEntries(
        TIERS.map((tier) => [tier, told.filter((story) => best(story)!.tier === tier).length]),
      ) as Record<Tier, number>,
    },
  };
}

function heardOf(heard: readonly HeardStory[], asOf: number, coin: Coin | null, halfLife: number): HeardOf {
  const opens = Float64Array.of(asOf - (TREND_ROWS + 1) * BAR_MS, asOf - BAR_MS);
  const { sentiment, count, credibility, age } = columnsOf(heard, opens, coin, halfLife);
  const hours = age[1]! * BAR_MS / 3_600_000;
  return {
    sentiment: sentiment[1]!,
    trend: sentiment[1]! - sentiment[0]!,
    count: count[1]!,
    credibility: credibility[1]!,
    ageHours: hours >= 30 * 24 ? null : hours,
  };
}

/** The telling of the most believed outlet that is not suspicious, the first of equals. */
function best({ tellings }: Story) {
  return tellings.filter(({ item }) => !item.enrichment.suspicious).sort((a, b) =>
    a.tier - b.tier || a.at - b.at
  )[0];
}

function keyEvent(story: Story): KeyEvent {
  const { item: { article, enrichment }, tier } = best(story)!;
  const { eventType, sentiment, magnitude, impact, horizon, assets } = enrichment;
  return {
    at: story.at,
    title: article.title,
    domain: article.domain,
    tier,
    eventType,
    sentiment,
    magnitude,
    impact,
    horizon,
    coins: assets.map(({ coin }) => coin),
    tellings: story.tellings.length,
    domains: new Set(story.tellings.map(({ item }) => item.article.domain)).size,
  };
}

/** Credible, large, told by many and fresh: half as much two days later. */
function weightOf({ tier, magnitude, domains, at }: KeyEvent, asOf: number): number {
  const freshness = 2 ** (-(asOf - at) / (2 * 86_400_000));
  return TIER_WEIGHT[tier].story * (0.2 + magnitude) * (1 + Math.log(domains)) * freshness;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
