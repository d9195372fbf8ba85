import { type MarketView, returnsOf } from "../../features/market_view.ts";
import type { GeneValues } from "../../genome/gene.ts";
import { methodNamed } from "../../inventory/pools.ts";
import type { CalibrationInput } from "../../inventory/researcher/calibration/calibration.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";
import type { ForecastTask } from "../../inventory/researcher/task.ts";
import type { Agent } from "../agent.ts";
import type { Analysis } from "../contracts.ts";

/**
 * Runs a researcher over an analysis: its method regresses what came after on the analyst's trend and
 * features (nothing at all where the analyst has none) and forecasts three horizons. Row t reads rows <= t.
 *
 * @param seedLabel Labels of all agents upstream and this one; seeds what is random inside a method. The hash of
 *   the rows must not: it reads the last one, and every draw before it would.
 */
export function research(
  { variant, genes }: Agent<"researcher">,
  market: MarketView,
  analysis: Analysis,
  seedLabel: string,
  straightLine = true,
  stated = true,
): Forecast {
  const { identity } = variant;
  const task: ForecastTask = {
    rows: analysis.rows,
    firstRow: market.panel.firstRow,
    coins: market.panel.coins.map(({ coin }) => coin),
    width: analysis.width === 0 ? 0 : analysis.width + 1,
    design: designOf(analysis),
    returns: analysis.coins.map((_, coin) => returnsOf(market, coin)),
    sd: analysis.coins.map(({ sd }) => sd),
    horizons: ascendingHorizons(genes),
    levels: identity.levels,
    calibrationWindow: genes.calibrationWindow!,
    shrinkage: genes.shrinkage!,
    seedLabel,
    straightLine,
    stated,
  };
  const { calibration, uncertainty } = identity;
  const calibrate = calibration === null ? null : methodNamed("researcher.calibration", calibration);
  const sampler = uncertainty === null ? null : methodNamed("researcher.uncertainty", uncertainty);
  return methodNamed("researcher.forecasting", identity.forecasting).run({
    task,
    calibrate: calibrate && ((input: CalibrationInput) => calibrate.run(input, genes)),
    sample: sampler && sampler.run(task, genes),
  }, genes);
}

/** Designs that were made, by analysis: all researchers behind an analyst regress on the same one. */
const designs = new WeakMap<Analysis, readonly Float64Array[]>();

/** Regressors of every coin: the trend in twice its unit scale, then the features; row-major. Nobody writes to them. */
function designOf(analysis: Analysis): readonly Float64Array[] {
  const known = designs.get(analysis);
  if (known !== undefined) return known;
  const made = analysis.coins.map((_, coin) => designOfCoin(analysis, coin));
  designs.set(analysis, made);
  return made;
}

function designOfCoin(analysis: Analysis, coin: number): Float64Array {
  const { trend, features } = analysis.coins[coin]!;
  if (analysis.width === 0) return new Float64Array(0);
  const width = analysis.width + 1;
  const design = new Float64Array(analysis.rows * width);
  for (let t = 0; t < analysis.rows; t++) {
    design[t * width] = 2 * trend[t]!;
    for (let i = 1; i < width; i++) design[t * width + i] = features[t * analysis.width + i - 1]!;
  }
  return design;
}

/** Three horizons in ascending order: learning may cross them, their order is what they mean. */
function ascendingHorizons(genes: GeneValues): readonly [number, number, number] {
  const sorted = [genes.shortHorizon!, genes.middleHorizon!, genes.longHorizon!].sort((a, b) => a - b);
  return [sorted[0]!, sorted[1]!, sorted[2]!];
}
