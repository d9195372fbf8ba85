/** When an item may be known: the rule that keeps news from the past. */
import type { NewsTime } from "../market/panel_news.ts";
import type { Article } from "./article.ts";

const DAY_MS = 86_400_000;

/**
 * The time from which an item may be used, ms UTC. `observed`: once it had been seen, and never before its stated
 * publication. `published`: from its publication, a day without an hour from the next day on; what is read by
 * this rule was collected later, so it is not point-in-time.
 */
export function usableAt(article: Article, rule: NewsTime): number {
  const { publishedAt, publishedTo, observedAt } = article;
  if (rule === "observed") return Math.max(observedAt, publishedAt);
  return publishedTo === "day" ? publishedAt + DAY_MS : publishedAt;
}
