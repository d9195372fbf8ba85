/** What each forecasting method of the inventory says on one market, and what each calibration covers. */
import * as z from "zod";
import { agentOf } from "../agents/agent.ts";
import { variantNamed } from "../agents/catalogue.ts";
import { analysisOf, type Desk } from "../agents/desk.ts";
import { forecastTask } from "../agents/researcher/research.ts";
import { widthOf } from "../agents/researcher/shared_width.ts";
import { startGenome } from "../agents/variant.ts";
import { BARS_PER_YEAR } from "../core/universe.ts";
import { methodNamed, POOLS } from "../inventory/pools.ts";
import { INTERVAL, LEVELS } from "../inventory/researcher/distribution/levels.ts";
import { quantileWriter, stretchOf } from "../inventory/researcher/distribution/shape.ts";
import { type Forecast, quantilesAt } from "../inventory/researcher/forecast.ts";
import type { ForecastTask } from "../inventory/researcher/task.ts";
import { crpsOfQuantiles } from "../stats/crps_quantiles.ts";

const count = z.int().min(0);

export const skillCellSchema = z.strictObject({
  method: z.string(),
  rows: count.describe("Rows that are judged, one bar ahead"),
  sum: z.number().describe("Score with mean zero less score, over the sd, mean over coins; summed over rows"),
  squares: z.number().describe("The same squared"),
  scale: z.number().describe("Score with mean zero, over the sd; summed over rows and coins"),
  shared: z.number().describe("The same of the shared width alone"),
  saved: z.number().describe("Shared less scale, mean over coins; summed over rows"),
  savedSquares: z.number().describe("The same squared"),
});
/** One method on one market. */
export type SkillCell = Readonly<z.output<typeof skillCellSchema>>;

export const coverageCellSchema = z.strictObject({
  calibration: z.string(),
  horizon: count.describe("Bars"),
  coin: z.string(),
  count: count.describe("Outcomes of the last year"),
  covered: count.describe("Inside the 90 % interval"),
  width: z.number().describe("Mean width of the interval, a fraction of price"),
});
/** One calibration on one coin over one horizon. */
export type CoverageCell = Readonly<z.output<typeof coverageCellSchema>>;

/** Horizons of a study, bars. */
const HORIZONS = [1, 6, 12] as const;
/** The analyst whose features are regressed on. */
const ANALYST = "technical";
/** The forecaster behind which calibrations are compared. */
const FORECASTER = "ridge";
const [LOW, HIGH] = INTERVAL;

/** What all methods are asked: the declared analyst's features, three horizons, the common genes of a middle course. */
function studyTask(desk: Desk): ForecastTask {
  const researcher = agentOf("researcher", startGenome(variantNamed("researcher", "bayesian")));
  const analyst = agentOf("analyst", startGenome(variantNamed("analyst", ANALYST)));
  const analysis = analysisOf(desk, { analyst, researcher: null, trader: null, risk: null });
  return {
    ...forecastTask(researcher, desk.market, analysis, "method study"),
    horizons: HORIZONS,
    widths: HORIZONS.map((horizon) => widthOf(desk.market, horizon)),
    levels: [.01, .05, .25, .5, .75, .95, .99], // those of the declared quantile regression
    stated: false,
    calibrationWindow: 100,
    shrinkage: .3,
  };
}

/** What a method with its own start genes forecasts, beside these ways to calibrate and to draw. */
function forecastBy(task: ForecastTask, method: string, calibration: string): Forecast {
  const { run, start } = methodNamed("researcher.forecasting", method);
  const calibrate = methodNamed("researcher.calibration", calibration);
  const sampler = methodNamed("researcher.uncertainty", "blockBootstrap");
  return run({
    task,
    calibrate: (input) => calibrate.run(input, calibrate.start),
    sample: sampler.run(task, sampler.start),
  }, { ...sampler.start, ...start });
}

/** Scores of every forecasting method from row `from` on, one bar ahead. */
export function skillCells(
  desk: Desk,
  from: number,
  methods: readonly string[] = Object.keys(POOLS["researcher.forecasting"]),
): SkillCell[] {
  const task = studyTask(desk);
  return methods.map((method) => ({
    method,
    ...scored(task, forecastBy(task, method, "rollingErrors"), from),
  }));
}

/**
 * The score of a forecast beside that of the same distribution moved to mean zero: what the mean is worth. Of coins of a row, which
 * move together, the mean is one observation; one bar ahead rows do not overlap.
 */
function scored(task: ForecastTask, forecast: Forecast, from: number) {
  const quantiles = new Float64Array(LEVELS.length), plain = new Float64Array(LEVELS.length);
  const write = quantileWriter(LEVELS), { coins } = forecast, shared = task.widths[0]!;
  let sum = 0, squares = 0, scale = 0, ofShared = 0, savedSum = 0, savedSquares = 0, rows = 0;
  for (let t = from; t + 1 < task.rows; t++, rows++) {
    let gained = 0, saved = 0;
    for (let c = 0; c < coins.length; c++) {
      const outcome = task.returns[c]![t + 1]!, sd = task.sd[c]![t]!, mean = coins[c]!.mean[0]![t]!;
      quantilesAt(forecast, c, 0, t, quantiles);
      const score = crpsOfQuantiles(LEVELS, quantiles, outcome) / sd;
      for (let k = 0; k < quantiles.length; k++) quantiles[k] = quantiles[k]! - mean;
      const centred = crpsOfQuantiles(LEVELS, quantiles, outcome) / sd;
      write(shared, stretchOf(task.firstRow, t), 0, sd, plain, 0);
      gained += (centred - score) / coins.length;
      const plainly = crpsOfQuantiles(LEVELS, plain, outcome) / sd;
      saved += (plainly - centred) / coins.length;
      scale += centred;
      ofShared += plainly;
    }
    sum += gained;
    squares += gained * gained;
    savedSum += saved;
    savedSquares += saved * saved;
  }
  return {
    rows,
    sum: rounded(sum),
    squares: rounded(squares),
    scale: rounded(scale),
    shared: rounded(ofShared),
    saved: rounded(savedSum),
    savedSquares: rounded(savedSquares),
  };
}

/** What the 90 % intervals of every calibration held over the last year of a market, coin by coin. */
export function coverageCells(desk: Desk): CoverageCell[] {
  const task = studyTask(desk), { panel } = desk.market, quantiles = new Float64Array(LEVELS.length);
  const from = Math.max(0, task.rows - BARS_PER_YEAR);
  return Object.keys(POOLS["researcher.calibration"]).flatMap((calibration) => {
    const forecast = forecastBy(task, FORECASTER, calibration);
    return HORIZONS.flatMap((horizon, j) =>
      panel.coins.map(({ coin, close }, c): CoverageCell => {
        let n = 0, covered = 0, width = 0;
        for (let t = from; t + horizon < task.rows; t++, n++) {
          const outcome = close[t + horizon]! / close[t]! - 1;
          quantilesAt(forecast, c, j, t, quantiles);
          if (quantiles[LOW]! <= outcome && outcome <= quantiles[HIGH]!) covered++;
          width += quantiles[HIGH]! - quantiles[LOW]!;
        }
        return { calibration, horizon, coin, count: n, covered, width: rounded(width / n) };
      })
    );
  });
}

/** Nine digits are stored. */
const rounded = (value: number) => Number(value.toPrecision(9));
