/** News in hand: items of a file or of a synthetic market, a digest as of a time, a market with its columns. */
import { newsFileNear, readNewsFile } from "../adapters/news/news_file.ts";
import { withSummary } from "../adapters/notebook/cell_summary.ts";
import { type Coin, DECLARED_COINS } from "../core/universe.ts";
import { settingsSchema } from "../experiments/config.ts";
import { panelWithItems } from "../experiments/market_news.ts";
import { warningsOf } from "../experiments/assemble.ts";
import { syntheticTruth } from "../experiments/market.ts";
import type { NewsTime } from "../market/panel_news.ts";
import { type NewsDigest, newsDigest } from "../news/digest.ts";
import type { EnrichedArticle } from "../news/enrichment.ts";
import { enrichByLexicon } from "../news/lexicon_reading.ts";
import { enrichedItems } from "../news/stored_item.ts";
import { type SyntheticItem, syntheticNews } from "../news/synthetic/stream.ts";
import { marketLines } from "./cell_lines.ts";
import { requireKeys } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { requireMarket } from "./request_checks.ts";

/** Items of news, read by the lexicon where no model has read them. */
export interface News {
  /** The items. */
  readonly items: readonly EnrichedArticle[];
  /** What the maker of synthetic news knows of each, in the same order; null for any other. */
  readonly truth: readonly SyntheticItem[] | null;
}

/** Which news: a file, or what is made for a synthetic market. */
export type NewsRequest =
  | {
    /** JSONL of items, as popagent news fetch writes it. */
    readonly file: string;
    /** Coins that items may be about; the declared ones unless given. */
    readonly coins?: readonly Coin[];
  }
  | {
    /** A synthetic market. */
    readonly synthetic: Market;
    /** Share of items that inform, in [0, 1]; as in a configuration unless given. */
    readonly informative?: number;
  };

/** By which time news is let in, and how long it is heard; what is left out is as in a configuration. */
export interface HearingOptions {
  /** `observed`, or `published`: not point-in-time, for exploration. */
  readonly time?: NewsTime;
  /** Rows in which what a story weighs falls by half. */
  readonly halfLife?: number;
}

/**
 * Loads news.
 *
 * @throws {RangeError} If the market is not synthetic, or a share is none.
 * @throws {UserError} If the file cannot be read, or a line of it is no item.
 */
export async function loadNews(request: NewsRequest): Promise<News> {
  requireKeys("Cannot load news as the request", request, ["file", "coins", "synthetic", "informative"]);
  if ("file" in request) {
    const items = await readNewsFile(newsFileNear(request.file));
    return { items: enrichedItems(items, request.coins ?? DECLARED_COINS), truth: null };
  }
  requireMarket(request.synthetic);
  const { panel, coins } = request.synthetic;
  const { informative } = hearing(
    request.informative === undefined ? {} : { informative: request.informative },
  );
  const truth = syntheticNews(panel, syntheticTruth(panel), { seed: seedOf(request.synthetic), informative });
  return { items: enrichByLexicon(truth.map(({ article }) => article), coins), truth };
}

function seedOf({ panel: { source } }: Market): number {
  return source.kind === "synthetic" ? source.seed : 0; // the truth of real bars was refused before
}

function hearing(options: object) {
  const parsed = settingsSchema.shape.news.unwrap().safeParse(options);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new RangeError(`Cannot hear news as ${path.join(".")} breaks a rule: ${message}`);
}

/**
 * What the news said as of a time: sentiment, trend, narratives, key events, credibility. Items that came in later play
 * no part.
 *
 * @param asOf ms UTC.
 */
export function digestNews(
  { items }: News,
  asOf: number,
  { coins = DECLARED_COINS, ...options }: HearingOptions & { readonly coins?: readonly Coin[] } = {},
): NewsDigest {
  return newsDigest(items, asOf, coins, hearing(options));
}

/** The same market with columns of news, known at the close of each row; agents on it read them. */
export function marketWithNews(market: Market, { items }: News, options: HearingOptions = {}): Market {
  requireMarket(market);
  const panel = panelWithItems(market.panel, items, hearing(options));
  const notes = [...new Set([...warningsOf(panel), ...market.notes])];
  return withSummary({ ...market, panel, notes }, marketLines);
}
