/** What is known of each method in each context: how much better than the others it did, and how sure that is. */
export interface Evidence {
  readonly contexts: number;
  readonly methods: number;
  /** Weight and weighted sum of advantages, by context and method; forgotten with time. */
  readonly weights: Float64Array;
  readonly sums: Float64Array;
  /** Sum of squared advantages and their weight, over all; never forgotten, as it sets the scale alone. */
  scaleSum: number;
  scaleWeight: number;
  /** Mean credit of a choice in each context, whatever was chosen: the baseline that advantages are taken from. */
  readonly baselines: Float64Array;
  readonly baselineWeights: Float64Array;
}

/** Nothing is known. */
export function createEvidence(contexts: number, methods: number): Evidence {
  return {
    contexts,
    methods,
    weights: new Float64Array(contexts * methods),
    sums: new Float64Array(contexts * methods),
    scaleSum: 0,
    scaleWeight: 0,
    baselines: new Float64Array(contexts),
    baselineWeights: new Float64Array(contexts),
  };
}

/** Lets all evidence fade by a factor. */
export function fade({ weights, sums, baselineWeights }: Evidence, factor: number): void {
  for (let i = 0; i < weights.length; i++) {
    weights[i]! *= factor;
    sums[i]! *= factor;
  }
  for (let i = 0; i < baselineWeights.length; i++) baselineWeights[i]! *= factor;
}

/** Adds the credits of one choice: of all methods, or (`only`) of one. */
export function learnCredits(
  evidence: Evidence,
  context: number,
  credits: Float64Array,
  weight: number,
  only: number | null,
): void {
  const { methods, weights, sums, baselines, baselineWeights } = evidence;
  const known = only === null ? credits.reduce((sum, x) => sum + x, 0) / methods : credits[only]!;
  // Of all methods the baseline is the mean of this very choice; of one it is what choices here have earned so far.
  const baseline = only === null ? known : baselineWeights[context]! > 0 ? baselines[context]! : known;
  for (let m = only ?? 0; m < (only === null ? methods : only + 1); m++) {
    const advantage = credits[m]! - baseline, at = context * methods + m;
    weights[at]! += weight;
    sums[at]! += weight * advantage;
    evidence.scaleSum += weight * advantage * advantage;
    evidence.scaleWeight += weight;
  }
  baselineWeights[context]! += weight;
  baselines[context]! += (known - baselines[context]!) * weight / baselineWeights[context]!;
}

/** The standard deviation of one advantage; 0 before there are any. */
export function scaleOf({ scaleSum, scaleWeight }: Evidence): number {
  return scaleWeight > 0 ? Math.sqrt(scaleSum / scaleWeight) : 0;
}

/** What is believed of a method in a context. */
export interface Belief {
  readonly mean: number;
  readonly error: number;
}

/**
 * A method in a context is drawn to the method over all contexts, and that to what was believed before (`start`, in sd of
 * one advantage): each step weighs `prior` choices against the evidence there is.
 */
export function beliefOf(
  evidence: Evidence,
  context: number,
  method: number,
  prior: number,
  start: number,
): Belief {
  const { contexts, methods, weights, sums } = evidence, scale = scaleOf(evidence);
  let weight = 0, sum = 0;
  for (let c = 0; c < contexts; c++) {
    weight += weights[c * methods + method]!;
    sum += sums[c * methods + method]!;
  }
  const overall = (prior * start * scale + sum) / (prior + weight);
  const at = context * methods + method, own = weights[at]!;
  if (contexts === 1) return { mean: overall, error: scale / Math.sqrt(prior + weight) };
  return {
    mean: (prior * overall + sums[at]!) / (prior + own),
    error: scale / Math.sqrt(prior + own),
  };
}
