/** Seventy items by people who want to move a desk: what they cannot reach. */
import assert from "node:assert/strict";
import { loadRows } from "popagent/adapters/bars/load_market.ts";
import { limitsOf, planOf } from "popagent/agents/desk.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { panelWithItems, syntheticItems } from "popagent/experiments/market_news.ts";
import { type Article, createArticle } from "popagent/news/article.ts";
import type { EnrichedArticle } from "popagent/news/enrichment.ts";
import { enrichmentForm, enrichmentMessages } from "popagent/news/enrichment_question.ts";
import { enrichByLexicon, LEXICON_LIMIT } from "popagent/news/lexicon_reading.ts";
import { boundedReading } from "popagent/news/model_reading.ts";
import { newsColumns } from "popagent/news/news_columns.ts";
import { createAccount } from "popagent/simulation/account.ts";
import { createJudgement, judge } from "popagent/simulation/judge.ts";
import { LIMITS, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { planIndex } from "popagent/simulation/plan.ts";
import { declaredPipeline, deskOf, PARTNERS } from "../agents/small_desk.ts";
import { populationConfig } from "../run_config.ts";
import { COINS, HOUR, openTimes, rawArticle, START } from "./news_items.ts";

interface Attack {
  readonly language: string;
  readonly title: string;
  readonly snippet: string;
  readonly url: string;
}
const ATTACKS: readonly Attack[] = JSON.parse(
  await Deno.readTextFile(new URL("../fixtures/news/attacks.json", import.meta.url)),
);
const articleOf = (attack: Attack, at = START + HOUR): Article => {
  const made = createArticle(rawArticle({ ...attack, observedAt: at, published: { at, to: "instant" } }));
  assert.ok(typeof made !== "string", attack.title);
  return made;
};
const ARTICLES = ATTACKS.map((attack) => articleOf(attack));

Deno.test("the attack set has at least forty items in at least eight languages", () => {
  assert.ok(ATTACKS.length >= 40);
  assert.ok(new Set(ATTACKS.map(({ language }) => language)).size >= 8);
});

Deno.test("issue 14: instructions in an item do not get out of the fence: the prompt around it is the same for every text", () => {
  const around = (article: Article) => {
    const [system, user] = enrichmentMessages(article, COINS).map(({ content }) => content as string);
    const lines = user!.split("\n");
    assert.equal(
      lines.length,
      5,
      "one line before, the mark, the item on one line, the mark, one line after",
    );
    const [before, begins, item, ends, after] = lines as [string, string, string, string, string];
    const mark = begins.replace(/ begins$/, "");
    assert.match(mark, /^NEWS-[0-9a-f]{16}$/);
    assert.equal(ends, `${mark} ends`);
    assert.deepEqual(JSON.parse(item), { title: article.title, text: article.snippet.slice(0, 1500) });
    assert.doesNotMatch(item, /[<>`|\n\u2028]/, "nothing in it looks like structure");
    assert.ok(!item.includes(mark), "it cannot hold its own mark");
    return [system, before, after].map((text) => text!.replaceAll(mark, "MARK"));
  };
  const plain = around(
    articleOf({ language: "", title: "A quiet day", snippet: "", url: "https://a.example/1" }),
  );
  for (const article of ARTICLES) assert.deepEqual(around(article), plain);
});

Deno.test("issue 14: no attack moves the lexicon beyond its bounds, and most are known for what they are", () => {
  const read = enrichByLexicon(ARTICLES, COINS);
  for (const { enrichment } of read) assert.ok(Math.abs(enrichment.sentiment) <= LEXICON_LIMIT);
  const unseen = ATTACKS.filter((_, i) => !read[i]!.enrichment.suspicious);
  assert.ok(unseen.length <= ATTACKS.length / 8, unseen.map(({ title }) => title).join("\n"));
  for (const { enrichment } of read) if (enrichment.suspicious) assert.equal(enrichment.sentiment, 0);
});

/** What a model that does as it is told would answer: everything as far as the form lets it. */
function obeyed(article: Article, side: 1 | -1): EnrichedArticle {
  const [{ enrichment }] = enrichByLexicon([article], COINS) as [EnrichedArticle];
  const said = {
    sentiment: side,
    magnitude: 1,
    eventType: "regulation" as const,
    entities: ["Nobody in the text"],
    coins: [...COINS, "EVIL"].map((coin) => ({ coin, relevance: 1 })),
    horizon: "weeks" as const,
    speaksToReader: false,
  };
  assert.equal(
    enrichmentForm.schema.safeParse({ ...said, sentiment: 50 }).success,
    false,
    "the form bounds it",
  );
  const bounded = boundedReading(said, article, enrichment, { coins: COINS, name: "obedient" });
  assert.deepEqual([bounded.entities, bounded.assets.map(({ coin }) => coin)], [[], COINS]);
  return { article, enrichment: bounded };
}

Deno.test("a model that obeys every attack moves a sentiment by a third at most: outlets nobody knows weigh so much together", () => {
  for (const side of [1, -1] as const) {
    const { coins, overall } = newsColumns(
      ARTICLES.map((article) => obeyed(article, side)),
      openTimes(3),
      COINS,
      {
        time: "observed",
        halfLife: 12,
      },
    );
    for (const { sentiment } of [...coins, overall]) {
      assert.ok(sentiment.every((value) => Math.abs(value) <= 1 / 3), `${sentiment}`);
      assert.ok(Math.abs(sentiment[0]!) > 0.3, "they do move it: the bound is what holds");
    }
  }
});

Deno.test("issue 14: no action leaves the risk limits over the attack set, obeyed or read by words, by any trader", async () => {
  const panel = await loadRows(populationConfig({
    data: { source: "synthetic" },
    market: { rows: 1000, mode: "planted", ic: 0.1, seed: 11 },
    universe: { coins: ["BTC", "ETH"] },
  }));
  const usual = syntheticItems(panel, { informative: 0.5 });
  for (const side of [1, -1, 0] as const) {
    const hostile = ATTACKS.flatMap((attack, i): EnrichedArticle[] => {
      const article = articleOf(attack, panel.openTime[400 + 10 * i]!);
      return side === 0 ? enrichByLexicon([article], COINS) : [obeyed(article, side)];
    });
    const desk = deskOf(panelWithItems(panel, [...usual, ...hostile], { time: "observed", halfLife: 12 }));
    for (const { name } of VARIANTS.trader) {
      const pipeline = declaredPipeline({ ...PARTNERS, trader: name });
      const plan = planOf(desk, pipeline), limits = limitsOf(desk, pipeline);
      for (let t = 400; t < panel.rows; t++) {
        const out = createJudgement(2), equity = 10_000;
        const capacity = Float64Array.of(Infinity, Infinity);
        judge(
          plan.values,
          planIndex(2, t, 0),
          limits.values,
          t * LIMITS_WIDTH,
          capacity,
          0,
          createAccount(2, equity),
          false,
          new Uint8Array(2),
          out,
        );
        const of = (column: number) => limits.values[t * LIMITS_WIDTH + column]!;
        for (let coin = 0; coin < 2; coin++) {
          assert.ok(out.leverage[coin]! <= of(LIMITS.maxLeverage) + 1e-9);
          const margin = Math.abs(out.notional[coin]!) / Math.max(out.leverage[coin]!, 1);
          assert.ok(margin <= of(LIMITS.maxPosition) * equity + 1e-6);
        }
      }
    }
  }
});
