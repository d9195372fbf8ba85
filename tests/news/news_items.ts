/** Items for tests: plain ones by hand, and random years of them. */
import fc from "fast-check";
import { BAR_MS } from "popagent/core/universe.ts";
import { type Article, createArticle, type RawArticle } from "popagent/news/article.ts";
import { enrichByLexicon } from "popagent/news/lexicon_reading.ts";
import type { EnrichedArticle } from "popagent/news/enrichment.ts";

export const START = Date.UTC(2025, 0, 1), HOUR = 3_600_000;
export const COINS = ["BTC", "ETH", "SOL", "DOGE", "XRP"];

export function rawArticle(given: Partial<RawArticle> = {}): RawArticle {
  const at = given.observedAt ?? START;
  return {
    title: "Bitcoin rallies as inflows rise",
    url: "https://www.reuters.com/a",
    source: "Reuters",
    snippet: "",
    language: "English",
    published: { at, to: "instant" },
    observedAt: at,
    provider: "file",
    ...given,
  };
}

export function article(given: Partial<RawArticle> = {}): Article {
  const made = createArticle(rawArticle(given));
  if (typeof made === "string") throw new Error(made);
  return made;
}

export function enriched(...given: Partial<RawArticle>[]): EnrichedArticle[] {
  return enrichByLexicon(given.map(article), COINS);
}

export const openTimes = (rows: number) => new Float64Array(rows).map((_, t) => START + t * BAR_MS);

const SUBJECTS = ["Bitcoin", "Ethereum", "SOL", "Dogecoin", "XRP", "Crypto market", "Fed", "A bakery"];
const VERBS = [
  "rallies",
  "plunges",
  "gains 4%",
  "does not fall",
  "falls 2.5%",
  "hacked",
  "wins approval",
  "is quiet",
];
const TAILS = [
  "as inflows reach $120 million",
  "after SEC lawsuit",
  "on whale selling",
  "in Asia",
  "amid rate cut hopes",
];
const DOMAINS = ["reuters.com", "coindesk.com", "medium.com", "nobody.example", "www.bbc.co.uk"];

/** Random items of a year. Some copy one another, some have a day for a date, some were seen long after. */
export const yearOfItems: fc.Arbitrary<EnrichedArticle[]> = fc.array(
  fc.record({
    subject: fc.constantFrom(...SUBJECTS),
    verb: fc.constantFrom(...VERBS),
    tail: fc.constantFrom(...TAILS),
    domain: fc.constantFrom(...DOMAINS),
    hour: fc.integer({ min: 0, max: 365 * 24 }),
    late: fc.constantFrom(0, 0, 0, 0.5, 7, 2000),
    to: fc.constantFrom("instant" as const, "day" as const, "seen" as const),
    path: fc.integer({ min: 0, max: 400 }),
  }),
  { minLength: 30, maxLength: 90 },
).map((list) =>
  enriched(...list.map(({ subject, verb, tail, domain, hour, late, to, path }) => {
    const exact = START + hour * HOUR;
    const at = to === "day" ? exact - exact % (24 * HOUR) : exact;
    return {
      title: `${subject} ${verb} ${tail}`,
      url: `https://${domain}/${path}`,
      published: { at, to },
      observedAt: exact + late * HOUR,
    };
  }))
);
