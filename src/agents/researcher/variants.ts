import { adaptive } from "../../inventory/forecasting/adaptive.ts";
import { arimax } from "../../inventory/forecasting/arimax.ts";
import { bayesian } from "../../inventory/forecasting/bayesian.ts";
import { ensemble } from "../../inventory/forecasting/ensemble.ts";
import { quantileRegression } from "../../inventory/forecasting/quantile_regression.ts";
import type { ForecastTask } from "../../inventory/forecasting/task.ts";
import type { Forecast } from "../contracts.ts";
import type { Gene, GeneValues } from "../genome.ts";
import { integer, linear, log } from "../genes.ts";
import type { Variant } from "../variant.ts";

/** What never moves in a researcher: the quantile levels it states and its method. */
export interface ResearcherIdentity {
  readonly levels: readonly number[];
  /** The method, with the variant's own genes handed to it. */
  readonly forecast: (task: ForecastTask, genes: GeneValues) => Forecast;
}
export type ResearcherVariant = Variant<ResearcherIdentity> & { readonly role: "researcher" };

interface ResearcherStart {
  readonly horizons: readonly [number, number, number];
  readonly calibrationWindow: number;
  readonly shrinkage: number;
}

function researcher(
  name: string,
  summary: string,
  start: ResearcherStart,
  own: readonly { readonly gene: Gene; readonly start: number }[],
  identity: ResearcherIdentity,
): ResearcherVariant {
  const [shortHorizon, middleHorizon, longHorizon] = start.horizons;
  return {
    name,
    role: "researcher",
    summary,
    start: {
      shortHorizon,
      middleHorizon,
      longHorizon,
      calibrationWindow: start.calibrationWindow,
      shrinkage: start.shrinkage,
      ...Object.fromEntries(own.map((entry) => [entry.gene.name, entry.start])),
    },
    own: own.map((entry) => entry.gene),
    identity,
    warmUp: 360,
  };
}

/** Rows over which a regression forgets half. */
const memory = (start: number) => ({ gene: integer("memory", 180, 2880), start });

/** The five researchers. Horizons and calibration windows in bars. */
export const researcherVariants: readonly ResearcherVariant[] = [
  researcher(
    "statistical",
    "ARIMA with the analyst's features as exogenous regressors; block-bootstrap intervals",
    { horizons: [2, 6, 12], calibrationWindow: 100, shrinkage: .3 },
    [memory(720), { gene: integer("block", 1, 30), start: 6 }],
    {
      levels: [.05, .25, .5, .75, .95],
      forecast: (task, genes) => arimax(task, { memory: genes.memory!, draws: 200, block: genes.block! }),
    },
  ),
  researcher(
    "ensemble",
    "Drift, two ridges and an autoregression, weighted by past loss; their spread widens the interval",
    { horizons: [2, 6, 12], calibrationWindow: 50, shrinkage: .3 },
    [memory(1440), { gene: integer("shortMemory", 90, 1440), start: 360 }, {
      gene: log("rate", .1, 50),
      start: 5,
    }],
    {
      levels: [.1, .5, .9],
      forecast: (task, genes) =>
        ensemble(task, {
          memory: genes.memory!,
          shortMemory: genes.shortMemory!,
          drift: genes.shortMemory! / 2,
          rate: genes.rate!,
          lossMemory: 720,
        }),
    },
  ),
  researcher(
    "bayesian",
    "Conjugate regression with a prior at zero; Student-t predictive distribution",
    { horizons: [2, 6, 12], calibrationWindow: 200, shrinkage: .4 },
    [memory(2000), { gene: linear("priorShape", 2, 50), start: 10 }],
    {
      levels: [.05, .5, .95],
      forecast: (task, genes) => bayesian(task, { memory: genes.memory!, priorShape: genes.priorShape! }),
    },
  ),
  researcher(
    "quantile",
    "Linear quantile regression at seven levels; the mean is read off its quantiles",
    { horizons: [2, 6, 12], calibrationWindow: 150, shrinkage: .3 },
    [memory(1440)],
    {
      levels: [.01, .05, .25, .5, .75, .95, .99],
      forecast: (task, genes) => quantileRegression(task, { memory: genes.memory! }),
    },
  ),
  researcher(
    "adaptive",
    "Recursive least squares under four forgetting factors, weighted by discounted loss",
    { horizons: [1, 4, 8], calibrationWindow: 30, shrinkage: .3 },
    [{ gene: log("rate", .1, 50), start: 5 }, { gene: integer("lossMemory", 30, 1440), start: 360 }],
    {
      levels: [.1, .5, .9],
      forecast: (task, genes) => adaptive(task, { rate: genes.rate!, lossMemory: genes.lossMemory! }),
    },
  ),
];
