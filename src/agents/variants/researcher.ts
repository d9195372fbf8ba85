import type { GeneValues } from "../../genome/gene.ts";
import type { Identities, Variant } from "../variant.ts";

interface ResearcherStart {
  readonly horizons: readonly [number, number, number];
  readonly calibrationWindow: number;
  readonly shrinkage: number;
  /** Genes of the methods that start elsewhere than the method declares. */
  readonly own?: GeneValues;
}

function researcher(
  name: string,
  summary: string,
  { horizons, calibrationWindow, shrinkage, own = {} }: ResearcherStart,
  identity: Pick<Identities["researcher"], "levels" | "forecasting"> & Partial<Identities["researcher"]>,
): Variant<"researcher"> {
  const [shortHorizon, middleHorizon, longHorizon] = horizons;
  return {
    name,
    role: "researcher",
    summary,
    start: { shortHorizon, middleHorizon, longHorizon, calibrationWindow, shrinkage, ...own },
    identity: { uncertainty: null, calibration: null, ...identity },
  };
}

/** The five researchers. Horizons and calibration windows in bars. */
export const researcherVariants: readonly Variant<"researcher">[] = [
  researcher(
    "statistical",
    "ARIMA with the analyst's features as exogenous regressors; block-bootstrap intervals",
    { horizons: [2, 6, 12], calibrationWindow: 100, shrinkage: .3 },
    { levels: [.05, .25, .5, .75, .95], forecasting: "arimax", uncertainty: "blockBootstrap" },
  ),
  researcher(
    "ensemble",
    "Drift, two ridges and an autoregression, weighted by past loss; their spread widens the interval",
    { horizons: [2, 6, 12], calibrationWindow: 50, shrinkage: .3 },
    { levels: [.1, .5, .9], forecasting: "ensemble", calibration: "rollingErrors" },
  ),
  researcher(
    "bayesian",
    "Conjugate regression with its prior at the floor; Student-t predictive distribution",
    { horizons: [2, 6, 12], calibrationWindow: 200, shrinkage: .4 },
    { levels: [.05, .5, .95], forecasting: "bayesian" },
  ),
  researcher(
    "quantile",
    "Linear quantile regression at seven levels; mean and width are read off its quantiles",
    { horizons: [2, 6, 12], calibrationWindow: 150, shrinkage: .3 },
    { levels: [.01, .05, .25, .5, .75, .95, .99], forecasting: "quantileRegression" },
  ),
  researcher(
    "adaptive",
    "Recursive least squares under four forgetting factors, weighted by discounted loss",
    { horizons: [1, 4, 8], calibrationWindow: 30, shrinkage: .3 },
    { levels: [.1, .5, .9], forecasting: "adaptive", calibration: "trackedErrors" },
  ),
];
