/** The news of a configuration, brought to the rows of its bars. */
import { UserError } from "../../core/user_error.ts";
import type { MarketConfig } from "../../experiments/config.ts";
import { syntheticTruth } from "../../experiments/market.ts";
import type { Panel } from "../../market/panel.ts";
import { withNews } from "../../market/panel_news.ts";
import type { EnrichedArticle } from "../../news/enrichment.ts";
import { enrichByLexicon } from "../../news/lexicon_reading.ts";
import { newsColumns } from "../../news/news_columns.ts";
import { enrichedItems } from "../../news/stored_item.ts";
import { syntheticNews } from "../../news/synthetic/stream.ts";
import { readNewsFile } from "./news_file.ts";

/** The panel with its news; the same panel where the configuration reads none. */
export async function attachNews(panel: Panel, { news }: MarketConfig): Promise<Panel> {
  if (news.source === "off") return panel;
  const coins = panel.coins.map(({ coin }) => coin);
  return withNews(panel, newsColumns(await itemsFor(panel, news), panel.openTime, coins, news));
}

/** The items that a configuration names, read by the lexicon where no model has read them. */
export async function itemsFor(panel: Panel, news: MarketConfig["news"]): Promise<EnrichedArticle[]> {
  const coins = panel.coins.map(({ coin }) => coin);
  if (news.source === "file") return enrichedItems(await readNewsFile(news.file), coins);
  if (panel.source.kind !== "synthetic") {
    throw new UserError(
      "Cannot make news for these bars as synthetic news needs a synthetic market: news.source must be file or off",
    );
  }
  const settings = { seed: panel.source.seed, informative: news.informative };
  const items = syntheticNews(panel, syntheticTruth(panel), settings);
  return enrichByLexicon(items.map(({ article }) => article), coins);
}
