/** The finite observation in which a champion is told of: ten numbers of a coin at a close, without coin, date or price. */
import type { Pipeline } from "../../agents/agent.ts";
import { analysisOf, type Desk, forecastOf } from "../../agents/desk.ts";

/** What each number is. Returns, means, sds and rates are fractions. */
export const DISTILLED_FEATURES = {
  trend: "direction and strength of the move under way as the team's analyst reads it, -1 to 1",
  sdPerBar: "sd of one bar's return",
  bull: "probability of a bull regime",
  bear: "probability of a bear regime",
  expected: "return that the team's researcher expects over its middle horizon",
  edge: "that expected return over its sd",
  pUp: "probability of a rise over the middle horizon",
  return6: "return over the last 6 bars, a day",
  return42: "return over the last 42 bars, a week",
  fundingRate: "funding rate",
} as const satisfies Readonly<Record<string, string>>;
/** Name of one of them. */
export type DistilledFeature = keyof typeof DISTILLED_FEATURES;

/** Their names, in the order in which they are shown. */
export const FEATURE_NAMES = Object.keys(DISTILLED_FEATURES) as readonly DistilledFeature[];

/** A feature's value at the close of a row; NaN where it is not known. */
export type FeatureReader = (feature: DistilledFeature, row: number, coin: number) => number;

/** The middle of a researcher's three horizons. */
const MIDDLE = 1;

/** What a pipeline itself reads and expects, row by row; a value at a row reads rows up to it. */
export function featureReader(desk: Desk, pipeline: Pipeline): FeatureReader {
  const { panel } = desk.market;
  const analysis = analysisOf(desk, pipeline), forecast = forecastOf(desk, pipeline);
  const hasFunding = !panel.missing.includes("fundingRate");
  return (feature, row, coin) => {
    const { trend, sd, regimes } = analysis.coins[coin]!, { close, fundingRate } = panel.coins[coin]!;
    const { mean, sd: spread, pUp } = forecast.coins[coin]!;
    const change = (bars: number) => row < bars ? NaN : close[row]! / close[row - bars]! - 1;
    switch (feature) {
      case "trend":
        return trend[row]!;
      case "sdPerBar":
        return sd[row]!;
      case "bull":
        return regimes[3 * row]!;
      case "bear":
        return regimes[3 * row + 1]!;
      case "expected":
        return mean[MIDDLE]![row]!;
      case "edge":
        return mean[MIDDLE]![row]! / spread[MIDDLE]![row]!;
      case "pUp":
        return pUp[MIDDLE]![row]!;
      case "return6":
        return change(6);
      case "return42":
        return change(42);
      case "fundingRate":
        return hasFunding ? fundingRate[row]! : NaN;
    }
  };
}
