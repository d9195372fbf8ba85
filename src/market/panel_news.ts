/** News as columns of a panel: what was known of it at the close of each row. */
import { hashColumns, hashJson } from "../core/hash.ts";
import type { Panel } from "./panel.ts";

/**
 * By which time news is let in: `observed`, when it had been seen; or `published`, when it says it appeared, which is
 * not point-in-time, as today's search engines choose what they show of the past.
 */
export type NewsTime = "observed" | "published";
/** Both. */
export const NEWS_TIMES = ["observed", "published"] as const satisfies readonly NewsTime[];

/** What is said wherever news by its date of publication went into a number. */
export const NOT_POINT_IN_TIME = "NEWS NOT POINT-IN-TIME";

/** Name of a column of news. */
export type NewsColumnName = "sentiment" | "count" | "credibility" | "age";
/** Columns of news; each Float64Array of shape [rows], value t known at the close of row t, never NaN. */
export const NEWS_COLUMN_NAMES = [
  "sentiment",
  "count",
  "credibility",
  "age",
] as const satisfies readonly NewsColumnName[];

/**
 * News of one coin, or of all: `sentiment` in [-1, 1], weighted by credibility and age, 0 without news; `count` of stories
 * in the last week; `credibility` of what is heard, in [0, 1]; `age` of the newest story in rows, at most a month.
 */
export type NewsColumns = { readonly [Name in NewsColumnName]: Float64Array };

/** News of some rows. */
export interface RowNews {
  /** By which time it was let in. */
  readonly time: NewsTime;
  /** One for each coin, in the panel's order. */
  readonly coins: readonly NewsColumns[];
  /** Of everything that was heard. */
  readonly overall: NewsColumns;
}

/** News of a panel. */
export interface PanelNews extends RowNews {
  /** Hash of the panel without news: equal hashes mean equal bars. */
  readonly barsHash: string;
}

/** The panel with news, in the place of what it had. Its hash tells it from the one without: nothing that was made of one is taken for the other. */
export function withNews(given: Panel, { time, coins, overall }: RowNews): Panel {
  const news = { time, coins, overall }, panel = withoutNews(given);
  const all = [...news.coins, news.overall];
  const odd = all.find((one) => NEWS_COLUMN_NAMES.some((name) => one[name].length !== panel.rows));
  if (odd || news.coins.length !== panel.coins.length) {
    throw new RangeError(
      `Cannot give a panel news as every column must have ${panel.rows} rows, for each of ${panel.coins.length} coins`,
    );
  }
  const columns = hashColumns(all.flatMap((one) => NEWS_COLUMN_NAMES.map((name) => one[name])));
  const source = news.time === "published" ? { ...panel.source, untimedNews: true as const } : panel.source;
  return {
    ...panel,
    source,
    news: { ...news, barsHash: panel.hash },
    hash: hashJson([panel.hash, "news", news.time, columns]),
  };
}

/** The panel as it was before it was given news. */
function withoutNews(panel: Panel): Panel {
  if (panel.news === null) return panel;
  const { untimedNews: _, ...source } = panel.source;
  return { ...panel, source, hash: panel.news.barsHash, news: null };
}

/** Hash of a panel's bars, whatever news it has. */
export function barsHashOf({ hash, news }: Pick<Panel, "hash" | "news">): string {
  return news === null ? hash : news.barsHash;
}

/** Rows from..to-1 of news, as views. */
export function sliceNews(news: RowNews, from: number, to: number): RowNews {
  return mapNews(news, (values) => values.subarray(from, to));
}

/** The same news with each column replaced by what is made of it. */
export function mapNews(news: RowNews, make: (values: Float64Array) => Float64Array): RowNews {
  const mapped = (one: NewsColumns): NewsColumns => ({
    sentiment: make(one.sentiment),
    count: make(one.count),
    credibility: make(one.credibility),
    age: make(one.age),
  });
  return { time: news.time, coins: news.coins.map(mapped), overall: mapped(news.overall) };
}

/** News of rows that follow on others. */
export function joinNews(
  before: RowNews,
  after: RowNews,
  join: (a: Float64Array, b: Float64Array) => Float64Array,
): RowNews {
  const joined = (a: NewsColumns, b: NewsColumns): NewsColumns => ({
    sentiment: join(a.sentiment, b.sentiment),
    count: join(a.count, b.count),
    credibility: join(a.credibility, b.credibility),
    age: join(a.age, b.age),
  });
  return {
    time: before.time,
    coins: before.coins.map((one, i) => joined(one, after.coins[i]!)),
    overall: joined(before.overall, after.overall),
  };
}
