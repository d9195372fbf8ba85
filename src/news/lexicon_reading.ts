/** Enrichment by whole words: free, the same every time, and bounded. */
import type { Coin } from "../core/universe.ts";
import { affectedAssets } from "./assets.ts";
import type { Article } from "./article.ts";
import { type EnrichedArticle, type Enrichment, impactOf } from "./enrichment.ts";
import { ENTITIES, EVENT_HORIZON, EVENT_WORDS, NEGATIONS, type NewsEventType, SENTIMENT } from "./lexicon.ts";
import { numbersIn } from "./numbers.ts";
import { isSuspicious } from "./suspicion.ts";
import { words } from "./words.ts";

/** The furthest that words alone can move a sentiment. */
export const LEXICON_LIMIT = 0.8;
/** Characters that are read: what follows a headline by far says little of it. */
const READ = 1200;
const NEGATION_REACH = 3;

/** Reads an item by the lexicon. */
export function readByLexicon(article: Article, coins: readonly Coin[]): Enrichment {
  const text = `${article.title}. ${article.snippet}`.slice(0, READ);
  const all = words(text);
  const suspicious = isSuspicious(text);
  const sentiment = suspicious ? 0 : sentimentOf(all);
  const eventType = eventTypeOf(all);
  const numbers = numbersIn(text);
  const magnitude = suspicious ? 0 : magnitudeOf(sentiment, numbers);
  return {
    sentiment,
    magnitude,
    eventType,
    entities: ENTITIES.filter((name) =>
      new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, "u").test(text)
    )
      .slice(0, 12),
    assets: affectedAssets(text, coins),
    impact: impactOf(sentiment, magnitude),
    horizon: EVENT_HORIZON[eventType],
    numbers,
    suspicious,
    by: "lexicon",
  };
}

/** Reads many items by the lexicon. */
export function enrichByLexicon(articles: readonly Article[], coins: readonly Coin[]): EnrichedArticle[] {
  return articles.map((article) => ({ article, enrichment: readByLexicon(article, coins) }));
}

/** Each word counts once, however often it stands there: repeating it buys nothing. In [-LEXICON_LIMIT, LEXICON_LIMIT]. */
function sentimentOf(all: readonly string[]): number {
  const said = new Map<string, number>();
  for (const [i, word] of all.entries()) {
    const weight = SENTIMENT.get(word);
    if (weight === undefined || said.has(word)) continue;
    const negated = all.slice(Math.max(0, i - NEGATION_REACH), i).some((before) => NEGATIONS.has(before));
    said.set(word, negated ? -weight / 2 : weight);
  }
  let sum = 0;
  for (const weight of said.values()) sum += weight;
  return LEXICON_LIMIT * sum / (1.5 + Math.abs(sum));
}

function eventTypeOf(all: readonly string[]): NewsEventType {
  let best: NewsEventType = "other", most = 0;
  for (const [type, known] of Object.entries(EVENT_WORDS) as [NewsEventType, ReadonlySet<string>][]) {
    const found = new Set(all.filter((word) => known.has(word))).size;
    if (found > most) [best, most] = [type, found];
  }
  return best;
}

/** From how strong the words are, and the largest move in percent that is named, to one of a fifth. */
function magnitudeOf(sentiment: number, numbers: Enrichment["numbers"]): number {
  const moves = numbers.filter(({ unit }) => unit === "%").map(({ value }) => Math.abs(value));
  const move = Math.min(Math.max(0, ...moves), 20) / 20;
  return Math.min(1, Math.abs(sentiment) + move / 2);
}
