/**
 * Bocha web search. Ranges are whole days without a zone, so a day more is asked for on either side and what lies
 * outside is left out. `dateLastCrawled` is never read: it carries a Z over the wall clock of UTC+8.
 */
import * as z from "zod";
import { kindOf } from "../../llm/failure.ts";
import type { RawArticle } from "../article.ts";
import { dayText, isoDate } from "./dates.ts";
import { failed, jsonIn, type NewsSource, noJson } from "./source.ts";

const DAY = 86_400_000;
/** Days a request covers: there are no pages, so a longer time is asked for piece by piece. */
const PIECE = 7 * DAY;

const replySchema = z.looseObject({
  code: z.union([z.number(), z.string()]), // a number where all is well, a string where it is not
  msg: z.string().nullish(),
  message: z.string().nullish(),
  data: z.looseObject({
    webPages: z.looseObject({
      value: z.array(z.looseObject({
        name: z.string().nullish(),
        url: z.string().nullish(),
        snippet: z.string().nullish(),
        summary: z.string().nullish(),
        siteName: z.string().nullish(),
        datePublished: z.string().nullish(),
        language: z.string().nullish(),
      })).nullish(),
    }).nullish(),
  }).nullish(),
});

/** Bocha as a source. */
export const bocha: NewsSource = {
  name: "bocha",
  keyIn: "header",
  request: ({ text, from, to }, cursor, { baseUrl, perPage }) => {
    const start = cursor === null ? from : Number(cursor), end = Math.min(to, start + PIECE);
    return {
      url: baseUrl,
      body: JSON.stringify({
        query: text,
        freshness: `${dayText(start - DAY)}..${dayText(end + DAY)}`,
        summary: true,
        count: Math.min(perPage, 50),
      }),
    };
  },
  read: (reply, { from, to }, cursor) => {
    const value = jsonIn(reply.text);
    if (value === undefined) return noJson(reply);
    const parsed = replySchema.safeParse(value);
    if (!parsed.success) {
      return failed("serverFault", `not what Bocha documents: ${parsed.error.issues[0]!.path.join(".")}`);
    }
    const { code, msg, message, data } = parsed.data;
    if (Number(code) !== 200) {
      const said = `code ${code}: ${message ?? msg ?? ""}`;
      return failed(/money|balance/i.test(said) ? "quota" : kindOf(Number(code), said), said);
    }
    const raws = (data?.webPages?.value ?? []).map((one): RawArticle => ({
      title: one.name ?? "",
      url: one.url ?? "",
      source: one.siteName ?? "",
      snippet: one.summary ?? one.snippet ?? "",
      language: one.language ?? null,
      published: isoDate(one.datePublished),
      observedAt: reply.now,
      provider: "bocha",
    }));
    const end = (cursor === null ? from : Number(cursor)) + PIECE;
    return { kind: "items", raws, next: end < to ? String(end) : null };
  },
};
