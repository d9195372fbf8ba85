/**
 * Stories: items that tell the same thing, found by the words of their titles. Items are taken in the order in which
 * they may be used, so what a story is at t does not depend on what comes later.
 */
import type { EnrichedArticle } from "./enrichment.ts";
import { type Tier, tierOf } from "./credibility.ts";
import { usableAt } from "./news_time.ts";
import type { NewsTime } from "../market/panel_news.ts";
import { words } from "./words.ts";

/** Share of common words (Jaccard) from which two titles tell the same. */
const SAME = 0.65;
/** How long a story can be told again, ms: two weeks. */
const LASTS_MS = 14 * 86_400_000;

/** One telling of a story. */
export interface Telling {
  readonly item: EnrichedArticle;
  /** From when it may be used, ms UTC. */
  readonly at: number;
  /** How far its outlet is believed. */
  readonly tier: Tier;
}

/** A story. */
export interface Story {
  /** Id of the item that told it first. */
  readonly id: string;
  /** When it was first told, ms UTC. */
  readonly at: number;
  /** Who told it, in order. */
  readonly tellings: readonly Telling[];
}

interface Draft extends Story {
  readonly tellings: Telling[];
  readonly set: ReadonlySet<string>;
}

/**
 * Groups items into stories; equal for any order of the items. A title is compared with the first title of each story of
 * the last two weeks with which it shares a word of its prefix: titles that are alike enough must (prefix filtering,
 * Chaudhuri, Ganti & Kaushik 2006), so none is missed.
 *
 * @param until Items that may be used later are left out, ms UTC.
 */
export function storiesOf(items: readonly EnrichedArticle[], rule: NewsTime, until = Infinity): Story[] {
  const tellings = items
    .map((item): Telling => ({ item, at: usableAt(item.article, rule), tier: tierOf(item.article.domain) }))
    .filter(({ at }) => at <= until)
    .sort((a, b) => a.at - b.at || (a.item.article.id < b.item.article.id ? -1 : 1));
  const stories: Draft[] = [];
  const byWord = new Map<string, Draft[]>();
  for (const telling of tellings) {
    const { title, id } = telling.item.article;
    const set = new Set(words(title));
    const prefix = prefixOf(set);
    const found = likeliest(set, prefix.flatMap((word) => byWord.get(word) ?? []), telling.at);
    if (found) {
      found.tellings.push(telling);
      continue;
    }
    const story: Draft = { id, at: telling.at, tellings: [telling], set };
    stories.push(story);
    for (const word of prefix) {
      const known = (byWord.get(word) ?? []).filter(({ at }) => telling.at - at <= LASTS_MS);
      known.push(story);
      byWord.set(word, known);
    }
  }
  return stories.map(({ id, at, tellings: told }) => ({ id, at, tellings: told }));
}

/** The words of a set, in one order for all sets, of which two sets that are alike enough must share one. */
function prefixOf(set: ReadonlySet<string>): string[] {
  const ordered = [...set].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)); // long words are rare ones
  return ordered.slice(0, ordered.length - Math.ceil(SAME * ordered.length) + 1);
}

/** The story most like a title, the first of equals; undefined where none is alike enough. */
function likeliest(set: ReadonlySet<string>, candidates: readonly Draft[], at: number): Draft | undefined {
  let best: Draft | undefined, most = SAME;
  for (const story of new Set(candidates)) {
    if (at - story.at > LASTS_MS) continue;
    let common = 0;
    for (const word of set) if (story.set.has(word)) common++;
    const alike = common / (set.size + story.set.size - common);
    if (alike > most || (alike === most && (best === undefined || story.at < best.at))) {
      [best, most] = [story, alike];
    }
  }
  return best;
}
