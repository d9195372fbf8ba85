/** The news that a configuration names, on the rows of its bars. */
import type { MarketConfig } from "../../experiments/config.ts";
import { panelWithItems, syntheticItems } from "../../experiments/market_news.ts";
import type { Panel } from "../../market/panel.ts";
import type { EnrichedArticle } from "../../news/enrichment.ts";
import { enrichedItems } from "../../news/stored_item.ts";
import { readNewsFile } from "./news_file.ts";

/** The panel with its news; the same panel where the configuration reads none. */
export async function attachNews(panel: Panel, { news }: MarketConfig): Promise<Panel> {
  return news.source === "off" ? panel : panelWithItems(panel, await itemsFor(panel, news), news);
}

/** The items that a configuration names, read by the lexicon where no model has read them. */
export async function itemsFor(panel: Panel, news: MarketConfig["news"]): Promise<EnrichedArticle[]> {
  if (news.source !== "file") return syntheticItems(panel, news);
  return enrichedItems(await readNewsFile(news.file), panel.coins.map(({ coin }) => coin));
}
