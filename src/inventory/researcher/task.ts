import { type Shape, stretchCount } from "./distribution/shape.ts";
import { REFIT_EVERY } from "./refits.ts";

/**
 * What a forecasting method is asked: five coins (or any number) on one time axis, and what is known of
 * them at the close of each row. Everything at row t reads rows <= t.
 */
export interface ForecastTask {
  /** Rows of every series. */
  readonly rows: number;
  /** Absolute number of row 0: refits fall where (firstRow + t) is divisible by REFIT_EVERY. */
  readonly firstRow: number;
  /** Symbols of the coins, for messages; left out where nobody named them. */
  readonly coins?: readonly string[];
  /** Regressors per row, 0 or more. */
  readonly width: number;
  /** Regressors of each coin, row-major [rows][width], finite, about unit scale, without an intercept. */
  readonly design: readonly Float64Array[];
  /** Simple returns per bar of each coin, 0 at row 0; [rows]. */
  readonly returns: readonly Float64Array[];
  /** Standard deviation of one bar's return of each coin as known at row t, > 0; [rows]. */
  readonly sd: readonly Float64Array[];
  /** Horizons in bars, integers >= 1, none smaller than the one before. */
  readonly horizons: readonly [number, number, number];
  /** Quantile levels in (0, 1), ascending, that are stated; scores are taken at `LEVELS`. */
  readonly levels: readonly number[];
  /** The width that every method starts from, in units of sd times the root of the horizon; [horizon]. */
  readonly widths: readonly Shape[];
  /** Independent outcomes by which a method moves that width (rows over the horizon, all coins), an integer >= 2. */
  readonly calibrationWindow: number;
  /** Ridge strength in [0, 1): the coefficient of an isolated unit-variance regressor is multiplied by 1 - shrinkage. */
  readonly shrinkage: number;
  /** Address of the agents upstream, never of the rows; seeds what is random inside a method. */
  readonly seedLabel: string;
  /** False leaves quantiles out, where nobody reads them; left out or true, they are forecast. */
  readonly stated?: boolean;
  /** False has every sum done by loops; left out or true, by code made for its size. The bits are the same. */
  readonly straightLine?: boolean;
}

export { REFIT_EVERY } from "./refits.ts";

/** Matured rows that a regression needs before its first fit (ten days); until then the mean is 0. */
export const MIN_ROWS = 60;

/** True if methods refit at this row of the task. */
export function isRefit(task: ForecastTask, row: number): boolean {
  return (task.firstRow + row) % REFIT_EVERY === 0;
}

/** The decay per row under which a weight halves every `halfLife` rows. */
export function decayOf(halfLife: number): number {
  return Math.pow(2, -1 / halfLife);
}

/** @throws {RangeError} If a task's shapes, horizons, levels or settings break their rules. Values are not read. */
export function requireTask(task: ForecastTask): void {
  const { rows, width, horizons, levels, widths } = task;
  const coins = task.returns.length;
  if (task.design.length !== coins || task.sd.length !== coins) {
    throw new RangeError(
      `Cannot forecast as design, returns and sd must cover the same coins: current value is ${task.design.length}, ${coins}, ${task.sd.length}`,
    );
  }
  for (let c = 0; c < coins; c++) {
    const lengths = [task.returns[c]!.length, task.sd[c]!.length, task.design[c]!.length];
    if (lengths[0] !== rows || lengths[1] !== rows || lengths[2] !== rows * width) {
      throw new RangeError(
        `Cannot forecast as coin ${c} must have ${rows} returns and sds and ${rows} x ${width} regressors: current value is ${lengths}`,
      );
    }
  }
  horizons.forEach((h, i) => requireNumber(h, i === 0 ? 1 : horizons[i - 1]!, Infinity, "horizon", true));
  levels.forEach((level, k) => {
    if (!(level > (k === 0 ? 0 : levels[k - 1]!) && level < 1)) {
      throw new RangeError(`Cannot forecast as levels must ascend in (0, 1): current value is ${levels}`);
    }
  });
  const stretches = stretchCount(task.firstRow, rows);
  if (widths.length !== horizons.length || widths.some(({ sd }) => sd.length < stretches)) {
    throw new RangeError(
      `Cannot forecast as every horizon needs a width of ${stretches} stretches: current value is ${
        widths.map(({ sd }) => sd.length)
      }`,
    );
  }
  requireNumber(task.calibrationWindow, 2, Infinity, "calibrationWindow", true);
  if (!(task.shrinkage >= 0 && task.shrinkage < 1)) {
    throw new RangeError(
      `Cannot forecast as shrinkage must be in [0, 1): current value is ${task.shrinkage}`,
    );
  }
}

/** @throws {RangeError} If a setting is outside [min, max], or not an integer where it must be one. */
export function requireNumber(value: number, min: number, max: number, name: string, integer = false): void {
  if (!(value >= min && value <= max) || (integer && !Number.isInteger(value))) {
    const kind = integer ? "an integer" : "a number";
    throw new RangeError(
      `Cannot forecast as ${name} must be ${kind} in ${min}..${max}: current value is ${value}`,
    );
  }
}
