/**
 * GDELT DOC 2.0, free and without a key. Its seen date is when GDELT saw an item, in batches of a quarter of an hour:
 * the one date of the three providers that is point-in-time.
 */
import * as z from "zod";
import type { RawArticle } from "../article.ts";
import { seenDate } from "./dates.ts";
import { failed, jsonIn, type NewsSource, noJson, type PageReading } from "./source.ts";

const replySchema = z.looseObject({
  articles: z.array(z.looseObject({
    url: z.string(),
    title: z.string(),
    seendate: z.string(),
    domain: z.string().default(""),
    language: z.string().nullish(),
  })).default([]), // nothing found is {}
});

/** GDELT as a source. It pages by time: a full page is followed by what was seen before its oldest item. */
export const gdelt: NewsSource = {
  name: "gdelt",
  keyIn: "nowhere",
  request: ({ text, from, to }, cursor, { baseUrl, perPage }) => ({
    url: `${baseUrl}?${new URLSearchParams({
      query: `${text} sourcelang:english`,
      mode: "artlist",
      format: "json",
      maxrecords: String(Math.min(perPage, 250)),
      sort: "datedesc",
      startdatetime: stamp(from),
      enddatetime: stamp(cursor === null ? to : Number(cursor)),
    })}`,
    body: null,
  }),
  read: (reply, _query, cursor, { perPage }): PageReading => {
    const value = jsonIn(reply.text);
    if (value === undefined) {
      // a query it does not take is answered with status 200 and a sentence
      const said = reply.text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
      return /query|phrase|keyword|timespan|invalid|too (short|long|common)/i.test(said) && said.length < 1000
        ? failed("badRequest", said)
        : noJson(reply);
    }
    const parsed = replySchema.safeParse(value);
    if (!parsed.success) {
      return failed("serverFault", `not what GDELT documents: ${parsed.error.issues[0]!.path.join(".")}`);
    }
    const { articles } = parsed.data;
    const raws = articles.map((one): RawArticle => {
      const published = seenDate(one.seendate);
      return {
        title: one.title,
        url: one.url,
        source: one.domain,
        snippet: "",
        language: one.language ?? null,
        published,
        observedAt: published?.at ?? reply.now,
        provider: "gdelt",
      };
    });
    const oldest = Math.min(...raws.flatMap(({ published }) => published === null ? [] : [published.at]));
    const isFull = articles.length >= Math.min(perPage, 250);
    const goesOn = isFull && Number.isFinite(oldest) && String(oldest) !== cursor; // a page of one instant leads nowhere
    return { kind: "items", raws, next: goesOn ? String(oldest) : null };
  },
};

/** "20251001040000", UTC. */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace(/[-:T]/g, "");
}
