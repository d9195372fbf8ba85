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
    const h = horizons[j]!, losses = new Float64Array(count), parts = weights[j]!, unit = 1 / (2 * h * coins);
    const predictions = members.map((member) => member[j]!);
    const squares = predictions.map((prediction) => squaredErrors(prediction, labels.clipped[j]!, rows - h));
    for (let t = 0; t < rows; t++) {
      if (t >= h) {
        for (let i = 0; i < count; i++) losses[i] = decay * losses[i]! + unit * squares[i]![t - h]!;
      }
      writeWeights(losses, rate, parts, t * count);
    }
    for (let c = 0; c < coins; c++) combine(predictions, c, parts, mean[j]![c]!, variance[j]![c]!);
  }
  return { mean, variance, weights };
}

/** Sum over coins of squared errors by row, of the first `matured` rows. */
function squaredErrors(
  prediction: readonly Float64Array[],
  labels: readonly Float64Array[],
  matured: number,
): Float64Array {
  const out = new Float64Array(Math.max(0, matured));
  for (let c = 0; c < labels.length; c++) {
    const label = labels[c]!, said = prediction[c]!;
    for (let s = 0; s < out.length; s++) {
      const error = label[s]! - said[s]!;
      out[s] = out[s]! + error * error;
    }
  }
  return out;
}

/** Writes the weighted mean of members' predictions of a coin and their variance around it; member by member, as rows lie side by side. */
function combine(
  predictions: readonly (readonly Float64Array[])[],
  coin: number,
  weights: Float64Array,
  mean: Float64Array,
  variance: Float64Array,
): void {
  const count = predictions.length;
  for (let i = 0; i < count; i++) {
    const said = predictions[i]![coin]!;
    for (let t = 0, at = i; t < mean.length; t++, at += count) {
      const value = said[t]!, part = weights[at]! * value;
      mean[t] = mean[t]! + part;
      variance[t] = variance[t]! + part * value;
    }
  }
  for (let t = 0; t < mean.length; t++) variance[t] = Math.max(0, variance[t]! - mean[t]! * mean[t]!);
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
