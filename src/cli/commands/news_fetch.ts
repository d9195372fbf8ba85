import { dirname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { openLanguageModel } from "../../adapters/llm/open_language_model.ts";
import {
  fetchNews,
  NEWS_SOURCES,
  type NewsSourceName,
  type ProviderReport,
} from "../../adapters/news/fetch_news.ts";
import { NEWS_SETTINGS, readNewsSettings } from "../../adapters/news/news_settings.ts";
import { addToNews } from "../../adapters/news/news_store.ts";
import type { Coin } from "../../core/universe.ts";
import { DECLARED_COINS } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { USUAL_NEWS } from "../../experiments/config.ts";
import { PINNED } from "../../llm/ladder.ts";
import {
  plannedQueries,
  type PlannedQuery,
  queryPlanForm,
  queryPlanMessages,
  type QueryTemplates,
  ruleBasedPlan,
} from "../../news/query_plan.ts";
import { parseCoins, parseInstant } from "../instants.ts";
import { cassetteMode, SPENDING, withModels } from "../llm_flags.ts";
import { say, tell } from "../print.ts";
import { createProgressView } from "../progress.ts";

const EXAMPLES = `
GDELT is free and stamps each item with when it saw it, so its past is point-in-time. Bocha (BOCHA_API_KEY) and SerpApi
(SERPAPI_KEY) search today's index: what they give of the past was seen now, and enters no row before now unless
news.time is published. Items that the file holds already stay as they were first seen; undated ones never enter.

Examples:
  deno task news fetch --from 2026-11-20
  deno task news fetch --from 2026-11-20 --to 2026-11-24 --coins BTC,ETH --out data/news/two.jsonl
  deno task news fetch --from 2026-11-20 --provider gdelt,bocha --plan gpt-4.1`;

const MOST_PLANNED = 20;

/** popagent news fetch: news from providers into a file. */
export function newsFetchCommand() {
  return withModels(new Command("fetch"))
    .description("Fetch news of a stated time from GDELT, Bocha and SerpApi into a file")
    .requiredOption("--from <time>", "published or seen from then on, UTC")
    .option("--to <time>", "published or seen before then, UTC; left out, now")
    .option("--provider <list>", Object.keys(NEWS_SOURCES).join(", "), "gdelt")
    .option("--coins <list>", "coins that are asked about", DECLARED_COINS.join(","))
    .option("--plan <rules|model>", "queries by rule, or by a model of the table", "rules")
    .option("--cassettes <mode>", "of the plan by a model: record, replay or live", "record")
    .option("--settings <file>", "providers and queries", NEWS_SETTINGS)
    .option("--out <file>", "JSONL that items are added to", USUAL_NEWS)
    .option("--json", "print JSON instead of text")
    .addHelpText("after", EXAMPLES)
    .action(async (flags) => {
      const settings = await readNewsSettings(flags.settings);
      const now = Date.now(), coins = parseCoins(flags.coins, "--coins");
      const from = parseInstant(flags.from, "--from");
      const to = flags.to === undefined ? now : parseInstant(flags.to, "--to");
      if (from >= to) throw new UserError("Cannot fetch news as --from must lie before --to, and before now");
      const providers = providersIn(flags.provider);
      await requireWritableFolder(dirname(flags.out));
      const queries = await planOf(flags, settings.queries, coins);
      const view = createProgressView(flags.json === true);
      const { articles, reports } = await fetchNews(
        { providers, queries, from, to },
        settings,
        {
          fetch: (url, init) => fetch(url, init),
          now: Date.now,
          sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
          chance: Math.random,
          environment: (name) => Deno.env.get(name),
          onWait: (why, ms) => view.log(`Waiting ${Math.ceil(ms / 1000)} s: ${why}.`),
        },
        (done, total) => view.update("news", done, total),
      ).finally(() => view.stop());
      const { added, items } = await addToNews(flags.out, articles);
      if (flags.json) {
        say(JSON.stringify({ out: flags.out, added, held: items.length, queries, reports }), flags.out);
      } else say(reportText(reports, flags.out, added, items.length), flags.out);
      const failed = reports.every(({ items: got, failures }) => got === 0 && failures.length > 0);
      if (failed) throw new UserError("No news came: every provider failed, as said above.");
    });
}

/** Queries by a model, or by rule where it gives none. */
async function planOf(
  flags: { readonly plan: string; readonly models: string; readonly cassettes: string },
  templates: QueryTemplates,
  coins: readonly Coin[],
): Promise<PlannedQuery[]> {
  if (flags.plan === "rules") return ruleBasedPlan(templates, coins);
  using model = await openLanguageModel({
    cassettes: cassetteMode(flags.cassettes),
    models: flags.models,
    spending: SPENDING,
    run: `news plan ${new Date().toISOString()}`,
  });
  const { outcome } = await model.ask({
    model: flags.plan,
    messages: queryPlanMessages(coins, MOST_PLANNED),
    form: queryPlanForm,
    parameters: { ...PINNED, maxTokens: 900 },
    sample: 0,
    role: "news",
  });
  const planned = outcome.kind === "proposal"
    ? plannedQueries(outcome.value.queries, coins, MOST_PLANNED)
    : null;
  if (planned) return planned;
  const why = outcome.kind === "abstention"
    ? `${outcome.reason} (${outcome.detail})`
    : "nothing about these coins";
  tell(`Note: ${flags.plan} gave no plan: ${why}. The queries are those of the rules.`);
  return ruleBasedPlan(templates, coins);
}

function providersIn(text: string): NewsSourceName[] {
  const names = text.split(",").map((one) => one.trim());
  const known = Object.keys(NEWS_SOURCES);
  const odd = names.find((name, i) => !known.includes(name) || names.indexOf(name) !== i);
  if (odd === undefined) return names as NewsSourceName[];
  throw new UserError(
    `Cannot read --provider as it must name some of ${known.join(", ")}, each once: current value is ${text}`,
  );
}

function reportText(reports: readonly ProviderReport[], out: string, added: number, held: number): string {
  return [
    ...reports.flatMap(({ provider, queries, requests, items, outside, rejected, cut, failures }) => [
      `${provider}: ${items} items from ${queries} quer${
        queries === 1 ? "y" : "ies"
      } (${requests} requests)` +
      (outside > 0 ? `; ${outside} outside the time asked for` : "") +
      Object.entries(rejected).map(([why, number]) => `; ${number} ${why}`).join("") +
      (cut > 0 ? `; ${cut} queries had more pages than they may take` : ""),
      ...failures.map(({ query, kind, text }) => `  failed: "${query}": ${kind} (${text})`),
    ]),
    `${out}: ${added} new items, ${held} in all. Look at them: deno task popagent news digest ${out}`,
  ].join("\n");
}
