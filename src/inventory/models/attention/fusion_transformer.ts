import type { Rng } from "../../../core/rng.ts";
import { createTape, type Node, type Tape } from "./tape.ts";

/** Sizes of a network. */
export interface FusionShape {
  /** Features per row, at least 1. */
  readonly inputs: number;
  /** Rows that it looks back on. */
  readonly steps: number;
  /** Hidden units; a multiple of `heads`. */
  readonly units: number;
  readonly heads: number;
  /** Levels of the quantile heads, ascending. */
  readonly levels: readonly number[];
  /** Labels that are foretold together, such as horizons; each has all heads. */
  readonly labels: number;
}

/** Weights by name, row-major; a plain value that may be stored and read back. */
export type FusionWeights = Readonly<Record<string, Float64Array>>;

/** Rows and columns of every weight. */
export function weightShapes(
  { inputs, units, heads, levels, labels }: FusionShape,
): Record<string, readonly [number, number]> {
  const grn = (name: string, from: number, to: number): Record<string, readonly [number, number]> => ({
    [`${name}.w1`]: [from, units],
    [`${name}.b1`]: [1, units],
    [`${name}.w2`]: [units, to],
    [`${name}.b2`]: [1, to],
    [`${name}.gate`]: [to, 2 * to],
    [`${name}.gateShift`]: [1, 2 * to],
    ...(from === to ? {} : { [`${name}.skip`]: [from, to] as const }),
    [`${name}.gain`]: [1, to],
    [`${name}.shift`]: [1, to],
  });
  const own = units / heads;
  return {
    embed: [inputs, units], // each feature a direction of its own
    embedShift: [inputs, units],
    ...grn("select", inputs, inputs),
    ...grn("feature", units, units),
    lstmIn: [units, 4 * units],
    lstmState: [units, 4 * units],
    lstmShift: [1, 4 * units],
    queries: [units, units],
    keys: [units, units],
    values: [units, own], // shared by all heads, which is what makes them interpretable
    attended: [own, units],
    ...grn("enrich", units, units),
    ...grn("out", units, units),
    head: [units, labels * levels.length],
    headShift: [1, labels * levels.length],
  };
}

/** Weights to begin with: normal, over the root of the rows; gains 1, shifts 0. */
export function initialWeights(shape: FusionShape, random: Rng): FusionWeights {
  return Object.fromEntries(
    Object.entries(weightShapes(shape)).map(([name, [rows, columns]]) => {
      const flat = rows === 1, start = name.endsWith("gain") ? 1 : 0;
      return [
        name,
        new Float64Array(rows * columns).map(() => flat ? start : random.normal() / Math.sqrt(rows)),
      ];
    }),
  );
}

/** What a forward pass gives. */
export interface FusionOutput {
  /** Quantiles of the labels, not sorted; [1][labels x levels]. */
  readonly quantiles: Node;
  /** Weight of each feature at each step; [steps][inputs]. */
  readonly selection: Node;
  /** Weight of each step in what the last one attends to, mean over heads; [steps]. */
  readonly attention: Float64Array;
}

/** A gated residual network: normalise(skip + GLU(W2 elu(W1 x))). */
function gatedResidual(tape: Tape, w: (name: string) => Node, name: string, x: Node): Node {
  const hidden = tape.elu(tape.add(tape.matmul(x, w(`${name}.w1`)), w(`${name}.b1`)));
  const inner = tape.add(tape.matmul(hidden, w(`${name}.w2`)), w(`${name}.b2`)), to = inner.columns;
  const gates = tape.add(tape.matmul(inner, w(`${name}.gate`)), w(`${name}.gateShift`));
  const gated = tape.multiply(tape.sigmoid(tape.columns(gates, 0, to)), tape.columns(gates, to, to));
  const skip = x.columns === to ? x : tape.matmul(x, w(`${name}.skip`));
  return tape.normalise(tape.add(skip, gated), w(`${name}.gain`), w(`${name}.shift`));
}

/**
 * A small Temporal Fusion Transformer: variable selection at every step, an LSTM encoder with a gated skip, interpretable
 * attention of the last step over all (heads share their values), gated residual networks and quantile heads. It has no
 * static covariates and no known future inputs, as a bar has none; the decoder is the last step.
 *
 * @param x Row-major [steps][inputs], the last row the newest.
 * @param w Weights as nodes of the same tape.
 * @see B. Lim, S. Arik, N. Loeff, T. Pfister, International Journal of Forecasting 37 (2021) 1748.
 */
