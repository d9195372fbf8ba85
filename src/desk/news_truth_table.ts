/** What synthetic news was worth, kind by kind, and what the lexicon made of it. */
import { displayed } from "../figures/displayed.ts";
import { count, percent } from "../figures/format.ts";
import type { Table } from "../figures/table.ts";
import { NEWS_TRUTHS } from "../news/synthetic/stream.ts";
import { TIER_WEIGHT, tierOf } from "../news/credibility.ts";
import { mean } from "../stats/moments.ts";
import type { Market } from "./market.ts";
import { marketSource } from "./market_summary.ts";
import type { News } from "./news.ts";

/** Rows of the day after an item. */
const DAY = 6;

/**
 * One row for each kind of item: how many, how often it had the sign of what was to be expected, how often the next day went
 * that way, how often the lexicon read it as it was meant, and how far its outlets are believed.
 *
 * @throws {RangeError} If the news is not synthetic.
 */
export function newsTruthTable(market: Market, { items, truth }: News): Table {
  if (truth === null) {
    throw new RangeError("Cannot say what news was worth as its truth must be known: it must be synthetic");
  }
  const { panel, coins } = market;
  const followed = truth.map(({ coin, row, side }) => {
    const { close } = panel.coins[coins.indexOf(coin)]!;
    return row + DAY < panel.rows ? Number(Math.sign(close[row + DAY]! - close[row]!) === side) : null;
  });
  return displayed({
    name: "news_truth",
    title: "What the news was worth",
    caption: `${marketSource(market)}. The kinds are known to the maker of the stream alone.`,
    columns: [
      { label: "Kind", align: "left", hint: "What an item is" },
      { label: "Items", align: "right", hint: "How many" },
      { label: "True", align: "right", hint: "Share with the sign of the return that the maker expected" },
      { label: "Next day", align: "right", hint: "Share whose next day went the way it said" },
      {
        label: "Read as meant",
        align: "right",
        hint: "Share whose sentiment has the sign that it was written with",
      },
      { label: "Set aside", align: "right", hint: "Share that speaks to its reader, and moves nothing" },
      { label: "Weight", align: "right", hint: "Mean weight of its outlets, 0 to 1" },
    ],
    rows: NEWS_TRUTHS.map((kind) => {
      const own = truth.flatMap((item, i) => item.truth === kind ? [i] : []);
      const share = (values: readonly number[]) => values.length === 0 ? "–" : percent(mean(values));
      return {
        cells: [
          kind,
          count(own.length),
          share(own.map((i) => Number(Math.sign(truth[i]!.expected) === truth[i]!.side))),
          share(own.flatMap((i) => followed[i] ?? [])),
          share(own.map((i) => Number(Math.sign(items[i]!.enrichment.sentiment) === truth[i]!.side))),
          share(own.map((i) => Number(items[i]!.enrichment.suspicious))),
          own.length === 0
            ? "–"
            : mean(own.map((i) => TIER_WEIGHT[tierOf(items[i]!.article.domain)].story)).toFixed(2),
        ],
        strong: kind === "informative",
      };
    }),
  });
}
