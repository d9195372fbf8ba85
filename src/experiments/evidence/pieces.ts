/** A strategy's account by part of its rows: where and when it earned. */
import { TREND_NAMES, VOLATILITY_NAMES } from "../../market/regimes.ts";
import { combinatorialSplits } from "../../market/splits.ts";
import { annualSharpe } from "../../stats/sharpe.ts";
import { type AccountSeries, barReturns } from "../account_series.ts";
import { COST_LEVELS, type Pieces } from "./evidence_cell.ts";

/** An account over the reported rows of its market. */
export interface PiecedAccount {
  readonly account: Pick<AccountSeries, "equity" | "fees" | "slippage" | "tradedNotional" | "startingEquity">;
  /** Net profit of each bar by coin, USDT; null where it is not known. */
  readonly coinProfit: Readonly<Record<string, Float64Array>> | null;
  /** Open of each bar, ms UTC; shape [rows]. */
  readonly openTime: Float64Array;
  /** Regimes as they were known when each bar opened; shape [rows] each. */
  readonly trend: Int8Array;
  readonly volatility: Int8Array;
}

/** Contiguous parts of equal length, in time. */
const FOLDS = 4;
/** Fewer bars say nothing of a Sharpe ratio: seven days. */
const LEAST_BARS = 42;

/** By fold, calendar quarter, trend and volatility the annual net Sharpe ratio, by coin the profit over equity. */
export function piecesOf({ account, coinProfit, openTime, trend, volatility }: PiecedAccount): Pieces {
  const returns = barReturns(account as AccountSeries, "net"), rows = returns.length;
  const by = (label: (t: number) => string | null, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, sharpeWhere(returns, (t) => label(t) === name)]));
  const folds = combinatorialSplits({ rows, groups: FOLDS, testGroups: 1, horizon: 0, embargo: 0 })
    .map(({ test }) => test[0]!);
  const quarters = [...new Set(Array.from(openTime, quarterOf))];
  return {
    fold: Object.fromEntries(
      folds.map(({ from, to }, i) => [`${i + 1}`, sharpeWhere(returns, (t) => t >= from && t < to)]),
    ),
    quarter: by((t) => quarterOf(openTime[t]!), quarters),
    trend: by((t) => TREND_NAMES[trend[t]!] ?? null, TREND_NAMES),
    volatility: by((t) => VOLATILITY_NAMES[volatility[t]!] ?? null, VOLATILITY_NAMES),
    coin: Object.fromEntries(
      Object.entries(coinProfit ?? {}).map(([coin, profit]) => [
        coin,
        profit.reduce((sum, one) => sum + one, 0) / account.startingEquity,
      ]),
    ),
  };
}

/**
 * Annual Sharpe ratio at each of COST_LEVELS: fees and slippage given back, then a cost per side on what was traded.
 * Trades stay as they were: agents that knew another cost would have traded otherwise.
 */
export function costCurve({ account }: Pick<PiecedAccount, "account">): (number | null)[] {
  const gross = barReturns(account as AccountSeries, "gross");
  return COST_LEVELS.map((cost) => {
    const net = gross.map((value, t) => {
      const before = t === 0 ? account.startingEquity : account.equity[t - 1]!;
      return before > 0 ? value - cost * account.tradedNotional[t]! / before : 0;
    });
    return sharpeWhere(net, () => true);
  });
}

/** "2023Q4" of an instant, UTC. */
function quarterOf(time: number): string {
  const date = new Date(time);
  return `${date.getUTCFullYear()}Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

/** Sharpe ratio of the bars that are in; null for too few, or where nothing moved. */
function sharpeWhere(returns: Float64Array, isIn: (t: number) => boolean): number | null {
  const own = returns.filter((_, t) => isIn(t));
  return own.length < LEAST_BARS || own.every((value) => value === 0) ? null : annualSharpe(own);
}