export function fusionForward(
  tape: Tape,
  shape: FusionShape,
  w: (name: string) => Node,
  x: Float64Array,
): FusionOutput {
  const { inputs, steps, units, heads } = shape, seen = tape.leaf(x, steps, inputs);
  const selection = tape.softmax(gatedResidual(tape, w, "select", seen));
  let mixed: Node | null = null;
  for (let i = 0; i < inputs; i++) {
    const line = tape.matmul(tape.columns(seen, i, 1), tape.row(w("embed"), i));
    const own = gatedResidual(tape, w, "feature", tape.add(line, tape.row(w("embedShift"), i)));
    const part = tape.multiply(own, tape.columns(selection, i, 1));
    mixed = mixed === null ? part : tape.add(mixed, part);
  }
  const encoded = encode(tape, shape, w, mixed!),
    local = gatedResidual(tape, w, "enrich", tape.add(mixed!, encoded));
  const last = tape.row(local, steps - 1), own = units / heads;
  const query = tape.matmul(last, w("queries")), keys = tape.matmul(local, w("keys"));
  const values = tape.matmul(local, w("values")), attention = new Float64Array(steps);
  let looked: Node | null = null;
  for (let head = 0; head < heads; head++) {
    const q = tape.columns(query, head * own, own), k = tape.columns(keys, head * own, own);
    const weights = tape.softmax(tape.scale(tape.matmul(q, tape.transpose(k)), 1 / Math.sqrt(own)));
    for (let t = 0; t < steps; t++) attention[t] = attention[t]! + weights.value[t]! / heads;
    const found = tape.scale(tape.matmul(weights, values), 1 / heads);
    looked = looked === null ? found : tape.add(looked, found);
  }
  const fused = gatedResidual(tape, w, "out", tape.add(last, tape.matmul(looked!, w("attended"))));
  return { quantiles: tape.add(tape.matmul(fused, w("head")), w("headShift")), selection, attention };
}

/** The LSTM's outputs, [steps][units]. */
function encode(tape: Tape, { steps, units }: FusionShape, w: (name: string) => Node, x: Node): Node {
  const driven = tape.add(tape.matmul(x, w("lstmIn")), w("lstmShift")), outputs: Node[] = [];
  let state = tape.leaf(new Float64Array(units), 1, units), memory = state;
  for (let t = 0; t < steps; t++) {
    const gates = tape.add(tape.row(driven, t), tape.matmul(state, w("lstmState")));
    const gate = (k: number) => tape.sigmoid(tape.columns(gates, k * units, units));
    const fresh = tape.multiply(gate(0), tape.tanh(tape.columns(gates, 3 * units, units)));
    memory = tape.add(tape.multiply(gate(1), memory), fresh);
    state = tape.multiply(gate(2), tape.tanh(memory));
    outputs.push(state);
  }
  return tape.below(outputs);
}

/** Loss of one example, its gradient added to `gradients` where they are given. */
export function fusionLoss(
  shape: FusionShape,
  weights: FusionWeights,
  x: Float64Array,
  labels: Float64Array,
  gradients?: FusionWeights,
): number {
  const tape = createTape(), nodes = weightNodes(tape, shape, weights, gradients);
  const loss = tape.pinball(fusionForward(tape, shape, nodes, x).quantiles, labels, shape.levels);
  if (gradients) tape.back(loss);
  return loss.value[0]!;
}

/** What a network says of one window: quantiles of each label, ascending; row-major [labels][levels]. */
export function fusionQuantiles(shape: FusionShape, weights: FusionWeights, x: Float64Array): Float64Array {
  const tape = createTape();
  const said = fusionForward(tape, shape, weightNodes(tape, shape, weights), x).quantiles.value.slice();
  for (let at = 0; at < said.length; at += shape.levels.length) {
    said.subarray(at, at + shape.levels.length).sort();
  }
  return said;
}

function weightNodes(tape: Tape, shape: FusionShape, weights: FusionWeights, gradients?: FusionWeights) {
  const nodes = new Map<string, Node>();
  for (const [name, [rows, columns]] of Object.entries(weightShapes(shape))) {
    nodes.set(name, tape.leaf(weights[name]!, rows, columns, gradients?.[name]));
  }
  return (name: string) => nodes.get(name)!;
}
