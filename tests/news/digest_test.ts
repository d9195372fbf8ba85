import assert from "node:assert/strict";
import fc from "fast-check";
import { BAR_MS } from "popagent/core/universe.ts";
import { NEWS_COLUMN_NAMES, NEWS_TIMES, type RowNews } from "popagent/market/panel_news.ts";
import { newsDigest } from "popagent/news/digest.ts";
import { newsColumns } from "popagent/news/news_columns.ts";
import { usableAt } from "popagent/news/news_time.ts";
import { storiesOf } from "popagent/news/stories.ts";
import { article, COINS, enriched, HOUR, openTimes, START, yearOfItems } from "./news_items.ts";

const RUNS = { numRuns: 12, seed: 7 };
const SETTINGS = NEWS_TIMES.map((time) => ({ time, halfLife: 12 }));

Deno.test("issue 14, news: shuffled input gives the same digest, to the byte", () => {
  fc.assert(
    fc.property(
      yearOfItems,
      fc.integer({ min: 0, max: 365 }),
      fc.infiniteStream(fc.nat()),
      (items, day, draws) => {
        const shuffled = items.map((item) => [draws.next().value as number, item] as const)
          .sort(([a], [b]) => a - b).map(([, item]) => item);
        for (const settings of SETTINGS) {
          const at = START + day * 24 * HOUR;
          assert.deepEqual(newsDigest(shuffled, at, COINS, settings), newsDigest(items, at, COINS, settings));
        }
      },
    ),
    RUNS,
  );
});

Deno.test("issue 14, news: over a year of items no row and no digest knows an item before its time", () => {
  const rows = 2190, opens = openTimes(rows);
  fc.assert(
    fc.property(yearOfItems, fc.integer({ min: 10, max: rows - 1 }), (items, row) => {
      for (const settings of SETTINGS) {
        const close = opens[row]! + BAR_MS;
        const known = items.filter((item) => usableAt(item.article, settings.time) <= close);
        const all = newsColumns(items, opens, COINS, settings),
          cut = newsColumns(known, opens, COINS, settings);
        assert.equal(differenceUpTo(all, cut, row), null);
        const short = newsColumns(items, opens.subarray(0, row + 1), COINS, settings);
        assert.equal(differenceUpTo(all, short, row), null);
        assert.deepEqual(
          newsDigest(items, close, COINS, settings),
          newsDigest(known, close, COINS, settings),
        );
      }
    }),
    RUNS,
  );
});

Deno.test("a planted fault is seen: columns by the date of publication do know what had not been seen", () => {
  const items = enriched({ published: { at: START, to: "instant" }, observedAt: START + 100 * HOUR });
  const opens = openTimes(40);
  const published = newsColumns(items, opens, COINS, { time: "published", halfLife: 12 });
  const observed = newsColumns(items, opens, COINS, { time: "observed", halfLife: 12 });
  assert.notEqual(differenceUpTo(published, observed, 20), null);
  assert.ok(observed.overall.sentiment.subarray(0, 24).every((value) => value === 0));
  assert.ok(observed.overall.sentiment[24]! > 0, "row 24 closes at hour 100");
});

function differenceUpTo(a: RowNews, b: RowNews, last: number): string | null {
  const pairs = [...a.coins.map((one, i) => [one, b.coins[i]!] as const), [a.overall, b.overall] as const];
  for (const [i, [one, other]] of pairs.entries()) {
    for (const name of NEWS_COLUMN_NAMES) {
      for (let t = 0; t <= last; t++) {
        if (!Object.is(one[name][t], other[name][t])) return `${i} ${name} ${t}`;
      }
    }
  }
  return null;
}

Deno.test("usableAt(): a day without an hour is usable from the next day, and nothing before it was seen", () => {
  const day = Date.UTC(2025, 9, 6);
  const one = article({ published: { at: day, to: "day" }, observedAt: day + 30 * HOUR });
  assert.equal(usableAt(one, "published"), day + 24 * HOUR);
  assert.equal(usableAt(one, "observed"), day + 30 * HOUR);
  const exact = article({ published: { at: day + HOUR, to: "instant" }, observedAt: day + 2 * HOUR });
  assert.equal(usableAt(exact, "published"), day + HOUR);
  assert.equal(usableAt(exact, "observed"), day + 2 * HOUR);
});

