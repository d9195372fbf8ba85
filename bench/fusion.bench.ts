/**
 * The Temporal Fusion Transformer: CPU seconds of an epoch of 10,000 windows of 24 rows by 16 features, beside a NumPy step of the
 * same network (tests/oracles/fusion_step.py) on the same weights, by batches of 64; loss and gradients of both are compared.
 * Run: deno task bench fusion [--python=python3].
 */
import process from "node:process";
import { rng } from "../src/core/rng.ts";
import {
  fusionLoss,
  type FusionShape,
  initialWeights,
  weightShapes,
} from "../src/inventory/models/attention/fusion_transformer.ts";

const PYTHON = Deno.args.find((arg) => arg.startsWith("--python="))?.slice("--python=".length) ?? "python3";
const WINDOWS = 10_000, BATCH = 64, REPEATS = 3;
const shape: FusionShape = {
  inputs: 16,
  steps: 24,
  units: 8,
  heads: 2,
  levels: [.1, .5, .9],
  labels: 3,
};

const random = rng("bench fusion"), weights = initialWeights(shape, random);
const normals = (count: number) => new Float64Array(count).map(() => random.normal());
const windows = Array.from({ length: BATCH }, () => normals(shape.steps * shape.inputs));
const labels = windows.map(() => normals(shape.labels));
const gradients = Object.fromEntries(
  Object.entries(weights).map(([name, { length }]) => [name, new Float64Array(length)]),
);

let seconds = Infinity, loss = 0;
for (let repeat = 0; repeat < REPEATS; repeat++) {
  for (const gradient of Object.values(gradients)) gradient.fill(0);
  loss = 0;
  const before = process.cpuUsage();
  windows.forEach((window, i) => loss += fusionLoss(shape, weights, window, labels[i]!, gradients));
  const { user, system } = process.cpuUsage(before);
  seconds = Math.min(seconds, (user + system) / 1e6);
}
const ours = seconds * WINDOWS / BATCH;

const shapes = weightShapes(shape),
  script = new URL("../tests/oracles/fusion_step.py", import.meta.url).pathname;
const given = {
  shape,
  windows: windows.map((window) => [...window]),
  labels: labels.map((label) => [...label]),
  weights: Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [name, { shape: shapes[name]!, values: [...values] }]),
  ),
  repeats: REPEATS,
};
const child = new Deno.Command(PYTHON, {
  args: [script],
  stdin: "piped",
  stdout: "piped",
  stderr: "piped",
  env: { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
}).spawn();
const writer = child.stdin.getWriter();
await writer.write(new TextEncoder().encode(JSON.stringify(given)));
await writer.close();
const { success, stdout, stderr } = await child.output();
const text = new TextDecoder();
if (!success) {
  console.log(
    `an epoch: ${ours.toFixed(1)} s; no NumPy beside it: ${text.decode(stderr).trim().split("\n").at(-1)}`,
  );
} else {
  const theirs = JSON.parse(text.decode(stdout)) as {
    readonly loss: number;
    readonly seconds: number;
    readonly gradients: Readonly<Record<string, readonly number[]>>;
  };
  let largest = 0, apart = 0;
  for (const [name, gradient] of Object.entries(gradients)) {
    gradient.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value));
      apart = Math.max(apart, Math.abs(value - theirs.gradients[name]![i]!));
    });
  }
  const numpy = theirs.seconds * WINDOWS / BATCH;
  console.log(
    `an epoch of ${WINDOWS} windows: ${ours.toFixed(1)} s, NumPy ${numpy.toFixed(1)} s, ${
      (ours / numpy).toFixed(1)
    } times as long`,
  );
  console.log(
    `loss apart by ${(Math.abs(loss / theirs.loss - 1)).toExponential(1)}, gradients by ${
      (apart / largest).toExponential(1)
    } of the largest`,
  );
}
