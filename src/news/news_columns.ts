/** News as columns of a panel: value t is what was known at the close of row t. */
import { BAR_MS, type Coin } from "../core/universe.ts";
import { printable } from "../core/printable.ts";
import type { Headline, NewsColumns, NewsTime, RowNews } from "../market/panel_news.ts";
import type { EnrichedArticle } from "./enrichment.ts";
import { createEcho, fade, hear, heardStories, type HeardStory, readEcho, relevanceTo } from "./heard.ts";
import { storiesOf } from "./stories.ts";

/** Rows in which stories are counted: a week. */
export const COUNTED_ROWS = 42;
/** The oldest that news is said to be, in rows: a month. */
export const OLDEST_ROWS = 180;

/** Letters of a title that are kept. */
const MOST_TITLE = 160;

/** How news is brought to rows. */
export interface NewsSettings {
  /** By which time it is let in. */
  readonly time: NewsTime;
  /** Rows in which what a story weighs falls by half. */
  readonly halfLife: number;
}

/**
 * News of coins at the close of each row.
 *
 * @param openTime Open time of each row, ms UTC; shape [rows].
 */
export function newsColumns(
  items: readonly EnrichedArticle[],
  openTime: Float64Array,
  coins: readonly Coin[],
  { time, halfLife }: NewsSettings,
): RowNews {
  const heard = heardStories(storiesOf(items, time));
  const columns = (coin: Coin | null) => columnsOf(heard, openTime, coin, halfLife);
  return { time, coins: coins.map(columns), overall: columns(null), headlines: heard.map(headlineOf) };
}

function headlineOf({ at, telling: { item: { article, enrichment }, tier } }: HeardStory): Headline {
  const { sentiment, eventType, assets } = enrichment;
  return {
    at,
    title: printable(article.title, MOST_TITLE),
    tier,
    event: eventType,
    sentiment,
    coins: assets.map(({ coin }) => coin),
  };
}

/** Columns of one coin, or of all for null. */
export function columnsOf(
  heard: readonly HeardStory[],
  openTime: Float64Array,
  coin: Coin | null,
  halfLife: number,
): NewsColumns {
  const rows = openTime.length;
  const own = heard.flatMap((one) => {
    const relevance = relevanceTo(one, coin);
    return relevance > 0 ? [{ one, relevance }] : [];
  });
  const firsts = own.filter(({ one }) => one.isFirst).map(({ one }) => one.at);
  const out: NewsColumns = {
    sentiment: new Float64Array(rows),
    count: new Float64Array(rows),
    credibility: new Float64Array(rows),
    age: new Float64Array(rows).fill(OLDEST_ROWS),
  };
  const echo = createEcho();
  let next = 0, newest = 0, oldest = 0; // of `own`; of `firsts`: told by now, and told more than a week ago
  for (let t = 0; t < rows; t++) {
    const close = openTime[t]! + BAR_MS;
    for (; next < own.length && own[next]!.one.at <= close; next++) {
      const { one, relevance } = own[next]!;
      fade(echo, one.at, halfLife);
      hear(echo, one, relevance);
    }
    fade(echo, close, halfLife);
    const { sentiment, credibility } = readEcho(echo);
    while (newest < firsts.length && firsts[newest]! <= close) newest++;
    while (oldest < newest && firsts[oldest]! <= close - COUNTED_ROWS * BAR_MS) oldest++;
    out.sentiment[t] = sentiment;
    out.credibility[t] = credibility;
    out.count[t] = newest - oldest;
    if (newest > 0) out.age[t] = Math.min(OLDEST_ROWS, (close - firsts[newest - 1]!) / BAR_MS);
  }
  return out;
}
