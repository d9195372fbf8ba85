import type { Rng } from "../../../core/rng.ts";
import { fusionLoss, type FusionShape, type FusionWeights } from "./fusion_transformer.ts";

/** Examples in the order of time: windows and what came after. */
export interface FusionExamples {
  readonly windows: readonly Float64Array[];
  /** [example][label]. */
  readonly labels: readonly Float64Array[];
}

/** How long and how fast a network is trained. */
export interface TrainingSettings {
  readonly epochs: number;
  /** Examples of a step. */
  readonly batch: number;
  /** Step size of Adam. */
  readonly rate: number;
  /** Epochs without a better validation loss after which it stops. */
  readonly patience: number;
}

/** A trained network, and mean losses epoch by epoch. */
export interface Training {
  readonly weights: FusionWeights;
  readonly trained: readonly number[];
  readonly validated: readonly number[];
}

/** Share of the examples, the newest, that training never sees and by which it stops. */
const HELD_OUT = .2;
/** Largest norm of a gradient. */
const CLIP = 1;

/**
 * Trains by Adam on the older examples and keeps the weights of least loss on the newest ones. The examples nearest to the
 * held-out ones are left out too, as many as `gap`, so that no window or label reaches over.
 *
 * @param gap Rows that a window and its label span together, in examples.
 * @see D. Kingma, J. Ba, Adam, ICLR (2015).
 */
export function trainFusion(
  shape: FusionShape,
  start: FusionWeights,
  { windows, labels }: FusionExamples,
  gap: number,
  { epochs, batch, rate, patience }: TrainingSettings,
  random: Rng,
): Training {
  const held = Math.max(1, Math.floor(HELD_OUT * windows.length)), first = windows.length - held;
  const order = Array.from({ length: Math.max(1, first - gap) }, (_, i) => i);
  const copy = (weights: FusionWeights, map: (value: Float64Array) => Float64Array): FusionWeights =>
    Object.fromEntries(Object.entries(weights).map(([name, value]) => [name, map(value)]));
  const now = copy(start, (value) => value.slice()),
    zeros = () => copy(start, (value) => new Float64Array(value.length));
  const gradients = zeros(),
    mean = zeros(),
    square = zeros(),
    trained: number[] = [],
    validated: number[] = [];
  const validate = () => {
    let loss = 0;
    for (let i = first; i < windows.length; i++) {
      loss += fusionLoss(shape, now, windows[i]!, labels[i]!) / held;
    }
    return loss;
  };
  let best = copy(now, (value) => value.slice()), least = validate(), waited = 0, steps = 0;
  for (let epoch = 0; epoch < epochs && waited < patience; epoch++) {
    const shuffled = random.shuffle(order);
    let total = 0;
    for (let at = 0; at < shuffled.length; at += batch) {
      const some = shuffled.slice(at, at + batch);
      for (const gradient of Object.values(gradients)) gradient.fill(0);
      for (const i of some) {
        total += fusionLoss(shape, now, windows[i]!, labels[i]!, gradients) / shuffled.length;
      }
      adamStep(now, gradients, mean, square, some.length, ++steps, rate);
    }
    trained.push(total);
    const loss = validate();
    validated.push(loss);
    waited++;
    if (loss < least) {
      least = loss;
      best = copy(now, (value) => value.slice());
      waited = 0;
    }
  }
  return { weights: best, trained, validated };
}

function adamStep(
  weights: FusionWeights,
  gradients: FusionWeights,
  mean: FusionWeights,
  square: FusionWeights,
  count: number,
  step: number,
  rate: number,
): void {
  let norm = 0;
  for (const gradient of Object.values(gradients)) for (const g of gradient) norm += (g / count) ** 2;
  const scale = Math.min(1, CLIP / Math.sqrt(norm)) / count;
  const grown = rate * Math.sqrt(1 - .999 ** step) / (1 - .9 ** step);
  for (const name of Object.keys(weights)) {
    const w = weights[name]!, g = gradients[name]!, m = mean[name]!, v = square[name]!;
    for (let i = 0; i < w.length; i++) {
      const slope = scale * g[i]!;
      m[i] = .9 * m[i]! + .1 * slope;
      v[i] = .999 * v[i]! + .001 * slope * slope;
      w[i] = w[i]! - grown * m[i]! / (Math.sqrt(v[i]!) + 1e-8);
    }
  }
}
