import { simpleReturns } from "../core/series.ts";
import { BARS_PER_YEAR, type Coin } from "../core/universe.ts";
import { fundingPer8Hours, settlementsOf } from "../market/funding.ts";
import type { Panel } from "../market/panel.ts";
import {
  HIGH_VOLATILITY,
  TREND_NAMES,
  trendRegimes,
  UNKNOWN_VOLATILITY,
  volatilityRegimes,
} from "../market/regimes.ts";
import { mean, standardDeviation } from "../stats/moments.ts";

/** Rows before a trend has its window; they carry no label of their own. */
const TREND_WARM_UP = 180;

/** What one coin's bars look like as a whole. Shares and rates are fractions. */
export interface CoinSummary {
  readonly coin: Coin;
  readonly rows: number;
  /** Open times of the first and the last bar, ms UTC. */
  readonly first: number;
  readonly last: number;
  /** Closes of the first and the last bar, USDT. */
  readonly firstClose: number;
  readonly lastClose: number;
  /** Standard deviation of simple close returns, annualised. */
  readonly volatility: number;
  /** Mean rate over the settlements, each per 8 h. */
  readonly meanFunding: number;
  /** Shares of rows in each trend, over rows that have one; null while there are too few rows. */
  readonly trend: Readonly<Record<typeof TREND_NAMES[number], number>> | null;
  /** Share of rows of high volatility, over rows whose volatility can be told; null where none can. */
  readonly highVolatility: number | null;
}

/** Describes every coin of a panel. Regimes are each coin's own, labelled from its past alone. */
export function marketSummary(panel: Panel): CoinSummary[] {
  const { openTime, rows } = panel;
  return panel.coins.map(({ coin, close }, i) => {
    const settlements = settlementsOf(panel, i);
    const trend = trendRegimes(close).subarray(TREND_WARM_UP);
    const volatility = volatilityRegimes(close).filter((state) => state !== UNKNOWN_VOLATILITY);
    return {
      coin,
      rows,
      first: openTime[0]!,
      last: openTime[rows - 1]!,
      firstClose: close[0]!,
      lastClose: close[rows - 1]!,
      volatility: standardDeviation(simpleReturns(close).subarray(1)) * Math.sqrt(BARS_PER_YEAR),
      meanFunding: mean(fundingPer8Hours(panel, i).filter((_, t) => settlements[t] === 1)),
      trend: trend.length === 0 ? null : {
        bull: share(trend, TREND_NAMES.indexOf("bull")),
        bear: share(trend, TREND_NAMES.indexOf("bear")),
        side: share(trend, TREND_NAMES.indexOf("side")),
      },
      highVolatility: volatility.length === 0 ? null : share(volatility, HIGH_VOLATILITY),
    };
  });
}

function share(states: Int8Array, state: number): number {
  return states.reduce((sum, value) => sum + Number(value === state), 0) / states.length;
}
