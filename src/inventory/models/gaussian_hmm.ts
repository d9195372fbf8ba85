/** A hidden Markov model with normal observations: K states, each with a mean and a standard deviation. */
export interface GaussianHmm {
  /** Probabilities of the states at the first row; [K]. */
  readonly start: Float64Array;
  /** Probability of going from state i to state j, row-major [K][K]; rows sum to 1. */
  readonly transition: Float64Array;
  /** [K]. */
  readonly mean: Float64Array;
  /** [K], > 0. */
  readonly sd: Float64Array;
}

/** What is known after one more observation. */
interface Step {
  /** ln of the density of the observation given those before it. */
  readonly logDensity: number;
}

/** Share of the mixture that a state keeps whatever is seen, so that none dies: 1e-12. */
const LEAST_DENSITY = 1e-300;

/**
 * One forward step in place: `filtered` holds P(state | observations before) of the state at this row when it comes,
 * and P(state | observations up to this one) when it goes.
 */
export function filterStep({ mean, sd }: GaussianHmm, predicted: Float64Array, x: number): Step {
  const states = mean.length;
  let total = 0;
  for (let k = 0; k < states; k++) {
    const z = (x - mean[k]!) / sd[k]!;
    predicted[k] = predicted[k]! * Math.exp(-.5 * z * z) / (sd[k]! * 2.5066282746310002) + LEAST_DENSITY;
    total += predicted[k]!;
  }
  for (let k = 0; k < states; k++) predicted[k] = predicted[k]! / total;
  return { logDensity: Math.log(total) };
}

/** P(next state) from P(state): written to `out`. */
export function predictStep(
  { transition, mean }: GaussianHmm,
  filtered: Float64Array,
  out: Float64Array,
): void {
  const states = mean.length;
  for (let j = 0; j < states; j++) {
    let sum = 0;
    for (let i = 0; i < states; i++) sum += filtered[i]! * transition[i * states + j]!;
    out[j] = sum;
  }
}

/** A forward pass: filtered probabilities, row-major [rows][K], and the log likelihood. Row t reads rows <= t. */
export function filterHmm(
  model: GaussianHmm,
  observed: Float64Array,
): { readonly filtered: Float64Array; readonly logLikelihood: number } {
  const states = model.mean.length, filtered = new Float64Array(observed.length * states);
  let now = model.start.slice(), next = new Float64Array(states), logLikelihood = 0;
  for (let t = 0; t < observed.length; t++) {
    logLikelihood += filterStep(model, now, observed[t]!).logDensity;
    filtered.set(now, t * states);
    predictStep(model, now, next);
    [now, next] = [next, now];
  }
  return { filtered, logLikelihood };
}

/** Least standard deviation of a state, as a share of that of all observations. */
const LEAST_SD = .05;

/**
 * Passes of Baum-Welch over a window of the past. What comes of the window's own smoothed probabilities are parameters
 * alone: states of rows are told by the forward filter, as smoothed ones know what came after.
 *
 * @returns The model after `passes` passes, and the log likelihood before each.
 * @see L. Baum et al., Annals of Mathematical Statistics 41 (1970) 164; L. Rabiner, Proceedings of the IEEE 77 (1989) 257.
 */
