/** One news item as everything here holds it: what it says, when it was published and when it was seen. */
import * as z from "zod";
import { sha256 } from "../core/hash.ts";
import { domainOf } from "./domain.ts";
import { plainText } from "./plain_text.ts";

/** Where items come from. `synthetic` is made up, `file` another program's. */
export const NEWS_PROVIDERS = ["bocha", "serpapi", "gdelt", "synthetic", "file"] as const;

const instant = z.int().min(0);

const DAY_MS = 86_400_000;

/** A date more than a day after an item was seen is none of publication. */
function isFromTheFuture(publishedAt: number, observedAt: number): boolean {
  return publishedAt > observedAt + DAY_MS;
}

/** A stored item, of a file by whomever: it is held to the rules by which `createArticle` lets items in. Times are ms UTC. */
export const articleSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/).describe("Of address and title, so the same item has the same id"),
  title: z.string().min(1).max(500),
  url: z.string().max(2000),
  domain: z.string().max(253).describe("Registrable domain"),
  source: z.string().max(200).describe("The outlet's name as the provider has it"),
  snippet: z.string().max(4000),
  language: z.string().max(40).nullable(),
  publishedAt: instant.describe("As stated, or the start of the day that is stated, or when it was seen"),
  publishedTo: z.enum(["instant", "day", "seen"]).describe("What publishedAt is known to"),
  observedAt: instant.describe(
    "When it was first seen by whoever stored it: GDELT's seen date, or our own clock",
  ),
  provider: z.enum(NEWS_PROVIDERS),
}).refine(({ url, domain }) => domainOf(url) === domain, {
  path: ["domain"],
  error: "must be the registrable domain of url, which says how far the item is believed",
}).refine(({ publishedAt, observedAt }) => !isFromTheFuture(publishedAt, observedAt), {
  path: ["publishedAt"],
  error: "must lie at most a day after observedAt, else it is no date of publication",
});
/**
 * One news item.
 *
 * @internal
 */
export type Article = Readonly<z.output<typeof articleSchema>>;

/** An item as a provider's reply has it, before it is checked. */
export interface RawArticle {
  readonly title: string;
  readonly url: string;
  readonly source: string;
  readonly snippet: string;
  readonly language: string | null;
  /** Null where no date can be read: such an item never enters. */
  readonly published: { readonly at: number; readonly to: Article["publishedTo"] } | null;
  readonly observedAt: number;
  readonly provider: Article["provider"];
}

/** Why an item does not enter. */
export type Rejection = "undated" | "unnamed" | "unaddressed" | "fromTheFuture";

/**
 * Checks one item and cleans its text.
 *
 * @returns The item, or why it does not enter: no date, no title, no web address, or a date more than a day after it
 *   was seen (which is then no date of publication).
 */
export function createArticle(raw: RawArticle): Article | Rejection {
  const { published, observedAt, provider, language } = raw;
  if (published === null) return "undated";
  const title = plainText(raw.title, 500);
  if (title === "") return "unnamed";
  const domain = domainOf(raw.url);
  if (domain === null) return "unaddressed";
  if (isFromTheFuture(published.at, observedAt)) return "fromTheFuture";
  const url = raw.url.trim().slice(0, 2000);
  return {
    id: sha256(`${url}\n${title}`).slice(0, 16),
    title,
    url,
    domain,
    source: plainText(raw.source, 200),
    snippet: plainText(raw.snippet, 4000),
    language: language === null ? null : plainText(language, 40),
    publishedAt: published.at,
    publishedTo: published.to,
    observedAt,
    provider,
  };
}

/** Items that entered, and how many did not, by reason. */
export interface CheckedArticles {
  readonly articles: readonly Article[];
  readonly rejected: Readonly<Partial<Record<Rejection, number>>>;
}

/** Checks many; of two with one id the one that was seen first stays. Sorted by id: the order they come in is nothing. */
export function checkArticles(raws: readonly RawArticle[]): CheckedArticles {
  const rejected: Partial<Record<Rejection, number>> = {};
  const articles: Article[] = [];
  for (const raw of raws) {
    const made = createArticle(raw);
    if (typeof made === "string") rejected[made] = (rejected[made] ?? 0) + 1;
    else articles.push(made);
  }
  return { articles: firstSeen(articles), rejected };
}

/** Each id once, as it was first seen; in the order of ids. */
function firstSeen(articles: readonly Article[]): Article[] {
  const known = new Map<string, Article>();
  for (const article of articles) {
    const before = known.get(article.id);
    if (before === undefined || precedes(article, before)) known.set(article.id, article);
  }
  return [...known.values()].sort((a, b) => a.id < b.id ? -1 : 1);
}

/** Of two tellings of one item; equal times are settled by content, so that no order of a list matters. */
function precedes(a: Article, b: Article): boolean {
  if (a.observedAt !== b.observedAt) return a.observedAt < b.observedAt;
  return JSON.stringify(a) < JSON.stringify(b);
}
