/** How far an outlet is believed, by its domain: tiers as data, and what a tier weighs. */

/** 1 wires and papers of record, exchanges and authorities of their own; 2 trade press; 3 aggregators and blogs; 4 all else. */
export type Tier = 1 | 2 | 3 | 4;

/** Tiers from the most believed one down. */
export const TIERS: readonly Tier[] = [1, 2, 3, 4];

/** What a story of a tier weighs, and the most that all stories of the tier together weigh at any time. */
export const TIER_WEIGHT: Readonly<Record<Tier, { readonly story: number; readonly most: number }>> = {
  1: { story: 1, most: 4 },
  2: { story: 0.7, most: 3 },
  3: { story: 0.35, most: 1.5 },
  4: { story: 0.1, most: 0.5 }, // who is not known may flood, and moves little
};

const FIRST = [
  "reuters.com",
  "bloomberg.com",
  "ft.com",
  "wsj.com",
  "apnews.com",
  "afp.com",
  "nikkei.com",
  "economist.com",
  "bbc.co.uk",
  "bbc.com",
  "nytimes.com",
  "cnbc.com",
  "sec.gov",
  "cftc.gov",
  "federalreserve.gov",
  "treasury.gov",
  "ecb.europa.eu",
  "bis.org",
  "xinhuanet.com",
  "caixin.com",
];
const SECOND = [
  "coindesk.com",
  "theblock.co",
  "cointelegraph.com",
  "decrypt.co",
  "blockworks.co",
  "dlnews.com",
  "cryptoslate.com",
  "bitcoinmagazine.com",
  "forbes.com",
  "fortune.com",
  "marketwatch.com",
  "theguardian.com",
  "washingtonpost.com",
  "bybit.com",
  "coinbase.com",
  "kraken.com",
  "binance.com",
  "8btc.com",
];
const THIRD = [
  "yahoo.com",
  "investing.com",
  "benzinga.com",
  "u.today",
  "ambcrypto.com",
  "newsbtc.com",
  "beincrypto.com",
  "seekingalpha.com",
  "medium.com",
  "substack.com",
  "jinse.com",
  "sina.com.cn",
  "163.com",
];
/** Outlets of the synthetic stream: `.example` is reserved, so none of them can be real. */
const SYNTHETIC: readonly (readonly [string, Tier])[] = [
  ["wire.example", 1],
  ["ledgertimes.example", 1],
  ["chaindaily.example", 2],
  ["coinpost.example", 2],
  ["digest.example", 3],
  ["recap.example", 3],
];

const TIER_OF: ReadonlyMap<string, Tier> = new Map<string, Tier>([
  ...FIRST.map((domain) => [domain, 1] as const),
  ...SECOND.map((domain) => [domain, 2] as const),
  ...THIRD.map((domain) => [domain, 3] as const),
  ...SYNTHETIC,
]);

/** The tier of a registrable domain; 4 for one that is not listed. */
export function tierOf(domain: string): Tier {
  return TIER_OF.get(domain) ?? 4;
}
