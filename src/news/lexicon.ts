/** What single words say of a price, as data: the fallback where no language model reads the news. */

/** Words that speak for a rise, by strength. Each is looked up as a whole word. */
const UP: Readonly<Record<number, string>> = {
  2: "soars soar soared skyrockets skyrocketed surges surge surged record all-time approval approved approves breakout 暴涨 飙升 批准",
  1: "rallies rally rallied rises rise rose gains gain gained climbs climb climbed jumps jump jumped rebounds rebound " +
    "recovers recovery bullish inflow inflows adoption adopts accumulates accumulation upgrade upgrades partnership " +
    "partners listing lists support supports tops beats easing cut outperforms buys accelerate 上涨 利好 反弹 流入 看涨",
  0.5: "steadies stabilizes optimism optimistic higher up growth launches expands strong 回升 乐观",
};

/** Words that speak for a fall. */
const DOWN: Readonly<Record<number, string>> = {
  2: "crashes crash crashed plunges plunge plunged collapses collapse collapsed hack hacked exploit exploited bankruptcy " +
    "bankrupt insolvent fraud halts halted delisting delists delisted ban bans banned 暴跌 崩盘 破产 被盗 禁止",
  1: "falls fall fell drops drop dropped slides slide slid declines decline declined tumbles tumble tumbled sinks sink " +
    "sank bearish outflow outflows sell-off selloff liquidations liquidated lawsuit sues sued charges charged probe " +
    "investigation outage delay delays delayed rejects rejected tariffs hike hikes warns warning 下跌 利空 流出 看跌 起诉",
  0.5: "lower down weak weakness concerns fears uncertainty pressure cautious slows 担忧 回落",
};

/** Words that turn what follows within three words around. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  "not no never without denies denied isn't doesn't won't can't didn't fails unlikely".split(" "),
);

/** Weight of each word, in [-2, 2]. */
export const SENTIMENT: ReadonlyMap<string, number> = new Map([
  ...weighted(UP, 1),
  ...weighted(DOWN, -1),
]);

function weighted(lists: Readonly<Record<number, string>>, sign: 1 | -1): [string, number][] {
  return Object.entries(lists).flatMap(([weight, list]) =>
    list.split(" ").map((word): [string, number] => [word, sign * Number(weight)])
  );
}

/** Kinds of event, told by their words; the one with most words in a text is taken, the first of equals. */
export const EVENT_TYPES = [
  "regulation",
  "security",
  "etf",
  "macro",
  "exchange",
  "technology",
  "flows",
  "price",
  "other",
] as const satisfies readonly NewsEventType[];
/** Kind of an event. */
export type NewsEventType =
  | "regulation"
  | "security"
  | "etf"
  | "macro"
  | "exchange"
  | "technology"
  | "flows"
  | "price"
  | "other";

/** What each kind of event is told by. */
export const EVENT_WORDS: Readonly<Record<Exclude<NewsEventType, "other">, ReadonlySet<string>>> = {
  regulation: set(
    "sec cftc regulator regulators regulation lawsuit sues sued court judge senate bill law ban bans 监管 起诉",
  ),
  security: set(
    "hack hacked exploit exploited breach stolen theft phishing attack drained vulnerability 被盗 黑客",
  ),
  etf: set("etf etfs etp blackrock grayscale 21shares"),
  macro: set(
    "fed federal inflation cpi rates rate tariffs powell treasury jobs payrolls gdp ecb recession 通胀 加息 降息",
  ),
  exchange: set("exchange listing lists delisting delists binance coinbase kraken bybit okx outage 交易所"),
  technology: set("upgrade mainnet fork validators network protocol testnet developers release client"),
  flows: set(
    "inflow inflows outflow outflows whale whales wallet wallets reserves accumulation liquidations liquidated 流入 流出",
  ),
  price: set(
    "price prices rallies rally surges soars falls drops plunges slides trades high low breakout 上涨 下跌",
  ),
};

function set(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

/** How long an event is felt, by its kind. */
export const EVENT_HORIZON: Readonly<Record<NewsEventType, "hours" | "days" | "weeks">> = {
  regulation: "weeks",
  security: "days",
  etf: "days",
  macro: "days",
  exchange: "days",
  technology: "weeks",
  flows: "hours",
  price: "hours",
  other: "hours",
};

/** Names by which people and bodies are recognised, as written. */
export const ENTITIES: readonly string[] = [
  "SEC",
  "CFTC",
  "Fed",
  "Federal Reserve",
  "ECB",
  "BlackRock",
  "Grayscale",
  "Fidelity",
  "MicroStrategy",
  "Tether",
  "Circle",
  "Binance",
  "Coinbase",
  "Kraken",
  "Bybit",
  "OKX",
  "Ripple",
  "Tesla",
  "Powell",
  "Trump",
];
