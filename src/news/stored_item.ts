/** A line of a file of news: an item, and what a model made of it, if one has read it. */
import * as z from "zod";
import { articleSchema } from "./article.ts";
import type { EnrichedArticle } from "./enrichment.ts";
import { enrichmentSchema } from "./enrichment.ts";
import { readByLexicon } from "./lexicon_reading.ts";
import type { Coin } from "../core/universe.ts";

/** A stored item. */
export const storedItemSchema = z.strictObject({
  article: articleSchema,
  enrichment: enrichmentSchema.nullable(),
});
/**
 * A stored item.
 *
 * @internal
 */
export type StoredItem = Readonly<z.output<typeof storedItemSchema>>;

/** Stored items as readers take them: the lexicon reads what no model has read. */
export function enrichedItems(items: readonly StoredItem[], coins: readonly Coin[]): EnrichedArticle[] {
  return items.map(({ article, enrichment }) => ({
    article,
    enrichment: enrichment ?? readByLexicon(article, coins),
  }));
}

/** Each item once: as it was first seen, with a model's reading where any copy has one. In the order of ids. */
export function mergedItems(items: readonly StoredItem[]): StoredItem[] {
  const known = new Map<string, StoredItem>();
  const ordered = [...items].sort((a, b) =>
    a.article.observedAt - b.article.observedAt || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  );
  for (const item of ordered) {
    const before = known.get(item.article.id);
    if (before === undefined) known.set(item.article.id, item);
    else if (before.enrichment === null && item.enrichment !== null) {
      known.set(item.article.id, { ...before, enrichment: item.enrichment });
    }
  }
  return [...known.values()].sort((a, b) => a.article.id < b.article.id ? -1 : 1);
}
