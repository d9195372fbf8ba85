import { rng } from "popagent/core/rng.ts";
import type { CoinForecast, Forecast } from "popagent/inventory/researcher/forecast.ts";
import type { GeneValues } from "popagent/genome/gene.ts";
import { methodNamed } from "popagent/inventory/pools.ts";
import type { CalibrationInput } from "popagent/inventory/researcher/calibration/calibration.ts";
import type { Shape } from "popagent/inventory/researcher/distribution/shape.ts";
import { sharedWidth } from "popagent/inventory/researcher/distribution/shared_width.ts";
import type { ForecastTask } from "popagent/inventory/researcher/task.ts";

/** What a simulated task is made of. */
export interface Simulation {
  readonly seed: number;
  readonly rows: number;
  readonly width: number;
  readonly coins: number;
  /** Expected standardised return of the next bar per unit of the first regressor. */
  readonly edge: number;
  readonly task: Partial<ForecastTask>;
}

const BAR_SD = 0.01;

/** Normal returns of sd .01 with an edge on the first of `width` AR(.9) regressors of unit variance. */
export function simulate(simulation: Partial<Simulation>): ForecastTask {
  const { seed = 1, rows = 400, width = 2, coins = 2, edge = 0, task = {} } = simulation;
  const random = rng("forecast task", seed);
  const design = [], returns = [], sd = [];
  for (let c = 0; c < coins; c++) {
    const x = new Float64Array(rows * width), r = new Float64Array(rows);
    for (let t = 0; t < rows; t++) {
      if (t > 0) r[t] = BAR_SD * ((width > 0 ? edge * x[(t - 1) * width]! : 0) + random.normal());
      for (let i = 0; i < width; i++) {
        x[t * width + i] = (t > 0 ? 0.9 * x[(t - 1) * width + i]! : 0) + Math.sqrt(0.19) * random.normal();
      }
    }
    design.push(x);
    returns.push(r);
    sd.push(new Float64Array(rows).fill(BAR_SD));
  }
  return withWidths({
    rows,
    firstRow: 0,
    width,
    design,
    returns,
    sd,
    horizons: [1, 3, 6],
    levels: [0.1, 0.5, 0.9],
    calibrationWindow: 60,
    shrinkage: 0.2,
    seedLabel: "tests",
    ...task,
  });
}

/** A task with the shared widths of its own returns, sd and horizons. */
export function withWidths(task: Omit<ForecastTask, "widths">): ForecastTask {
  const { returns, sd, horizons, firstRow } = task;
  return { ...task, widths: horizons.map((h): Shape => sharedWidth(returns, sd, h, firstRow)) };
}

/** Rows from..to-1 of a task; `firstRow` keeps the absolute count. */
export function sliceTask(task: ForecastTask, from: number, to: number): ForecastTask {
  return withWidths({
    ...task,
    rows: to - from,
    firstRow: task.firstRow + from,
    design: task.design.map((x) => x.slice(from * task.width, to * task.width)),
    returns: task.returns.map((r) => r.slice(from, to)),
    sd: task.sd.map((s) => s.slice(from, to)),
  });
}

/** The task with every value of rows > t replaced. */
export function changeFuture(task: ForecastTask, t: number, change: (value: number) => number): ForecastTask {
  const from = (first: number) => (value: number, i: number) => i >= first ? change(value) : value;
  return withWidths({
    ...task,
    design: task.design.map((x) => x.map(from((t + 1) * task.width))),
    returns: task.returns.map((r) => r.map(from(t + 1))),
    sd: task.sd.map((s) => s.map(from(t + 1))),
  });
}

/** Methods that stand beside a forecasting method as its variant names them. */
const BESIDE: Readonly<Record<string, { readonly calibration?: string; readonly uncertainty?: string }>> = {
  arimax: { uncertainty: "blockBootstrap" },
  ensemble: { calibration: "rollingErrors" },
  adaptive: { calibration: "trackedErrors" },
  arimaxLive: { uncertainty: "blockBootstrap" },
  garch: { calibration: "rollingErrors" },
  ridge: { calibration: "trackedErrors" },
};

/** A method of the pool with these genes, beside the methods that its variant names. */
export function forecastBy(key: string, genes: GeneValues): (task: ForecastTask) => Forecast {
  const { calibration, uncertainty } = BESIDE[key] ?? {};
  const calibrate = calibration ? methodNamed("researcher.calibration", calibration) : null;
  const sampler = uncertainty ? methodNamed("researcher.uncertainty", uncertainty) : null;
  return (task) =>
    methodNamed("researcher.forecasting", key).run({
      task,
      calibrate: calibrate && ((input: CalibrationInput) => calibrate.run(input, genes)),
      sample: sampler && sampler.run(task, genes),
    }, genes);
}

/** Genes of every method, near what variants declare and quick. */
export const GENES: Readonly<Record<string, GeneValues>> = {
  arimax: { memory: 360, block: 6 },
  ensemble: { memory: 720, shortMemory: 360, rate: 1 },
  bayesian: { memory: 720, priorShape: 5 },
  quantileRegression: { memory: 720 },
  adaptive: { rate: 1, lossMemory: 360 },
  expandingMean: {},
  arimaxLive: { memory: 360, block: 6 },
  arimaxSelected: { memory: 360 },
  exponentialSmoothing: { memory: 360, rate: 1 },
  garch: { memory: 360, tails: 8 },
  ridge: { memory: 720 },
  recursive: { window: 720 },
  quantileLines: { memory: 720 },
  bootstrapEnsemble: { memory: 720 },
  stacking: { memory: 720 },
  trees: { memory: 720, depth: 3 },
  temporalFusion: { memory: 720 },
};

/** Every method with these genes. */
export const declared: Readonly<Record<string, (task: ForecastTask) => Forecast>> = Object.fromEntries(
  Object.entries(GENES).map(([key, genes]) => [key, forecastBy(key, genes)]),
);

/** All series of a forecast with their values per row. */
export function forecastSeries(
  forecast: Forecast,
): { readonly values: Float64Array; readonly width: number }[] {
  const ofCoin = (coin: CoinForecast) => [
    ...[...coin.mean, ...coin.sd, ...coin.pUp].map((values) => ({ values, width: 1 })),
    ...coin.quantiles.map((values) => ({ values, width: forecast.levels.length })),
  ];
  return forecast.coins.flatMap(ofCoin);
}

/** The first row <= t at which two forecasts differ in any bit, or null. */
export function firstDifference(a: Forecast, b: Forecast, t: number): number | null {
  const others = forecastSeries(b);
  let first: number | null = null;
  forecastSeries(a).forEach(({ values, width }, k) => {
    for (let i = 0; i < (t + 1) * width; i++) {
      if (Object.is(values[i], others[k]!.values[i])) continue;
      const row = Math.floor(i / width);
      if (first === null || row < first) first = row;
      return;
    }
  });
  return first;
}
