import type { Pipeline } from "../../agents/agent.ts";
import type { Analysis } from "../../agents/contracts.ts";
import { analysisOf, type Desk, statedForecast } from "../../agents/desk.ts";
import { BAR_MS, BARS_PER_DAY } from "../../core/universe.ts";
import { signalOf } from "../../features/market_view.ts";
import { SIGNAL_NAMES } from "../../features/signals/signals.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";
import { RECKONED_SLIPPAGE } from "../../inventory/trader/styles/market.ts";
import type { CoinBars, ColumnName, Panel } from "../../market/panel.ts";
import type { Mask } from "./mask.ts";
import type { Observation } from "./observation.ts";
import { shownNews } from "./shown_news.ts";

/** Closes that are shown: four days. */
const SHOWN_BARS = 24;
/** Bars over which returns are stated: one bar, a day, a week, a month. */
const RETURN_BARS = [1, 6, 42, 180] as const;
const HOUR_MS = 3_600_000;

/** What research says about a market: the series that observations are cut from. */
export interface Research {
  /** Its market and costs. */
  readonly desk: Desk;
  /** What the analyst reads. */
  readonly analysis: Analysis;
  /** What the researcher forecasts, with quantiles. */
  readonly forecast: Forecast;
}

/** The research of a pipeline's analyst and researcher on a desk, quantiles included; computed once, read at any row. */
export function researchOf(desk: Desk, pipeline: Pipeline): Research {
  return { desk, analysis: analysisOf(desk, pipeline), forecast: statedForecast(desk, pipeline) };
}

/**
 * What is known of a coin at the close of a row. It reads rows <= row of every series and nothing of any account.
 *
 * @param row Row of the desk's market.
 * @param coin Index of the coin.
 */
export function observe(
  { desk, analysis, forecast }: Research,
  row: number,
  coin: number,
  mask: Mask,
): Observation {
  const { market } = desk, { panel } = market;
  const bars = panel.coins[coin]!, read = analysis.coins[coin]!;
  const [bull, bear, side] = read.regimes.subarray(3 * row, 3 * row + 3);
  return {
    version: 1,
    asset: mask.coins ? `asset ${coin + 1}` : bars.coin,
    closedAt: mask.dates ? null : new Date(panel.openTime[row]! + BAR_MS).toISOString(),
    barHours: BAR_MS / HOUR_MS,
    roundTripCost: short(2 * (desk.arena.takerFee + RECKONED_SLIPPAGE)),
    prices: { ...shownPrices(bars, row), returns: shownReturns(bars, row) },
    research: {
      trend: short(read.trend[row]!),
      sdPerBar: short(read.sd[row]!),
      regimes: { bull: short(bull!), bear: short(bear!), side: short(side!) },
      forecasts: shownForecasts(forecast, row, coin),
    },
    derivatives: shownDerivatives(panel, bars, row),
    market: Object.fromEntries(SIGNAL_NAMES.map((name) => [name, short(signalOf(market, name)[row]!)])),
    ...shownNews(panel, row, coin, mask),
  };
}

/** Four significant digits: all that anybody can weigh, and fewer tokens. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}

function shownPrices({ close, high, low }: CoinBars, row: number) {
  const from = Math.max(0, row + 1 - SHOWN_BARS), base = close[row]! / 100;
  const rebased = (price: number) => Number((price / base).toFixed(2));
  return {
    closes: Array.from(close.subarray(from, row + 1), rebased),
    high: rebased(Math.max(...high.subarray(from, row + 1))),
    low: rebased(Math.min(...low.subarray(from, row + 1))),
  };
}

function shownReturns({ close }: CoinBars, row: number): Record<string, number> {
  return Object.fromEntries(
    RETURN_BARS.filter((bars) => bars <= row).map((bars) => [
      `${bars}`,
      short(close[row]! / close[row - bars]! - 1),
    ]),
  );
}

function shownForecasts({ coins, horizons, levels }: Forecast, row: number, coin: number) {
  const { mean, sd, pUp, quantiles } = coins[coin]!;
  return horizons.map((bars, h) => ({
    bars,
    mean: short(mean[h]![row]!),
    sd: short(sd[h]![row]!),
    pUp: short(pUp[h]![row]!),
    quantiles: Object.fromEntries(
      levels.map((level, i) => [`${level}`, short(quantiles[h]![row * levels.length + i]!)]),
    ),
  }));
}

function shownDerivatives({ missing }: Panel, bars: CoinBars, row: number): Observation["derivatives"] {
  const known = (name: ColumnName, value: number) =>
    missing.includes(name) || !Number.isFinite(value) ? null : short(value);
  const { fundingRate, openInterest, longRatio } = bars;
  const from = Math.max(0, row + 1 - SHOWN_BARS), shown = fundingRate.subarray(from, row + 1);
  const dayBefore = openInterest[Math.max(0, row - BARS_PER_DAY)]!;
  return {
    fundingRate: known("fundingRate", fundingRate[row]!),
    fundingMean: known("fundingRate", shown.reduce((sum, rate) => sum + rate, 0) / shown.length),
    openInterestChange: known("openInterest", openInterest[row]! / dayBefore - 1),
    longRatio: known("longRatio", longRatio[row]!),
  };
}
