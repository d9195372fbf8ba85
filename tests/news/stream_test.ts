import assert from "node:assert/strict";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { tierOf } from "popagent/news/credibility.ts";
import { enrichByLexicon } from "popagent/news/lexicon_reading.ts";
import { newsColumns } from "popagent/news/news_columns.ts";
import { syntheticNews } from "popagent/news/synthetic/stream.ts";
import { mean } from "popagent/stats/moments.ts";

const COINS = ["BTC", "ETH", "SOL"];
const market = (rows: number, mode: "planted" | "null" = "planted") =>
  syntheticMarket({ seed: 11, rows, mode, ic: mode === "null" ? 0 : 0.1, coins: COINS });
const stream = ({ panel, truth }: ReturnType<typeof market>, informative = 0.5) =>
  syntheticNews(panel, truth, { seed: 11, informative });

const whole = market(2400), items = stream(whole);

Deno.test("the stream of a market that is cut is the beginning of the whole stream", () => {
  const cut = stream(market(900));
  assert.deepEqual(cut, items.filter(({ row }) => row < 900));
});

Deno.test("each item is seen within its row, by outlets that cannot be real, in the shares that are declared", () => {
  const { openTime } = whole.panel;
  for (const { article, row } of items) {
    assert.ok(article.observedAt >= openTime[row]! && article.observedAt < openTime[row]! + 4 * 3_600_000);
    assert.match(article.domain, /\.example$/);
  }
  const share = (truth: string) => items.filter((item) => item.truth === truth).length / items.length;
  for (
    const [truth, expected] of [["informative", 1 / 2], ["stale", 1 / 4], ["misleading", 1 / 6], [
      "hostile",
      1 / 12,
    ]] as const
  ) {
    assert.ok(Math.abs(share(truth) - expected) < 0.06, `${truth}: ${share(truth)}`);
  }
  assert.ok(Math.abs(items.length / (2400 * 3) - 0.12) < 0.02);
});

Deno.test("what informs is right about what is to be expected four times in five, what misleads never, what is hostile by chance", () => {
  const rightness = (kind: string) => {
    const own = items.filter(({ truth, row }) => truth === kind && row > 100);
    const right = own.map(({ coin, row, side }) => {
      const i = COINS.indexOf(coin);
      return Number(Math.sign(whole.truth.m[i]![row]! + whole.truth.drift[i]![row]!) === side);
    });
    return mean(right);
  };
  assert.ok(Math.abs(rightness("informative") - 0.8) < 0.06);
  assert.equal(rightness("misleading"), 0);
  assert.ok(Math.abs(rightness("hostile") - 0.5) < 0.2);
});

Deno.test("the lexicon reads most items as they were meant, and no hostile one moves anything", () => {
  const read = enrichByLexicon(items.map(({ article }) => article), COINS);
  const meant = items.flatMap(({ truth, side }, i) =>
    truth === "hostile" ? [] : [Math.sign(read[i]!.enrichment.sentiment) === side]
  );
  assert.ok(mean(meant.map(Number)) > 0.9, `${mean(meant.map(Number))}`);
  for (const [i, { truth }] of items.entries()) {
    if (truth === "hostile") {
      assert.deepEqual([read[i]!.enrichment.sentiment, read[i]!.enrichment.suspicious], [0, true]);
    }
  }
  assert.ok(items.some(({ article, truth }) => truth === "misleading" && tierOf(article.domain) === 4));
});

Deno.test("the column of sentiment follows what is to be expected where news informs, and not where none does", () => {
  const agreement = (informative: number) => {
    const read = enrichByLexicon(stream(whole, informative).map(({ article }) => article), COINS);
    const { coins } = newsColumns(read, whole.panel.openTime, COINS, { time: "observed", halfLife: 12 });
    const signs = coins.flatMap(({ sentiment }, i) =>
      [...sentiment].slice(200).map((value, t) =>
        Math.sign(value) * Math.sign(whole.truth.m[i]![t + 200]! + whole.truth.drift[i]![t + 200]!)
      )
    );
    return mean(signs);
  };
  assert.ok(agreement(1) > 0.12, `${agreement(1)}`);
  assert.ok(agreement(0) < 0.06, `${agreement(0)}`);
});

Deno.test("in the null world nothing is to be known, and informative news knows nothing", () => {
  const { panel, truth } = market(2400, "null");
  const sides = syntheticNews(panel, truth, { seed: 11, informative: 1 }).map(({ side, coin, row }) => {
    const { close } = panel.coins[COINS.indexOf(coin)]!;
    return row + 1 < panel.rows ? side * Math.sign(close[row + 1]! - close[row]!) : 0;
  });
  assert.ok(Math.abs(mean(sides)) < 0.07, `${mean(sides)}`);
});
