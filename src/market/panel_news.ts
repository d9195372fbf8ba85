/** News as columns of a panel: what was known of it at the close of each row. */
import { hashColumns, hashJson } from "../core/hash.ts";
import { BAR_MS, type Coin } from "../core/universe.ts";
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

/** A story as an outlet told it first among those that are believed alike: words of strangers. */
export interface Headline {
  /** From when it may be used, ms UTC. */
  readonly at: number;
  /** As it was told. */
  readonly title: string;
  /** How far its outlet is believed: 1 most, 4 an unknown one. */
  readonly tier: number;
  /** Kind of event. */
  readonly event: string;
  /** For the price of what it is about, in [-1, 1]. */
  readonly sentiment: number;
  /** What it bears on; empty for the market as a whole. */
  readonly coins: readonly Coin[];
}

/** News of some rows. */
export interface RowNews {
  /** By which time it was let in. */
  readonly time: NewsTime;
  /** One for each coin, in the panel's order. */
  readonly coins: readonly NewsColumns[];
  /** Of everything that was heard. */
  readonly overall: NewsColumns;
  /** What language models may be shown, in the order of time; no column and no hash depends on it. */
  readonly headlines?: readonly Headline[];
}

/** News of a panel. */
export interface PanelNews extends RowNews {
  /** Hash of the panel without news: equal hashes mean equal bars. */
  readonly barsHash: string;
}

/** The panel with news, in the place of what it had. Its hash tells it from the one without: nothing that was made of one is taken for the other. */
export function withNews(given: Panel, { time, coins, overall, headlines }: RowNews): Panel {
  const news = { time, coins, overall, ...toldBy(headlines, lastClose(given)) }, panel = withoutNews(given);
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

/** Headlines up to a time, where there are any: what comes later is not there to be read. */
function toldBy(headlines: readonly Headline[] | undefined, until: number): Pick<RowNews, "headlines"> {
  return headlines === undefined ? {} : { headlines: headlines.filter(({ at }) => at <= until) };
}

function lastClose({ openTime, rows }: Panel): number {
  return openTime[rows - 1]! + BAR_MS;
}

/** Rows from..to-1 of news, as views; its headlines as they are. */
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
  const { time, headlines } = news;
  return {
    time,
    coins: news.coins.map(mapped),
    overall: mapped(news.overall),
    ...(headlines === undefined ? {} : { headlines }),
  };
}

/** Headlines of rows that follow on others: what the first have not, and comes no earlier than what they have. */
function joinedHeadlines(
  before: RowNews["headlines"],
  after: RowNews["headlines"],
): Pick<RowNews, "headlines"> {
  if (before === undefined || after === undefined) return {};
  const last = before.at(-1)?.at ?? -Infinity;
  return { headlines: [...before, ...after.filter(({ at }) => at > last)] };
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
    ...joinedHeadlines(before.headlines, after.headlines),
  };
}
