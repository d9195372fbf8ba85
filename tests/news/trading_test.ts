import assert from "node:assert/strict";
import { declared, declaredPipeline, deskOf, PARTNERS } from "../agents/small_desk.ts";
import { populationConfig } from "../run_config.ts";
import { analysisOf, type Desk, limitsOf, planOf, shadowReturns } from "popagent/agents/desk.ts";
import { loadRows } from "popagent/adapters/bars/load_market.ts";
import { warningsOf } from "popagent/experiments/assemble.ts";
import { compareArms } from "popagent/experiments/grid/compare_arms.ts";
import { sourceText } from "popagent/figures/run_subtitle.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { columnBars, computeColumn, DEFAULT_COLUMNS } from "popagent/features/catalogue.ts";
import { appendRows, slicePanel, truncatePanel } from "popagent/market/panel.ts";
import { mapNews, withNews } from "popagent/market/panel_news.ts";
import { LIMITS, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { PLAN, PLAN_WIDTH } from "popagent/simulation/plan.ts";

const settings = (news: object) =>
  populationConfig({
    data: { source: "synthetic" },
    market: { rows: 1000, mode: "planted", ic: 0.1, seed: 11 },
    universe: { coins: ["BTC", "ETH"] },
    news,
  });
const bars = await loadRows(settings({})), heard = await loadRows(settings({ source: "synthetic" }));
const without = deskOf(bars), desk = deskOf(heard);
const differs = (a: Float64Array, b: Float64Array) => a.some((x, i) => !Object.is(x, b[i]));

Deno.test('issue 14.10: the cell "news, no model" differs from the cell "no news, no model": plans and returns', () => {
  assert.notEqual(heard.hash, bars.hash);
  for (const { name } of VARIANTS.analyst) {
    const pipeline = declaredPipeline({ ...PARTNERS, analyst: name });
    assert.ok(differs(planOf(without, pipeline).values, planOf(desk, pipeline).values), name);
  }
  const pipeline = declaredPipeline(PARTNERS);
  assert.ok(differs(shadowReturns(without, pipeline), shadowReturns(desk, pipeline)));
});

Deno.test("with news off it is as if there were no news: same rows, same hash, same columns, same analysis width", async () => {
  const off = await loadRows(settings({ source: "off", time: "published", halfLife: 99 }));
  assert.equal(off.hash, bars.hash);
  assert.equal(off.news, null);
  assert.ok(DEFAULT_COLUMNS.every(({ name }) => !name.startsWith("news")));
  const pipeline = declaredPipeline(PARTNERS);
  assert.equal(analysisOf(desk, pipeline).width, analysisOf(without, pipeline).width + 2);
});

Deno.test("columns of news are NaN without news, and what was known at t with it", () => {
  const spec = { name: "newsSentiment", params: [] } as const;
  assert.ok(computeColumn(columnBars(bars, 0), spec).every(Number.isNaN));
  assert.deepEqual(computeColumn(columnBars(heard, 1), spec), heard.news!.coins[1]!.sentiment);
  const cut = truncatePanel(heard, 700);
  assert.deepEqual(computeColumn(columnBars(cut, 1), spec), heard.news!.coins[1]!.sentiment.slice(0, 700));
  assert.equal(cut.hash, truncatePanel(slicePanel(heard, 0, 900), 700).hash);
});

Deno.test("news takes the place of the news before: nothing of it stays", () => {
  const none = mapNews(heard.news!, (values) => values.map(() => 0));
  const once = withNews(bars, { ...none, time: "observed" });
  const twice = withNews(withNews(bars, { ...none, time: "published" }), { ...none, time: "observed" });
  assert.equal(twice.hash, once.hash);
  assert.deepEqual(twice.source, bars.source);
});

Deno.test("rows with news that are appended give the panel they were cut from; rows without are refused", () => {
  const first = truncatePanel(heard, 700), rest = slicePanel(heard, 700, heard.rows);
  const joined = appendRows(first, rest);
  assert.deepEqual(joined.news!.overall.age, heard.news!.overall.age);
  assert.throws(() => appendRows(first, slicePanel(bars, 700, bars.rows)), /both must have news, or neither/);
});

Deno.test("plans with news read no later row", () => {
  const pipeline = declaredPipeline(PARTNERS);
  const whole = planOf(desk, pipeline).values,
    cut = planOf(deskOf(truncatePanel(heard, 777)), pipeline).values;
  assert.ok(!differs(cut, whole.subarray(0, cut.length)));
});

/** The desk with news as loud as it can be, always and in everything. */
function shouting(value: number): Desk {
  const loud = mapNews(heard.news!, (x) => x.slice());
  const all = [...loud.coins, loud.overall];
  for (const { sentiment, credibility, count, age } of all) {
    sentiment.forEach((_, t) => sentiment[t] = t % 2 === 0 ? value : -value);
    credibility.fill(1);
    count.fill(1e6);
    age.fill(0);
  }
  return deskOf(withNews(bars, loud));
}

Deno.test("issue 14: with news at its extremes no trader leaves its role's bounds, and risk limits are as without", () => {
  for (const { name, identity: { style } } of VARIANTS.trader) {
    if (style === "answered") continue; // it reads no column: what a model is told is another test's
    const pipeline = declaredPipeline({ ...PARTNERS, trader: name });
    const loud = shouting(1);
    const plan = planOf(loud, pipeline), limits = limitsOf(loud, pipeline);
    const { genes } = declared("trader", name);
    for (let at = 0; at < plan.values.length; at += PLAN_WIDTH) {
      assert.ok(Math.abs(plan.values[at + PLAN.conviction]!) <= 1);
      assert.ok(plan.values[at + PLAN.leverage]! <= genes.leverage!);
      assert.ok(plan.values[at + PLAN.baseSize]! <= genes.baseSize!);
    }
    const calm = limitsOf(without, pipeline);
    for (let at = 0; at < limits.values.length; at += LIMITS_WIDTH) {
      assert.equal(limits.values[at + LIMITS.maxLeverage], calm.values[at + LIMITS.maxLeverage]);
    }
  }
});

Deno.test("news that speaks against a position makes it smaller", () => {
  const pipeline = { ...declaredPipeline(PARTNERS), analyst: null }; // who reads no news: the trader alone does
  const plain = planOf(without, pipeline).values;
  const withSentiment = (value: number) => {
    const fixed = mapNews(heard.news!, (x) => x.slice());
    fixed.coins.forEach(({ sentiment }) => sentiment.fill(value));
    return planOf(deskOf(withNews(bars, fixed)), pipeline).values;
  };
  const good = withSentiment(0.9), bad = withSentiment(-0.9);
  let longs = 0, smaller = 0;
  for (let at = PLAN.conviction; at < plain.length; at += PLAN_WIDTH) {
    if (plain[at]! <= 0 || good[at]! <= 0) continue;
    longs++;
    if (bad[at]! < plain[at]!) smaller++;
  }
  assert.ok(longs > 20 && smaller >= 0.95 * longs, `${smaller} of ${longs}`);
});

Deno.test("news by its date of publication is said in the source of everything that is made of it, and no test is made", () => {
  const published = withNews(bars, { ...heard.news!, time: "published" });
  assert.match(sourceText(published.source), /NEWS NOT POINT-IN-TIME$/);
  assert.ok(warningsOf(published).some((text) => /nothing may be concluded/.test(text)));
  assert.doesNotMatch(sourceText(heard.source), /NOT POINT/);
  const cell = (arm: string | null, marketSeed: number, time: string) => ({
    arm,
    market: "m",
    marketSeed,
    seed: 1,
    outcome: {
      config: { population: {}, news: { source: "file", time } },
      rowsHash: `${marketSeed}`,
      strategies: [],
      populationMean: marketSeed,
      changes: null,
    },
  });
  const test = (time: string) =>
    compareArms([1, 2, 3].flatMap((seed) => [cell("a", seed, time), cell("b", seed, time)]), "a", "b")
      .differences.map((one) => one.test);
  assert.deepEqual(test("published"), [null]);
  assert.notDeepEqual(test("observed"), [null]);
});
