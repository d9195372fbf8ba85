import type { Labels } from "../labels.ts";
import { decayOf, type ForecastTask } from "../task.ts";

/** Standardised predictions of one member: [horizon][coin][rows]. */
export type Predictions = readonly (readonly Float64Array[])[];

/** What members say together, standardised; [horizon][coin][rows]. */
export interface Combination {
  /** Weighted mean of the members. */
  readonly mean: Float64Array[][];
  /** Weighted variance of the members around it. */
  readonly variance: Float64Array[][];
  /** Weights of the members, [horizon], row-major [rows][member]. */
  readonly weights: readonly Float64Array[];
}

/**
 * Combines members by exponential weights: at row t member i weighs exp(-rate L_i), where L_i is the
 * discounted sum of half its squared error, a mean over coins, over the labels known by row t (those of
 * rows s <= t - h), divided by h because labels of h rows overlap h-fold. With rate 1 and unit variance
 * these are posterior model probabilities.
 *
 * @param rate Learning rate, >= 0; 0 weighs all alike.
 * @param halfLife Rows after which a loss counts half.
 * @see Y. Freund, R. Schapire, JCSS 55 (1997) (Hedge); the discount follows Herbster and Warmuth's tracking of the best expert.
 */
export function hedge(
  task: ForecastTask,
  members: readonly Predictions[],
  labels: Labels,
  rate: number,
  halfLife: number,
): Combination {
  const { rows, horizons } = task, coins = task.returns.length, count = members.length;
  const series = () => horizons.map(() => task.returns.map(() => new Float64Array(rows)));
  const mean = series(), variance = series();
  const weights = horizons.map(() => new Float64Array(rows * count));
  const decay = decayOf(halfLife);
  for (let j = 0; j < horizons.length; j++) {
    const h = horizons[j]!, losses = new Float64Array(count), parts = weights[j]!;
    const predictions = members.map((member) => member[j]!);
    for (let t = 0; t < rows; t++) {
      if (t >= h) addLosses(losses, predictions, labels.clipped[j]!, t - h, decay, 1 / (2 * h * coins));
      const offset = t * count;
      writeWeights(losses, rate, parts, offset);
      for (let c = 0; c < coins; c++) {
        let centre = 0, square = 0;
        for (let i = 0; i < count; i++) {
          const value = predictions[i]![c]![t]!, weight = parts[offset + i]!;
          centre += weight * value;
          square += weight * value * value;
        }
        mean[j]![c]![t] = centre;
        variance[j]![c]![t] = Math.max(0, square - centre * centre);
      }
    }
  }
  return { mean, variance, weights };
}

function addLosses(
  losses: Float64Array,
  predictions: readonly (readonly Float64Array[])[],
  labels: readonly Float64Array[],
  row: number,
  decay: number,
  unit: number,
): void {
  for (let i = 0; i < losses.length; i++) {
    let sum = 0;
    for (let c = 0; c < labels.length; c++) {
      const error = labels[c]![row]! - predictions[i]![c]![row]!;
      sum += error * error;
    }
    losses[i] = decay * losses[i]! + unit * sum;
  }
}

/** Softmax of -rate losses, relative to the smallest loss so that nothing under- or overflows. */
function writeWeights(losses: Float64Array, rate: number, out: Float64Array, offset: number): void {
  let least = Infinity, total = 0;
  for (let i = 0; i < losses.length; i++) least = Math.min(least, losses[i]!);
  for (let i = 0; i < losses.length; i++) {
    const weight = Math.exp(-rate * (losses[i]! - least));
    out[offset + i] = weight;
    total += weight;
  }
  for (let i = 0; i < losses.length; i++) out[offset + i] = out[offset + i]! / total;
}
