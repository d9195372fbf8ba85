import assert from "node:assert/strict";
import { checkArticles, createArticle } from "popagent/news/article.ts";
import { tierOf } from "popagent/news/credibility.ts";
import { domainOf } from "popagent/news/domain.ts";
import { LEXICON_LIMIT, readByLexicon } from "popagent/news/lexicon_reading.ts";
import { numbersIn } from "popagent/news/numbers.ts";
import { words } from "popagent/news/words.ts";
import { article, COINS, HOUR, rawArticle, START } from "./news_items.ts";

const read = (title: string) => readByLexicon(article({ title }), COINS);

Deno.test("undated, unnamed, unaddressed items never enter, nor any dated after it was seen", () => {
  const { articles, rejected } = checkArticles([
    rawArticle(),
    rawArticle({ published: null }),
    rawArticle({ title: " <b></b> " }),
    rawArticle({ url: "javascript:alert(1)" }),
    rawArticle({ url: "http://10.0.0.1/x" }),
    rawArticle({ published: { at: START + 25 * HOUR, to: "instant" } }),
  ]);
  assert.equal(articles.length, 1);
  assert.deepEqual(rejected, { undated: 1, unnamed: 1, unaddressed: 2, fromTheFuture: 1 });
});

Deno.test("of two copies the one that was seen first stays, whatever their order", () => {
  const late = rawArticle({ observedAt: START + HOUR, published: { at: START, to: "instant" } }),
    early = rawArticle();
  for (const list of [[late, early], [early, late]]) {
    assert.deepEqual(checkArticles(list).articles.map(({ observedAt }) => observedAt), [START]);
  }
});

Deno.test("text loses tags, entities and what cannot be seen", () => {
  const made = createArticle(
    rawArticle({ title: "<em>Bitcoin</em> A&amp;B \u202eevil\u202c\u200b\u0007\n rises" }),
  );
  assert.ok(typeof made !== "string");
  assert.equal(made.title, "Bitcoin A&B evil rises");
});

Deno.test("domains are registrable ones, and tiers go by them", () => {
  assert.equal(domainOf("https://www.bbc.co.uk/news/x"), "bbc.co.uk");
  assert.equal(domainOf("https://reuters.com.evil.io/x"), "evil.io");
  assert.deepEqual(["bbc.co.uk", "coindesk.com", "medium.com", "evil.io"].map(tierOf), [1, 2, 3, 4]);
});

Deno.test("the lexicon reads whole words: no word counts for being part of another", () => {
  assert.equal(read("Bitcoin cutlery and banner makers surgeon uprising").sentiment, 0);
  assert.ok(read("Bitcoin surges").sentiment > 0);
  assert.ok(read("Bitcoin plunges").sentiment < 0);
  assert.ok(read("Bitcoin does not rally").sentiment < 0, "a negation turns it");
  assert.ok(
    Math.abs(read("Bitcoin does not plunge").sentiment) < Math.abs(read("Bitcoin plunges").sentiment),
  );
  assert.ok(read("比特币暴跌").sentiment < 0);
  assert.deepEqual(words("Bitcoin's ETF—up 3.5%!"), ["bitcoin's", "etf", "up", "3.5"]);
});

Deno.test("repeating a word buys nothing, and no text moves a sentiment beyond the lexicon's limit", () => {
  assert.equal(read("Bitcoin surges").sentiment, read(`Bitcoin ${"surges ".repeat(50)}`).sentiment);
  const loud = read(
    "Bitcoin soars skyrockets surges rallies record breakout approval bullish inflows gains jumps",
  );
  assert.ok(loud.sentiment > 0.6 && loud.sentiment < LEXICON_LIMIT);
});

Deno.test("assets: names in any case, tickers in capitals, all coins at half where the market is meant", () => {
  const coins = (title: string) => read(title).assets.map(({ coin }) => coin);
  assert.deepEqual(coins("Bitcoin and Ether gain"), ["BTC", "ETH"]);
  assert.deepEqual(coins("El sol sale; solar power, etheric"), []);
  assert.deepEqual(coins("SOL and DOGE fall"), ["SOL", "DOGE"]);
  assert.deepEqual(read("Fed holds rates").assets.map(({ relevance }) => relevance), [
    0.5,
    0.5,
    0.5,
    0.5,
    0.5,
  ]);
});

Deno.test("numbers with units, events, entities, horizon and impact", () => {
  assert.deepEqual(numbersIn("up 3.5% to $97,250 after $1.2 billion, -2 percent, 500 BTC, 7"), [
    { value: 3.5, unit: "%" },
    { value: 97_250, unit: "USD" },
    { value: 1.2e9, unit: "USD" },
    { value: -2, unit: "%" },
    { value: 500, unit: "BTC" },
    { value: 7, unit: "" },
  ]);
  const hack = read("Binance hacked: attackers drained $300 million, Bitcoin plunges 9%");
  assert.deepEqual([hack.eventType, hack.horizon, hack.impact], ["security", "days", "high"]);
  assert.ok(hack.entities.includes("Binance"));
  assert.equal(read("A quiet day").impact, "none");
});
