/** Which coins a text is about. */
import type { Coin } from "../core/universe.ts";

/** Names of coins in any case, and those that count in capitals alone, being words or names of their own. */
const NAMES: Readonly<Record<Coin, readonly string[]>> = {
  BTC: ["bitcoin", "bitcoins", "比特币"],
  ETH: ["ethereum", "ether", "以太坊"],
  SOL: ["solana"],
  DOGE: ["dogecoin", "狗狗币"],
  XRP: ["ripple", "瑞波"],
};

/** Words by which a text is about all coins. */
const MARKET =
  /\b(?:crypto(?:currenc(?:y|ies))?|digital assets?|fed|federal reserve|inflation|tariffs?|risk assets?)\b|加密|美联储|通胀/iu;

/** How much of market-wide news a coin takes for its own. */
export const MARKET_RELEVANCE = 0.5;

/** A coin that a text is about. */
export interface AffectedAsset {
  readonly coin: Coin;
  /** 1 where it is named, less where all coins are meant; in (0, 1]. */
  readonly relevance: number;
}

/** The names by which a coin is known, the one that is searched for first. */
export function namesOf(coin: Coin): readonly string[] {
  return NAMES[coin] ?? [coin];
}

/**
 * The coins that a text affects, in the order of `coins`: those it names; else all of them, at half weight, where it
 * speaks of the market; else none. Tickers count in capitals, as whole words.
 */
export function affectedAssets(text: string, coins: readonly Coin[]): AffectedAsset[] {
  const named = coins.filter((coin) => isNamed(text, coin));
  if (named.length > 0) return named.map((coin) => ({ coin, relevance: named.length > 2 ? 0.7 : 1 }));
  return MARKET.test(text) ? coins.map((coin) => ({ coin, relevance: MARKET_RELEVANCE })) : [];
}

const patterns = new Map<Coin, readonly RegExp[]>();

function isNamed(text: string, coin: Coin): boolean {
  const known = patterns.get(coin) ?? patternsOf(coin);
  patterns.set(coin, known);
  return known.some((pattern) => pattern.test(text));
}

function patternsOf(coin: Coin): RegExp[] {
  const names = (NAMES[coin] ?? []).map((name) =>
    /\p{Script=Han}/u.test(name)
      ? new RegExp(name, "u")
      : new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, "iu")
  );
  return [...names, new RegExp(`(?<![\\p{L}\\p{N}])${coin}(?![\\p{L}\\p{N}])`, "u")];
}
