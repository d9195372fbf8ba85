/** News as language traders are shown it, and the four cells of language model on/off x news on/off. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readGridFile } from "popagent/adapters/config/grid_file.ts";
import { loadRows } from "popagent/adapters/bars/load_market.ts";
import { eventsOfType } from "popagent/events/event.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { cellsOf } from "popagent/experiments/grid/grid.ts";
import { runCell } from "popagent/experiments/grid/run_cell.ts";
import { questionsAt } from "popagent/experiments/language/asker.ts";
import { scriptedReader } from "popagent/experiments/language/four_cells.ts";
import { messagesOf } from "popagent/experiments/language/question.ts";
import { observe, researchOf } from "popagent/experiments/language/observe.ts";
import { observationSchema } from "popagent/experiments/language/observation.ts";
import { shownNews } from "popagent/experiments/language/shown_news.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { panelWithItems } from "popagent/experiments/market_news.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { promptNamed, PROMPTS } from "popagent/inventory/trader/prompts/catalogue.ts";
import { type Panel, truncatePanel } from "popagent/market/panel.ts";
import { withNews } from "popagent/market/panel_news.ts";
import { createArticle } from "popagent/news/article.ts";
import { enrichByLexicon } from "popagent/news/lexicon_reading.ts";
import { rawArticle } from "../../news/news_items.ts";
import { declaredPipeline, deskOf, PARTNERS } from "../../agents/small_desk.ts";
import { populationConfig } from "../../run_config.ts";

const UNIVERSE = { coins: ["BTC", "ETH"] };
const settings = (news: object) =>
  populationConfig({
    data: { source: "synthetic" },
    market: { rows: 1000, mode: "planted", ic: 0.1, seed: 11 },
    universe: UNIVERSE,
    news,
  });
const bars = await loadRows(settings({})), heard = await loadRows(settings({ source: "synthetic" }));
const OPEN = { coins: false, dates: false }, MASKED = { coins: true, dates: true }, ROW = 700;

const seen = (panel: Panel, mask = OPEN) =>
  observe(researchOf(deskOf(panel), declaredPipeline(PARTNERS)), ROW, 1, mask);

Deno.test("issue 14: the news reader is shown the news; the prompt is bit-identical when later news is cut or changed", () => {
  const observation = observationSchema.parse(seen(heard));
  const { asset, market, stories } = JSON.parse(observation.news!);
  assert.equal(asset.sentiment, Number(heard.news!.coins[1]!.sentiment[ROW]!.toPrecision(3)));
  assert.equal(market.storiesInWeek, heard.news!.overall.count[ROW]);
  assert.ok(stories.length > 0 && stories.every(({ hoursAgo }: { hoursAgo: number }) => hoursAgo >= 0));
  assert.ok(stories.every(({ title }: { title: string }) => title.length > 0));

  const prompts = (panel: Panel) => PROMPTS.map((prompt) => messagesOf(prompt, seen(panel)));
  const whole = prompts(heard);
  const cut = truncatePanel(heard, ROW + 1);
  assert.ok(
    cut.news!.headlines!.length < heard.news!.headlines!.length,
    "what comes later is not even there",
  );
  assert.deepEqual(prompts(cut), whole);
  const close = heard.openTime[ROW]! + 4 * 3_600_000;
  const headlines = heard.news!.headlines!.map((one) =>
    one.at > close ? { ...one, title: "BTC is no more" } : one
  );
  assert.deepEqual(prompts(withNews(heard, { ...heard.news!, headlines })), whole);
  const past = heard.news!.headlines!.map((one) => ({ ...one, title: "BTC is no more" }));
  assert.notDeepEqual(
    prompts(withNews(heard, { ...heard.news!, headlines: past })),
    whole,
    "the past does matter",
  );
  assert.equal(seen(bars).news, undefined);
});

Deno.test("issue 14: masked news names neither coin nor date, for its titles are left out", () => {
  const masked = seen(heard, MASKED), { stories } = JSON.parse(masked.news!);
  assert.ok(stories.length > 0 && stories.every((story: object) => !("title" in story)));
  const text = JSON.stringify(messagesOf(promptNamed("newsReader"), masked));
  assert.doesNotMatch(text, /ETH|BTC|20\d\d-/);
  const half = seen(heard, { coins: true, dates: false });
  assert.doesNotMatch(half.news!, /"title"/);
});

Deno.test("issue 14: nothing of the attack set gets out of the fence of a trader's prompt, and most of it not into it", async () => {
  const file = new URL("../../fixtures/news/attacks.json", import.meta.url);
  const attacks: { title: string; snippet: string; url: string }[] = JSON.parse(
    await Deno.readTextFile(file),
  );
  const observedAt = heard.openTime[ROW]!, research = researchOf(deskOf(heard), declaredPipeline(PARTNERS));
  const items = attacks.map((attack) => {
    const made = createArticle(
      rawArticle({ ...attack, observedAt, published: { at: observedAt, to: "instant" } }),
    );
    assert.ok(typeof made !== "string", attack.title);
    return made;
  });
  const { headlines = [] } = panelWithItems(bars, enrichByLexicon(items, ["BTC", "ETH"]), {
    time: "observed",
    halfLife: 12,
  }).news!;
  assert.ok(headlines.length < attacks.length / 2, "what speaks to its reader is set aside");
  const around = (title: string) => {
    const all = [{ ...heard.news!.headlines![0]!, at: observedAt, coins: [], title }];
    const told = shownNews(withNews(heard, { ...heard.news!, headlines: all }), ROW, 1, OPEN);
    const [system, user] = messagesOf(promptNamed("newsReader"), {
      ...observe(research, ROW, 1, OPEN),
      ...told,
    });
    const [shown, begins, inside, ends, ...rest] = user!.content.split("\n");
    assert.equal(
      JSON.parse(inside!).stories[0].title.replaceAll("< < <", "<<<").replaceAll("> > >", ">>>"),
      title,
    );
    return JSON.stringify([system, shown, begins, ends, rest]);
  };
  const plain = around("A quiet day");
  for (const { title } of items) assert.equal(around(title), plain, title); // as if none had been set aside
});

Deno.test("issue 14.5: gated by a signal, a coin is asked about all the same where news of it came in", () => {
  const gate = { signal: 100, mask: OPEN, every: 6 }, prompts = [promptNamed("newsReader")];
  const asked = (panel: Panel, row: number) =>
    questionsAt(row, prompts, researchOf(deskOf(panel), declaredPipeline(PARTNERS)), gate).map(({ coin }) =>
      coin
    );
  const { age } = heard.news!.coins[1]!;
  const fresh = age.findIndex((rows, t) => t > ROW && rows < 6),
    stale = age.findIndex((rows, t) => t > ROW && rows >= 6);
  assert.ok(asked(heard, fresh).includes(1) && !asked(heard, stale).includes(1));
  assert.deepEqual(asked(bars, fresh), []);
});

/** A script that reads, so that what a cell shows decides what it does: no language model. */
const reader = scriptedReader();

