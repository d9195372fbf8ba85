import { firstRows, type MarketView, returnsOf, volatilityOf } from "../../features/market_view.ts";
import type { GeneValues } from "../../genome/gene.ts";
import { methodNamed } from "../../inventory/pools.ts";
import type { CalibrationInput } from "../../inventory/researcher/calibration/calibration.ts";
import type { ForecastingInput } from "../../inventory/researcher/forecasting/forecasting.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";
import { withProbabilities } from "../../inventory/researcher/probabilities/probability.ts";
import type { ForecastTask } from "../../inventory/researcher/task.ts";
import { analystRole } from "../analyst/role.ts";
import type { Agent } from "../agent.ts";
import type { Analysis } from "../contracts.ts";
import type { RoleInputs } from "../role_record.ts";
import { unitOf, widthOf } from "./shared_width.ts";

/**
 * Runs a researcher over an analysis: its method regresses what came after on the analyst's trend and
 * features (nothing at all where the analyst has none) and forecasts three horizons. Row t reads rows <= t.
 *
 * @param seedLabel Labels of all agents upstream and this one; seeds what is random inside a method. The hash of
 *   the rows must not: it reads the last one, and every draw before it would.
 */
export function research(
  agent: Agent<"researcher">,
  market: MarketView,
  analysis: Analysis,
  seedLabel: string,
  straightLine = true,
  stated = true,
): Forecast {
  const { variant: { identity }, genes } = agent;
  const task = { ...forecastTask(agent, market, analysis, seedLabel), straightLine, stated };
  const forecast = methodNamed("researcher.forecasting", identity.forecasting)
    .run(forecastingInput(agent, task), genes);
  return identity.probabilities === undefined
    ? forecast
    : withProbabilities(forecast, task, (input) =>
      methodNamed("researcher.probabilities", identity.probabilities!).run(input, genes));
}

/** A task with the ways to calibrate and to draw that a researcher names. */
function forecastingInput({ variant, genes }: Agent<"researcher">, task: ForecastTask): ForecastingInput {
  const { calibration, uncertainty } = variant.identity;
  const calibrate = calibration === null ? null : methodNamed("researcher.calibration", calibration);
  const sampler = uncertainty === null ? null : methodNamed("researcher.uncertainty", uncertainty);
  return {
    task,
    calibrate: calibrate && ((input: CalibrationInput) => calibrate.run(input, genes)),
    sample: sampler && sampler.run(task, genes),
  };
}

/** What a researcher has learned of its methods' genes by a row; empty where its forecaster learns nothing of them. */
export function learnedByResearcher(
  agent: Agent<"researcher">,
  { market, upstream, seedLabel }: RoleInputs<"researcher">,
  row: number,
): GeneValues {
  const { learned } = methodNamed("researcher.forecasting", agent.variant.identity.forecasting);
  if (learned === undefined) return {};
  const known = firstRows(market, row + 1); // later rows tell nothing of it
  const task = forecastTask(agent, known, analystRole.slice(upstream(), 0, row + 1), seedLabel);
  return learned(forecastingInput(agent, task), agent.genes, row);
}

/** What a researcher asks its method: the analyst's readings as regressors, the market's returns and shared widths. */
export function forecastTask(
  { variant, genes }: Agent<"researcher">,
  market: MarketView,
  analysis: Analysis,
  seedLabel: string,
): ForecastTask {
  const horizons = ascendingHorizons(genes);
  return {
    rows: analysis.rows,
    firstRow: market.panel.firstRow,
    coins: market.panel.coins.map(({ coin }) => coin),
    width: designWidth(analysis),
    design: designOf(analysis),
    returns: analysis.coins.map((_, coin) => returnsOf(market, coin)),
    sd: analysis.coins.map(({ sd }, coin) => unitOf(volatilityOf(market, coin), sd)),
    horizons,
    levels: variant.identity.levels,
    widths: horizons.map((horizon) => widthOf(market, horizon)),
    calibrationWindow: genes.calibrationWindow!,
    shrinkage: genes.shrinkage!,
    seedLabel,
  };
}

/** Designs are brought to a multiple of so many columns, intercept included. */
const COLUMNS = 7;

/**
 * Regressors of a design: trend and features, and columns of zeros up to a common width, so that regressions of all
 * declared analysts are of one size and run through the same code. A column of zeros gets a coefficient of 0.
 */
function designWidth({ width }: Analysis): number {
  return width === 0 ? 0 : Math.ceil((width + 2) / COLUMNS) * COLUMNS - 1;
}

/** Designs that were made, by analysis: all researchers behind an analyst regress on the same one. */
const designs = new WeakMap<Analysis, readonly Float64Array[]>();

/** Regressors of every coin. Nobody writes to them. */
function designOf(analysis: Analysis): readonly Float64Array[] {
  const known = designs.get(analysis);
  if (known !== undefined) return known;
  const made = analysis.coins.map((_, coin) => designOfCoin(analysis, coin));
  designs.set(analysis, made);
  return made;
}

/** Regressors of one coin: the trend in twice its unit scale, then the features, then zeros; row-major. */
function designOfCoin(analysis: Analysis, coin: number): Float64Array {
  const { trend, features } = analysis.coins[coin]!, width = designWidth(analysis);
  const design = new Float64Array(analysis.rows * width);
  if (width === 0) return design;
  for (let t = 0; t < analysis.rows; t++) {
    const at = t * width, from = t * analysis.width;
    design[at] = 2 * trend[t]!;
    for (let i = 0; i < analysis.width; i++) design[at + 1 + i] = features[from + i]!;
  }
  return design;
}

/** Three horizons in ascending order: learning may cross them, their order is what they mean. */
function ascendingHorizons(genes: GeneValues): readonly [number, number, number] {
  const sorted = [genes.shortHorizon!, genes.middleHorizon!, genes.longHorizon!].sort((a, b) => a - b);
  return [sorted[0]!, sorted[1]!, sorted[2]!];
}
