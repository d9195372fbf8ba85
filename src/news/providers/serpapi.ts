/**
 * SerpApi, Google's news tab with an explicit range of days. What it shows of the past is today's index: re-ranked,
 * rewritten, without what was taken down. Both shapes are read, that of the tab and that of Google News.
 */
import * as z from "zod";
import type { RawArticle } from "../article.ts";
import { createdAt, dayText, isoDate, searchDate } from "./dates.ts";
import { failed, jsonIn, type NewsSource, noJson } from "./source.ts";

const sourceSchema = z.union([z.string(), z.looseObject({ name: z.string().nullish() })]).nullish();
const itemSchema = z.looseObject({
  title: z.string().nullish(),
  link: z.string().nullish(),
  source: sourceSchema,
  date: z.string().nullish(),
  iso_date: z.string().nullish(),
  snippet: z.string().nullish(),
});
type Item = z.output<typeof itemSchema>;
const replySchema = z.looseObject({
  error: z.string().nullish(),
  search_metadata: z.looseObject({ created_at: z.string().optional() }).nullish(),
  news_results: z.array(itemSchema.extend({
    highlight: itemSchema.nullish(),
    stories: z.array(itemSchema).nullish(),
  })).nullish(),
  serpapi_pagination: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/** SerpApi as a source. Of its link to the next page only `start` is read, as a number; the link is never followed. */
export const serpapi: NewsSource = {
  name: "serpapi",
  keyIn: "query",
  request: ({ text, from, to }, cursor, { baseUrl, perPage }) => ({
    url: `${baseUrl}?${new URLSearchParams({
      engine: "google",
      tbm: "nws",
      q: text,
      tbs: `cdr:1,cd_min:${american(from)},cd_max:${american(to - 1)}`,
      num: String(Math.min(perPage, 100)),
      hl: "en",
      gl: "us",
      start: cursor ?? "0",
    })}`,
    body: null,
  }),
  read: (reply, _query, cursor) => {
    const value = jsonIn(reply.text);
    if (value === undefined) return noJson(reply);
    const parsed = replySchema.safeParse(value);
    if (!parsed.success) {
      return failed("serverFault", `not what SerpApi documents: ${parsed.error.issues[0]!.path.join(".")}`);
    }
    const { error, search_metadata, news_results, serpapi_pagination } = parsed.data;
    if (error) {
      if (/hasn't returned any results/i.test(error)) return { kind: "items", raws: [], next: null };
      return failed(kindOfError(error), error);
    }
    const created = createdAt(search_metadata?.created_at);
    const items = (news_results ?? []).flatMap(({ highlight, stories, ...one }): Item[] => [
      ...(one.link ? [one] : []),
      ...(highlight ? [highlight] : []),
      ...(stories ?? []),
    ]);
    return {
      kind: "items",
      raws: items.map((item) => rawOf(item, created, reply.now)),
      next: items.length > 0 ? startIn(serpapi_pagination?.next, Number(cursor ?? "0")) : null,
    };
  },
};

function rawOf(item: Item, created: number | null, now: number): RawArticle {
  const { source } = item;
  return {
    title: item.title ?? "",
    url: item.link ?? "",
    source: typeof source === "string" ? source : source?.name ?? "",
    snippet: item.snippet ?? "",
    language: null,
    published: isoDate(item.iso_date) ?? searchDate(item.date, created),
    observedAt: now,
    provider: "serpapi",
  };
}

/** Where the next page starts, if it lies further on; Google decides how many results a page has. */
function startIn(next: string | null | undefined, now: number): string | null {
  const start = Number((next && URL.parse(next)?.searchParams.get("start")) || NaN);
  return Number.isInteger(start) && start > now && start <= 10_000 ? String(start) : null;
}

function kindOfError(text: string) {
  if (/api key/i.test(text)) return "keyRefused";
  if (/run out|searches left|plan/i.test(text)) return "quota";
  return "badRequest";
}

/** "10/01/2025", as Google's range has it. */
function american(at: number): string {
  const [year, month, day] = dayText(at).split("-");
  return `${month}/${day}/${year}`;
}
