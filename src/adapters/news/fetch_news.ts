/** Fetches a plan of queries from several providers, and says what came of each. */
import { checkArticles, type Rejection } from "../../news/article.ts";
import { bocha } from "../../news/providers/bocha.ts";
import { gdelt } from "../../news/providers/gdelt.ts";
import { serpapi } from "../../news/providers/serpapi.ts";
import type { NewsSource } from "../../news/providers/source.ts";
import type { PlannedQuery } from "../../news/query_plan.ts";
import type { Article } from "../../news/article.ts";
import type { NewsSettings } from "./news_settings.ts";
import { searchClient, type SearchPorts } from "./search_client.ts";

/** The providers there are. */
export const NEWS_SOURCES = { gdelt, bocha, serpapi } as const satisfies Record<string, NewsSource>;
/** Name of a provider. */
export type NewsSourceName = keyof typeof NEWS_SOURCES;

/** What is fetched; times in ms UTC, `to` left out. */
export interface FetchNewsRequest {
  readonly providers: readonly NewsSourceName[];
  readonly queries: readonly PlannedQuery[];
  readonly from: number;
  readonly to: number;
}

/** What came of one provider. */
export interface ProviderReport {
  readonly provider: NewsSourceName;
  readonly queries: number;
  readonly requests: number;
  /** Items that entered, those outside the time asked for, and those without what an item must have. */
  readonly items: number;
  readonly outside: number;
  readonly rejected: Readonly<Partial<Record<Rejection, number>>>;
  /** Queries that were cut at the most pages. */
  readonly cut: number;
  /** Queries that failed: kind and words. */
  readonly failures: readonly { readonly query: string; readonly kind: string; readonly text: string }[];
}

/** Failures that every further query would meet. */
const FOR_ALL = new Set(["keyMissing", "keyRefused", "quota", "unreachable"]);
/** Those that they would meet where no page has come yet. */
const UNTIL_REACHED = new Set(["connection", "timeout"]);

/** Providers one after another, each query by itself: one that fails takes no other with it. */
export async function fetchNews(
  { providers, queries, from, to }: FetchNewsRequest,
  settings: NewsSettings,
  ports: SearchPorts,
  onQuery: (done: number, total: number) => void = () => {},
): Promise<{ readonly articles: readonly Article[]; readonly reports: readonly ProviderReport[] }> {
  const articles: Article[] = [], reports: ProviderReport[] = [];
  let done = 0;
  for (const provider of providers) {
    const search = searchClient(NEWS_SOURCES[provider], settings.providers[provider], ports);
    const raws = [], failures = [];
    let requests = 0, cut = 0, asked = 0, pages = 0;
    for (const { text } of queries) {
      const outcome = await search({ text, from, to });
      asked++;
      requests += outcome.requests;
      pages += outcome.pages;
      raws.push(...outcome.raws);
      if (outcome.cut) cut++;
      onQuery(++done, providers.length * queries.length);
      if (outcome.failure === null) continue;
      const { kind, text: words } = outcome.failure;
      failures.push({ query: text, kind, text: words });
      if (FOR_ALL.has(kind) || (pages === 0 && UNTIL_REACHED.has(kind))) break;
    }
    const { articles: checked, rejected } = checkArticles(raws);
    const inside = checked.filter(({ publishedAt }) => publishedAt >= from && publishedAt < to);
    articles.push(...inside);
    reports.push({
      provider,
      queries: asked,
      requests,
      items: inside.length,
      outside: checked.length - inside.length,
      rejected,
      cut,
      failures,
    });
  }
  return { articles, reports };
}
