/** On what terms a back-test trades: the house's rules or plain ones. */
import type { Coin } from "../core/universe.ts";
import { bybitCosts } from "../simulation/costs.ts";
import { shown } from "../core/shown.ts";
import { hint, requireKeys, requireKnown } from "../core/known_names.ts";
import type { Market } from "./market.ts";
import { requireMarket } from "./request_checks.ts";
import { MOST_IMPACT } from "./term_ranges.ts";

/** What trading costs; fees and slip are fractions, at most 0.05. What is left out follows from the rules. */
export interface BacktestCosts {
  /** Fee of market orders and stops. */
  readonly fee?: number;
  /** Fee of take-profits, which rest in the book. */
  readonly makerFee?: number;
  /** What a market order loses against the price it is sent at, the same for all coins. */
  readonly slip?: number;
  /** Y of the square-root impact law, at most 10; 0 for none. */
  readonly impact?: number;
  /** Largest position as a share of the median bar's turnover; Infinity for no cap. */
  readonly participation?: number;
  /** Whether funding is paid and received. */
  readonly funding?: boolean;
}

/** How a back-test trades. */
export interface TradingTerms {
  /**
   * `house`: ticks, lots, least orders, margin by the mark price, fees and funding of the exchange, impact, a cap by
   * turnover. `plain`: constant fee (5.5 bp) and slip (2 bp), fractional lots, no ticks, no cap, no funding, margin by
   * the last price, so that results compare with other back-testers.
   */
  readonly rules?: "house" | "plain";
  /** What differs from the rules' own costs. */
  readonly costs?: BacktestCosts;
  /**
   * Where the decision at a bar's close is filled: at the `open` of the next bar, or at that very `close`, which many
   * back-testers do and nobody can. It is done by letting each bar open where the one before closed; what the last bar
   * decides is then filled too, and booked in it.
   */
  readonly fill?: "open" | "close";
  /** Coins that are traded; all of the market unless named. */
  readonly coins?: readonly Coin[];
}

/** Terms with nothing left out. */
export interface SettledTerms {
  readonly rules: "house" | "plain";
  readonly costs: Required<BacktestCosts>;
  readonly fill: "open" | "close";
  readonly coins: readonly Coin[];
}

const PLAIN_SLIP = 0.0002;

/** Largest fee and slip, fractions: 0.055 for 5.5 bp is a mistake. */
const MOST_FEE = 0.05;

/** Kinds of rules, and where decisions are filled. */
const RULES = ["house", "plain"], FILLS = ["open", "close"];
const COST_NAMES = ["fee", "makerFee", "slip", "impact", "participation", "funding"];

/**
 * Terms as they are used.
 *
 * @throws {RangeError} If a coin is not in the market, or named twice; if a word or a name is unknown, or a cost is out
 *   of its range.
 */
export function settledTerms(market: Market, terms: TradingTerms): SettledTerms {
  requireMarket(market);
  const { rules = "house", fill = "open", coins = market.coins, costs = {} } = terms;
  requireKnown("Cannot trade as rules", rules, RULES);
  requireKnown("Cannot trade as fill", fill, FILLS);
  requireCoins(market, coins);
  return { rules, costs: settledCosts(rules, costs), fill, coins };
}

function requireCoins(market: Market, coins: readonly Coin[]): void {
  const list: readonly unknown[] = Array.isArray(coins) ? coins : [];
  const odd = list.find((coin, i) => !market.coins.includes(coin as Coin) || list.indexOf(coin) !== i);
  if (odd === undefined && list.length > 0) return;
  throw new RangeError(
    `Cannot trade as coins must be different ones of ${
      market.coins.join(", ")
    }, in a list: current value is ` +
      `${list.length > 0 ? list.join(", ") : shown(coins)}.${hint(odd, market.coins)}`,
  );
}

function settledCosts(rules: SettledTerms["rules"], given: BacktestCosts): Required<BacktestCosts> {
  requireKeys("Cannot trade as costs", given, COST_NAMES);
  const { takerFee: fee, makerFee, impact, participation } = bybitCosts;
  const defaults: Required<BacktestCosts> = rules === "house"
    ? { fee, makerFee, slip: NaN, impact, participation, funding: true } // NaN: each coin's own half-spread
    : { fee, makerFee: fee, slip: PLAIN_SLIP, impact: 0, participation: Infinity, funding: false };
  const costs = { ...defaults, ...given };
  for (const name of ["fee", "makerFee", "slip", "impact"] as const) {
    const value = costs[name];
    const ownSpread = name === "slip" && rules === "house" && Number.isNaN(value);
    const most = name === "impact" ? MOST_IMPACT : MOST_FEE;
    if (ownSpread || (typeof value === "number" && value >= 0 && value <= most)) continue;
    throw new RangeError(
      `Cannot trade as costs.${name} must be ${
        name === "impact" ? "a factor" : "a fraction"
      } from 0 to ${most}: current value is ${shown(value)}`,
    );
  }
  if (!(typeof costs.participation === "number" && costs.participation > 0)) {
    throw new RangeError(
      `Cannot trade as costs.participation must be a number > 0, or Infinity for no cap: current value is ${
        shown(costs.participation)
      }`,
    );
  }
  if (typeof costs.funding !== "boolean") {
    throw new RangeError(
      `Cannot trade as costs.funding must be true or false: current value is ${shown(costs.funding)}`,
    );
  }
  return costs;
}
