/**
 * A made-up stream of news for a synthetic market, whose truth is known: what of it informs, what is stale, what
 * misleads and what is hostile. Row t of it depends on rows <= t of the market alone.
 */
import { rng } from "../../core/rng.ts";
import { BAR_MS, type Coin } from "../../core/universe.ts";
import type { Panel } from "../../market/panel.ts";
import type { SyntheticTruth } from "../../market/synthetic/synthetic_market.ts";
import { type Article, createArticle } from "../article.ts";
import { type Side, syntheticText } from "./texts.ts";

/** What an item of the stream is. */
export type NewsTruth = "informative" | "stale" | "misleading" | "hostile";
/** All kinds. */
export const NEWS_TRUTHS: readonly NewsTruth[] = ["informative", "stale", "misleading", "hostile"];

/** What the maker of the stream knows and no reader may see. */
export interface SyntheticItem {
  /** The item as everyone sees it. */
  readonly article: Article;
  /** What it is. */
  readonly truth: NewsTruth;
  /** What it is about. */
  readonly coin: Coin;
  /** Row in which it was published and seen. */
  readonly row: number;
  /** What its words say of the price: 1 a rise, -1 a fall. */
  readonly side: Side;
  /** Expected log return of the row, which the market's maker alone knows; 0 where nothing is to be known. */
  readonly expected: number;
}

/** How the stream is made. */
export interface StreamSettings {
  /** Seed of its draws; the market's own draws are others. */
  readonly seed: number;
  /** Share of items that inform, in [0, 1]; of the rest half are stale, a third misleads, a sixth is hostile. */
  readonly informative: number;
}

/** Items a coin and row. */
const RATE = 0.12;
/** How often an informative item is right about the sign of what is to be expected. */
const RIGHT = 0.8;
/** Rows back of the move that a stale item tells again, and its length. */
const STALE_FROM = 24, STALE_LENGTH = 6;

/** @param truth Of the market that the panel shows: same rows, same coins. */
export function syntheticNews(
  panel: Panel,
  truth: SyntheticTruth,
  settings: StreamSettings,
): SyntheticItem[] {
  const { seed, informative } = settings;
  return panel.coins.flatMap(({ coin, close }, i) => {
    const draws = rng("synthetic news", seed, coin);
    const out: SyntheticItem[] = [];
    for (let row = 0; row < panel.rows; row++) {
      const [arrives, kind, luck, when, text] = [1, 2, 3, 4, 5].map(() => draws.uniform()) as [
        number,
        number,
        number,
        number,
        number,
      ];
      if (arrives >= RATE) continue;
      const what = kindOf(kind, informative);
      const expected = truth.m[i]![row]! + truth.drift[i]![row]!;
      const side = sideOf(what, luck, { row, close, expected });
      const at = panel.openTime[row]! + Math.floor(when * (BAR_MS - 60_000)); // before the row closes
      const said = syntheticText(what, coin, side, Math.floor(text * 2 ** 32), `${coin}-${row}`);
      const article = createArticle({
        ...said,
        language: "English",
        published: { at, to: "instant" },
        observedAt: at,
        provider: "synthetic",
      });
      if (typeof article === "string") {
        throw new Error(`A made-up item must be one that enters: it is ${article}`);
      }
      out.push({ article, truth: what, coin, row, side, expected });
    }
    return out;
  });
}

function kindOf(draw: number, informative: number): NewsTruth {
  if (draw < informative) return "informative";
  const rest = (draw - informative) / (1 - informative);
  return rest < 1 / 2 ? "stale" : rest < 5 / 6 ? "misleading" : "hostile";
}

/** What an item says: the sign of the market's hidden expectation, of an old move, its opposite, or of chance. */
function sideOf(
  what: NewsTruth,
  luck: number,
  { row, close, expected }: { readonly row: number; readonly close: Float64Array; readonly expected: number },
): Side {
  const chance: Side = luck < 0.5 ? 1 : -1;
  const hidden: Side = expected === 0 ? chance : expected > 0 ? 1 : -1; // nothing to be known in the null world
  switch (what) {
    case "informative":
      return luck < RIGHT ? hidden : (-hidden as Side);
    case "misleading":
      return -hidden as Side;
    case "stale": {
      const end = Math.max(0, row - STALE_FROM), start = Math.max(0, end - STALE_LENGTH);
      return close[end]! >= close[start]! ? 1 : -1;
    }
    case "hostile":
      return chance;
  }
}
