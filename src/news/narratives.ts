/** What the stories of a week have in common: kinds of event, and the words that are new about them. */
import { TIER_WEIGHT } from "./credibility.ts";
import type { NewsEventType } from "./lexicon.ts";
import type { Story } from "./stories.ts";
import { words } from "./words.ts";

/** Stories of one kind. */
export interface Narrative {
  /** The kind. */
  readonly eventType: NewsEventType;
  /** How many. */
  readonly stories: number;
  /** Mean, weighted by credibility; in [-1, 1]. */
  readonly sentiment: number;
  /** Words that set these titles apart (TF-IDF over all titles known), at most five. */
  readonly terms: readonly string[];
}

const MOST_TERMS = 5;
/** Words of grammar and of every headline, which set nothing apart. */
const COMMON = new Set(
  "the a an of to in on for and as at by with from after is are its it that this over into amid new says say up down"
    .split(" "),
);

/**
 * @param told Stories of the week, none of them suspicious.
 * @param known All stories known so far, which say how common a word is.
 */
export function narrativesOf(told: readonly Story[], known: readonly Story[]): Narrative[] {
  const frequency = new Map<string, number>();
  for (const story of known) {
    for (const word of wordsOf(story)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const byType = new Map<NewsEventType, Story[]>();
  for (const story of told) {
    const type = first(story).item.enrichment.eventType;
    byType.set(type, [...byType.get(type) ?? [], story]);
  }
  return [...byType].map(([eventType, stories]): Narrative => {
    let weight = 0, sum = 0;
    for (const story of stories) {
      const { item, tier } = first(story);
      weight += TIER_WEIGHT[tier].story;
      sum += TIER_WEIGHT[tier].story * item.enrichment.sentiment;
    }
    return {
      eventType,
      stories: stories.length,
      sentiment: sum / weight,
      terms: termsOf(stories, frequency, known.length),
    };
  }).sort((a, b) => b.stories - a.stories || (a.eventType < b.eventType ? -1 : 1));
}

function first({ tellings }: Story) {
  return tellings.find(({ item }) => !item.enrichment.suspicious)!;
}

function wordsOf(story: Story): Set<string> {
  const { title } = story.tellings[0]!.item.article;
  return new Set(words(title).filter((word) => !COMMON.has(word) && !/^[\d.,'-]+$/.test(word)));
}

function termsOf(stories: readonly Story[], frequency: ReadonlyMap<string, number>, known: number): string[] {
  const counts = new Map<string, number>();
  for (const story of stories) {
    for (const word of wordsOf(story)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const score = (word: string) => counts.get(word)! * Math.log((1 + known) / (1 + frequency.get(word)!));
  return [...counts.keys()].sort((a, b) => score(b) - score(a) || (a < b ? -1 : 1)).slice(0, MOST_TERMS);
}
