import { type ArmaRegression, chooseArmaRegression } from "../../models/exact_arma.ts";
import { standardisedLabels, standardisedReturns } from "../labels.ts";
import { calibratedForecast } from "../models/around_floor.ts";
import { cumulativePower } from "../models/arma.ts";
import { floorOf } from "../models/floor.ts";
import { hedge } from "../models/hedge.ts";
import { type ForecastTask, requireNumber, requireTask } from "../task.ts";
import { type ForecastingMethod, memory } from "./forecasting.ts";

/** Rows between two fits, and rows before the first. */
const EVERY = 126, FIRST = 240;
/** Evaluations of a likelihood for each order. */
const EVALUATIONS = 40;
/** How the floor with and without the fit are weighed by past loss. */
const RATE = 5, LOSS_MEMORY = 720;

/**
 * ARIMAX by exact likelihood, its order chosen by AICc: standardised returns of each coin on a constant and on what the
 * other coins did a bar before, with ARMA errors.
 */
export const arimaxSelected: ForecastingMethod = {
  summary:
    "ARMA of each coin by exact likelihood, order by AICc, with the other coins' last move as exogenous, on the floor",
  genes: [memory],
  start: { memory: 720 },
  warmUp: 360,
  refitEvery: EVERY,
  needs: [],
  source: "P. Brockwell, R. Davis, Time Series (1991), 5.3; C. Hurvich, C.-L. Tsai, Biometrika 76 (1989) 297",
  run: ({ task, calibrate }, genes) => {
    requireTask(task);
    requireNumber(genes.memory!, FIRST, Infinity, "memory", true);
    const labels = standardisedLabels(task), floor = floorOf(task);
    const selected = floor.map((coins) => coins.map((series) => series.slice()));
    addSelected(task, standardisedReturns(task), genes.memory!, selected);
    const { mean: centres } = hedge(task, [floor, selected], labels, RATE, LOSS_MEMORY);
    return calibratedForecast(task, labels, centres, null, calibrate);
  },
};

/** The mean of the other coins' standardised returns; null where there is no other coin. [coin][rows]. */
function otherMoves(returns: readonly Float64Array[]): Float64Array[] | null {
  if (returns.length < 2) return null;
  return returns.map((_, coin) => {
    const out = new Float64Array(returns[0]!.length);
    returns.forEach((z, other) => {
      if (other !== coin) { for (let t = 0; t < out.length; t++) out[t]! += z[t]! / (returns.length - 1); }
    });
    return out;
  });
}

/** Adds what the fit of each coin expects of the next h rows beyond white noise, times 1 - shrinkage, over sqrt(h). */
function addSelected(
  { rows, firstRow, horizons, shrinkage }: ForecastTask,
  returns: readonly Float64Array[],
  memory: number,
  centres: readonly (readonly Float64Array[])[],
): void {
  const others = otherMoves(returns), keep = 1 - shrinkage;
  returns.forEach((z, c) => {
    let fit: ArmaRegression | null = null, error = 0, innovation = 0;
    const carried = new Float64Array(horizons.length); // what of the next row's error is left in h rows together
    for (let t = FIRST; t < rows; t++) {
      if ((firstRow + t) % EVERY === 0) {
        const first = Math.max(2, t - memory + 1), y = z.subarray(first, t + 1);
        const constant = new Float64Array(y.length).fill(1);
        const regressors = others ? [constant, others[c]!.subarray(first - 1, t)] : [constant];
        fit = chooseArmaRegression(y, regressors, EVALUATIONS);
        if (fit) {
          [error, innovation] = [fit.lastError, fit.lastInnovation];
          for (let j = 0; j < horizons.length; j++) carried[j] = cumulativePower(fit.phi, horizons[j]!);
        }
      } else if (fit) {
        const { phi, theta, coefficients: b } = fit;
        const now: number = z[t]! - b[0]! - (others ? b[1]! * others[c]![t - 1]! : 0);
        innovation = now - phi * error - theta * innovation;
        error = now;
      }
      if (!fit) continue;
      const { phi, theta, coefficients: b } = fit, next = phi * error + theta * innovation;
      const exogenous = others ? b[1]! * others[c]![t]! : 0; // beyond the next row the others' moves are not known
      for (let j = 0; j < horizons.length; j++) {
        const h = horizons[j]!, said = h * b[0]! + exogenous + carried[j]! * next;
        centres[j]![c]![t] = centres[j]![c]![t]! + keep * said / Math.sqrt(h);
      }
    }
  });
}