export function baumWelch(
  start: GaussianHmm,
  observed: Float64Array,
  passes: number,
): { readonly model: GaussianHmm; readonly logLikelihoods: readonly number[] } {
  const states = start.mean.length, n = observed.length, logLikelihoods: number[] = [];
  const forward = new Float64Array(n * states),
    density = new Float64Array(n * states),
    scale = new Float64Array(n);
  const backward = new Float64Array(states), before = new Float64Array(states);
  const least = LEAST_SD * Math.sqrt(varianceOf(observed));
  let model = start;
  for (let pass = 0; pass < passes; pass++) {
    const { transition, mean, sd } = model;
    let logLikelihood = 0;
    for (let t = 0; t < n; t++) {
      let total = 0;
      for (let k = 0; k < states; k++) {
        const z = (observed[t]! - mean[k]!) / sd[k]!, at = t * states + k;
        density[at] = Math.exp(-.5 * z * z) / (sd[k]! * 2.5066282746310002) + LEAST_DENSITY;
        let predicted = model.start[k]!;
        if (t > 0) {
          predicted = 0;
          for (let i = 0; i < states; i++) {
            predicted += forward[at - k - states + i]! * transition[i * states + k]!;
          }
        }
        forward[at] = predicted * density[at]!;
        total += forward[at]!;
      }
      scale[t] = total;
      for (let k = 0; k < states; k++) forward[t * states + k] = forward[t * states + k]! / total;
      logLikelihood += Math.log(total);
    }
    logLikelihoods.push(logLikelihood);
    const moves = new Float64Array(states * states), weight = new Float64Array(states);
    const sum = new Float64Array(states),
      squares = new Float64Array(states),
      first = new Float64Array(states);
    backward.fill(1);
    for (let t = n - 1; t >= 0; t--) {
      const at = t * states;
      for (let k = 0; k < states; k++) {
        const gamma = forward[at + k]! * backward[k]!, x = observed[t]!;
        weight[k] = weight[k]! + gamma;
        sum[k] = sum[k]! + gamma * x;
        squares[k] = squares[k]! + gamma * x * x;
        if (t === 0) first[k] = gamma;
      }
      if (t === 0) break;
      for (let i = 0; i < states; i++) {
        let total = 0;
        for (let j = 0; j < states; j++) {
          const part = transition[i * states + j]! * density[at + j]! * backward[j]! / scale[t]!;
          moves[i * states + j] = moves[i * states + j]! + forward[at - states + i]! * part;
          total += part;
        }
        before[i] = total;
      }
      backward.set(before);
    }
    model = {
      start: first,
      transition: moves.map((value, at) => {
        const from = Math.floor(at / states) * states;
        let total = 0;
        for (let j = 0; j < states; j++) total += moves[from + j]!;
        return total > 0 ? value / total : transition[at]!;
      }),
      mean: sum.map((value, k) => value / weight[k]!),
      sd: squares.map((value, k) =>
        Math.max(least, Math.sqrt(Math.max(0, value / weight[k]! - (sum[k]! / weight[k]!) ** 2)))
      ),
    };
  }
  return { model, logLikelihoods };
}

function varianceOf(values: Float64Array): number {
  let mean = 0, squares = 0;
  for (const value of values) mean += value / values.length;
  for (const value of values) squares += (value - mean) * (value - mean);
  return Math.max(1e-20, squares / values.length);
}

/** The same model with its states in another order: state k of the new one is state order[k]. */
export function reorderStates(model: GaussianHmm, order: readonly number[]): GaussianHmm {
  const states = order.length, pick = (values: Float64Array) => Float64Array.from(order, (k) => values[k]!);
  return {
    start: pick(model.start),
    transition: Float64Array.from(
      { length: states * states },
      (_, at) => model.transition[order[Math.floor(at / states)]! * states + order[at % states]!]!,
    ),
    mean: pick(model.mean),
    sd: pick(model.sd),
  };
}

/**
 * A refitted model with its states named as before: of all orders the one in which means and ln sds moved least, in units
 * of the earlier sds. Without it a refit may swap what "state 1" means.
 */
export function matchStates(before: GaussianHmm, after: GaussianHmm): GaussianHmm {
  let best: readonly number[] = [], least = Infinity;
  for (const order of orders(before.mean.length)) {
    let moved = 0;
    order.forEach((from, k) => {
      moved += ((after.mean[from]! - before.mean[k]!) / before.sd[k]!) ** 2 +
        Math.log(after.sd[from]! / before.sd[k]!) ** 2;
    });
    if (moved < least) [best, least] = [order, moved];
  }
  return best.length > 0 ? reorderStates(after, best) : after;
}

/** All orders of 0..n-1. */
function orders(n: number): number[][] {
  if (n === 1) return [[0]];
  return orders(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)])
  );
}
