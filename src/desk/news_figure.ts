/** Sentiment over time, of all news and of each coin. */
import { displayed } from "../figures/displayed.ts";
import type { Figure } from "../figures/figure.ts";
import { count } from "../figures/format.ts";
import { seriesFigure } from "../figures/series.ts";
import type { Market } from "./market.ts";
import { marketSource } from "./market_summary.ts";
import { requireMarket } from "./request_checks.ts";

/** Sentiment of all news and of each coin, a small plot each. @throws {RangeError} If the market has no news. */
export function newsFigure(market: Market): Figure {
  requireMarket(market);
  const { news, openTime } = market.panel;
  if (news === null) {
    throw new RangeError("Cannot draw news as the market must have some: write marketWithNews(market, news)");
  }
  const last = market.rows - 1;
  const series = [
    { label: "all", ...news.overall },
    ...market.coins.map((coin, i) => ({ label: coin, ...news.coins[i]! })),
  ].map(({ label, sentiment, count: stories }) => ({
    label,
    note: `${count(stories[last]!)} ${stories[last] === 1 ? "story" : "stories"} in the last week`,
    values: sentiment,
  }));
  return displayed({
    ...seriesFigure(series, openTime, {
      title: "What the news said",
      subtitle: marketSource(market),
      caption:
        "Sentiment known at each close, weighted by credibility and freshness: 1 speaks for a rise, 0 is silence.",
    }),
    name: "news",
  });
}
