import { rng } from "popagent/core/rng.ts";
import type { CoinForecast, Forecast } from "popagent/inventory/forecasting/forecast.ts";
import { forecastMethods } from "popagent/inventory/forecasting/registry.ts";
import type { ForecastTask } from "popagent/inventory/forecasting/task.ts";

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
  return {
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
  };
}

/** Rows from..to-1 of a task; `firstRow` keeps the absolute count. */
export function sliceTask(task: ForecastTask, from: number, to: number): ForecastTask {
  return {
    ...task,
    rows: to - from,
    firstRow: task.firstRow + from,
    design: task.design.map((x) => x.slice(from * task.width, to * task.width)),
    returns: task.returns.map((r) => r.slice(from, to)),
    sd: task.sd.map((s) => s.slice(from, to)),
  };
}

/** The task with every value of rows > t replaced. */
export function changeFuture(task: ForecastTask, t: number, change: (value: number) => number): ForecastTask {
  const from = (first: number) => (value: number, i: number) => i >= first ? change(value) : value;
  return {
    ...task,
    design: task.design.map((x) => x.map(from((t + 1) * task.width))),
    returns: task.returns.map((r) => r.map(from(t + 1))),
    sd: task.sd.map((s) => s.map(from(t + 1))),
  };
}

/** Every method with settings as a variant declares them. */
export const declared: Readonly<Record<string, (task: ForecastTask) => Forecast>> = {
  arimax: (task) => forecastMethods.arimax(task, { memory: 360, draws: 100, block: 6 }),
  ensemble: (task) =>
    forecastMethods.ensemble(task, { memory: 720, shortMemory: 360, drift: 90, rate: 1, lossMemory: 360 }),
  bayesian: (task) => forecastMethods.bayesian(task, { memory: 720, priorShape: 5 }),
  quantileRegression: (task) => forecastMethods.quantileRegression(task, { memory: 720 }),
  adaptive: (task) => forecastMethods.adaptive(task, { rate: 1, lossMemory: 360 }),
  expandingMean: (task) => forecastMethods.expandingMean(task, { decay: 0.97 }),
};

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
