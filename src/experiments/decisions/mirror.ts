/** Markets seen in a mirror: whoever decides by what is shown, not by habit, mirrors the decision too. */
import type { Observation } from "../language/observation.ts";

/** The observation in which every price p of the past is 100^2 / p: gains are losses, bulls are bears. */
export function mirrored(observation: Observation): Observation {
  const { prices, research, derivatives, market } = observation;
  return {
    ...observation,
    prices: {
      closes: prices.closes.map((price) => digits(1e4 / price, 6)),
      high: digits(1e4 / prices.low, 6),
      low: digits(1e4 / prices.high, 6),
      returns: mapped(prices.returns, mirroredReturn),
    },
    research: {
      ...research,
      trend: -research.trend || 0,
      regimes: { ...research.regimes, bull: research.regimes.bear, bear: research.regimes.bull },
      forecasts: research.forecasts.map((forecast) => ({
        ...forecast,
        mean: -forecast.mean || 0,
        pUp: digits(1 - forecast.pUp, 4),
        quantiles: mirroredQuantiles(forecast.quantiles),
      })),
    },
    derivatives: {
      ...derivatives,
      fundingRate: derivatives.fundingRate && -derivatives.fundingRate,
      fundingMean: derivatives.fundingMean && -derivatives.fundingMean,
      longRatio: derivatives.longRatio && digits(1 - derivatives.longRatio, 4),
    },
    market: mapped(market as Readonly<Record<string, number>>, (score) => -score || 0),
  };
}

/** The return of 1 / p where p returned r. */
function mirroredReturn(r: number): number {
  return digits(1 / (1 + r) - 1, 4);
}

/** The quantile at level 1 - l is minus that at l: of a log return exactly, of a simple one to first order. */
function mirroredQuantiles(quantiles: Readonly<Record<string, number>>): Record<string, number> {
  const levels = Object.keys(quantiles).sort((a, b) => Number(a) - Number(b));
  return Object.fromEntries(
    levels.map((_, i) => [
      digits(1 - Number(levels[levels.length - 1 - i]), 4).toString(),
      -quantiles[levels[levels.length - 1 - i]!]! || 0,
    ]),
  );
}

function mapped(
  record: Readonly<Record<string, number>>,
  change: (value: number) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function digits(value: number, count: number): number {
  return Number(value.toPrecision(count));
}