Deno.test("issue 14.11: all four cells of language model on/off x news on/off differ", async () => {
  const file = fileURLToPath(new URL("../../../configs/experiments/language_news.yaml", import.meta.url));
  const cells = cellsOf(await readGridFile(file)).filter(({ label }) => label.endsWith("/planted.781/781"));
  assert.deepEqual(cells.map(({ arm }) => arm), ["full", "news", "model", "both"]);
  const equity = new Map<string, string>(), said = new Map<string, string>();
  for (const { arm, config: written, jobs } of cells) {
    const { trader } = written.population.agents;
    const config: PopulationRunConfig = {
      ...written,
      universe: { ...written.universe, ...UNIVERSE },
      market: { ...written.market, rows: 1000 },
      iterations: 2,
      population: {
        ...written.population,
        size: 3,
        committeeShare: 0.11,
        mirror: { ...written.population.mirror, rules: ["equal"] },
        agents: { ...written.population.agents, trader: trader && trader.slice(2) },
      },
    };
    const plan = planRun(config, await loadRows(config));
    const { series, events } = await runCell({ jobs, keep: ["series", "events"] }, {
      plan,
      desk: createDesk(plan.panel, plan.config, 2 ** 28),
      checkpoints: noCheckpoints,
      onProgress: () => {},
      openModel: () => Promise.resolve({ model: reader, mostCalls: 1, close: () => {} }),
    });
    equity.set(arm!, Array.from(series!.equity.mirrored!).join());
    said.set(arm!, eventsOfType(events!, "thought").map(({ decision }) => decision?.action).join());
  }
  assert.equal(new Set(equity.values()).size, 4, "what all teams earn");
  assert.deepEqual([said.get("full"), said.get("news")], ["", ""]);
  assert.notEqual(said.get("model"), said.get("both"), "the model reads the news");
});
