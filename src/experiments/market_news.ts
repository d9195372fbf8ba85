/** The news of a configuration, brought to the rows of its bars. */
import { UserError } from "../core/user_error.ts";
import type { Panel } from "../market/panel.ts";
import { withNews } from "../market/panel_news.ts";
import type { EnrichedArticle } from "../news/enrichment.ts";
import { enrichByLexicon } from "../news/lexicon_reading.ts";
import { newsColumns } from "../news/news_columns.ts";
import { syntheticNews } from "../news/synthetic/stream.ts";
import type { MarketConfig } from "./config.ts";
import { syntheticTruth } from "./market.ts";

type NewsConfig = MarketConfig["news"];

/**
 * The synthetic news of a synthetic market, as the lexicon reads it.
 *
 * @throws {UserError} If the bars are real ones.
 */
export function syntheticItems(
  panel: Panel,
  { informative }: Pick<NewsConfig, "informative">,
): EnrichedArticle[] {
  const { source } = panel;
  if (source.kind !== "synthetic") {
    throw new UserError(
      "Cannot make news for these bars as synthetic news needs a synthetic market: set news.source to file or off",
    );
  }
  const items = syntheticNews(panel, syntheticTruth(panel), { seed: source.seed, informative });
  return enrichByLexicon(items.map(({ article }) => article), panel.coins.map(({ coin }) => coin));
}

/** The panel with news columns made of these items. */
export function panelWithItems(
  panel: Panel,
  items: readonly EnrichedArticle[],
  news: Pick<NewsConfig, "time" | "halfLife">,
): Panel {
  return withNews(panel, newsColumns(items, panel.openTime, panel.coins.map(({ coin }) => coin), news));
}