Deno.test("newsColumns() match a value by hand: two stories, their age, and a half-life", () => {
  // sentiment s = .8 * 2/3.5 (rallies, inflows: 1 + 1; rise: 1 -> 3 words) and weight by tier, as the code states it
  const items = enriched({
    title: "Bitcoin rallies",
    url: "https://www.reuters.com/a",
    observedAt: START + HOUR,
  });
  const s = 0.8 * 1 / 2.5; // one word of weight 1
  const w = 1 * 1 * (0.5 + s / 2); // first tier, named, magnitude |s|
  const { coins: [btc, eth], overall } = newsColumns(items, openTimes(14), COINS, {
    time: "observed",
    halfLife: 4,
  });
  const kept = 2 ** (-3 / 16); // three hours of a half-life of sixteen
  assert.ok(Math.abs(btc!.sentiment[0]! - w * kept * s / (w * kept + 1)) < 1e-12);
  assert.ok(Math.abs(btc!.sentiment[4]! - w * kept * s / 2 / (w * kept / 2 + 1)) < 1e-12);
  assert.deepEqual([btc!.count[0], btc!.age[0], btc!.age[4], btc!.credibility[0]], [1, 0.75, 4.75, 1]);
  assert.deepEqual([eth!.sentiment[0], eth!.count[0], eth!.age[0]], [0, 0, 180]);
  assert.equal(overall.sentiment[0], btc!.sentiment[0]);
});

Deno.test("a digest and the columns of the row that has just closed say the same", () => {
  const [items] = fc.sample(yearOfItems, { numRuns: 1, seed: 3 });
  const settings = { time: "observed", halfLife: 12 } as const;
  const opens = openTimes(2190), columns = newsColumns(items!, opens, COINS, settings);
  for (const row of [500, 1200, 2100]) {
    const digest = newsDigest(items!, opens[row]! + BAR_MS, COINS, settings);
    assert.ok(Math.abs(digest.overall.sentiment - columns.overall.sentiment[row]!) < 1e-12);
    assert.equal(digest.coins.ETH!.count, columns.coins[1]!.count[row]);
    assert.ok(
      Math.abs(
        digest.coins.XRP!.trend - columns.coins[4]!.sentiment[row]! + columns.coins[4]!.sentiment[row - 6]!,
      ) < 1e-12,
    );
  }
});

Deno.test("stories: the same told again is one story, copies of one tier add nothing, another event is another story", () => {
  const title = "Bitcoin ETF inflows reach $500 million in a day";
  const items = enriched(
    { title, url: "https://www.coindesk.com/1", observedAt: START },
    { title: `${title}, report says`, url: "https://decrypt.co/2", observedAt: START + HOUR },
    { title: title.toUpperCase(), url: "https://nobody.example/3", observedAt: START + 2 * HOUR },
    {
      title: "Solana validators delay network upgrade",
      url: "https://decrypt.co/4",
      observedAt: START + HOUR,
    },
  );
  assert.deepEqual(storiesOf(items, "observed").map(({ tellings }) => tellings.length), [3, 1]);
  const settings = { time: "observed", halfLife: 12 } as const;
  const flood = enriched(...Array.from({ length: 300 }, (_, i) => ({
    title,
    url: `https://decrypt.co/${i}`,
    observedAt: START + HOUR,
  })));
  const btc = (list: typeof items) => newsColumns(list, openTimes(2), COINS, settings).coins[0]!;
  assert.equal(btc([...items, ...flood]).sentiment[0], btc(items).sentiment[0]);
  assert.equal(btc([...items, ...flood]).count[0], 1);
});

Deno.test("whoever is not known may flood with different stories and move a sentiment by a third at most", () => {
  const flood = enriched(...Array.from({ length: 500 }, (_, i) => ({
    title: `Bitcoin soars skyrockets surges record breakout ${i * 7919} ${i * 104729} ${i}`,
    url: `https://spam${i}.example/x`,
    observedAt: START + HOUR,
  })));
  const [btc] = newsColumns(flood, openTimes(2), COINS, { time: "observed", halfLife: 12 }).coins;
  assert.ok(btc!.count[0]! > 100, "they are different stories");
  assert.ok(btc!.sentiment[0]! > 0.1 && btc!.sentiment[0]! <= 0.8 / 3);
});
