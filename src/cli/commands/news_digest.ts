import { Command } from "@commander-js/extra-typings";
import { loadRows } from "../../adapters/bars/load_market.ts";
import { readNewsFile } from "../../adapters/news/news_file.ts";
import { UserError } from "../../core/user_error.ts";
import { warningsOf } from "../../experiments/assemble.ts";
import type { MarketConfig } from "../../experiments/config.ts";
import { syntheticItems } from "../../experiments/market_news.ts";
import { NEWS_TIMES, type NewsTime } from "../../market/panel_news.ts";
import { newsDigest } from "../../news/digest.ts";
import type { EnrichedArticle } from "../../news/enrichment.ts";
import { usableAt } from "../../news/news_time.ts";
import { enrichedItems } from "../../news/stored_item.ts";
import { newsDigestText } from "../../report/text/news_text.ts";
import { paragraph } from "../../report/text/paragraph.ts";
import { dataConfig, withDataFlags } from "../data_flags.ts";
import { parseInstant } from "../instants.ts";
import { say } from "../print.ts";

const EXAMPLES = `
Without a file the news of the synthetic market is made, of which the truth is known: half of it informs, the rest is
stale, misleads, or is hostile (news.informative). Items that were seen later than the time asked for play no part.

Examples:
  deno task popagent news digest
  deno task popagent news digest --synthetic planted --ic 0.1 --seed 3 --at "2022-06-01 08:00"
  deno task popagent news digest data/news/articles.jsonl --json
  deno task popagent news digest data/news/articles.jsonl --time published --set news.halfLife=24`;

/** popagent news digest: what the news said as of a time. */
export function newsDigestCommand() {
  return withDataFlags(
    new Command("digest").argument("[file]", "JSONL of items; left out, synthetic news is made"),
  )
    .description("Sum up the news as of a time: sentiment, trend, narratives, key events, credibility")
    .option("--at <time>", "as of when, UTC; left out, when the last item came in")
    .option("--time <rule>", "observed lets items in once seen, published by their date", "observed")
    .addHelpText("after", EXAMPLES)
    .action(async (file, flags) => {
      const config = await dataConfig(flags);
      const { warnings, items } = await itemsOf(file, config);
      const time = newsTime(flags.time);
      const latest = items.reduce((last, { article }) => Math.max(last, usableAt(article, time)), 0);
      const asOf = flags.at === undefined ? latest : parseInstant(flags.at, "--at");
      const digest = newsDigest(items, asOf, config.universe.coins, { time, halfLife: config.news.halfLife });
      if (flags.json) return say(JSON.stringify(digest));
      say([...warnings.map((one) => paragraph(`!! ${one}`)), newsDigestText(digest)].join("\n"));
    });
}

async function itemsOf(
  file: string | undefined,
  config: MarketConfig,
): Promise<{ readonly warnings: readonly string[]; readonly items: readonly EnrichedArticle[] }> {
  if (file !== undefined) {
    const stored = await readNewsFile(file);
    if (stored.length === 0) throw new UserError(`Cannot sum up ${file} as it must hold at least one item`);
    return { warnings: [], items: enrichedItems(stored, config.universe.coins) };
  }
  const panel = await loadRows({
    ...config,
    data: { ...config.data, source: "synthetic" },
    news: { ...config.news, source: "off" },
  });
  return { warnings: warningsOf(panel), items: syntheticItems(panel, config.news) };
}

function newsTime(text: string): NewsTime {
  const time = NEWS_TIMES.find((one) => one === text);
  if (time) return time;
  throw new UserError(
    `Cannot read --time as it must be ${NEWS_TIMES.join(" or ")}: current value is ${text}`,
  );
}
