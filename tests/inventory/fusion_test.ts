/** The Temporal Fusion Transformer: gradients, causal attention to what it is given, learning, weights as plain values. */
import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import {
  fusionForward,
  fusionLoss,
  fusionQuantiles,
  type FusionShape,
  initialWeights,
  weightShapes,
} from "popagent/inventory/models/attention/fusion_transformer.ts";
import { createTape } from "popagent/inventory/models/attention/tape.ts";
import { trainFusion } from "popagent/inventory/models/attention/train_fusion.ts";
import { assertAllClose } from "../close_to.ts";
import { changeFuture, firstDifference, forecastBy, simulate, sliceTask } from "./forecast_task.ts";

const SMALL: FusionShape = { inputs: 3, steps: 4, units: 4, heads: 2, levels: [.1, .5, .9], labels: 1 };

Deno.test("protocol 5, TFT: gradients of every weight are those of finite differences, within 1e-5", () => {
  const random = rng("fusion", 1), weights = initialWeights(SMALL, random);
  for (const value of Object.values(weights)) {
    for (let i = 0; i < value.length; i++) value[i]! += .1 * random.normal();
  }
  const x = new Float64Array(12).map(() => random.normal()), label = Float64Array.of(.3);
  const gradients = Object.fromEntries(
    Object.entries(weights).map(([k, v]) => [k, new Float64Array(v.length)]),
  );
  fusionLoss(SMALL, weights, x, label, gradients);
  let worst = 0;
  for (const [name, value] of Object.entries(weights)) {
    for (let i = 0; i < value.length; i++) {
      const kept = value[i]!, step = 1e-5;
      value[i] = kept + step;
      const above = fusionLoss(SMALL, weights, x, label);
      value[i] = kept - step;
      const below = fusionLoss(SMALL, weights, x, label);
      value[i] = kept;
      worst = Math.max(worst, Math.abs((above - below) / (2 * step) - gradients[name]![i]!));
    }
  }
  assert.ok(worst < 1e-5, `${worst}`);
  assert.ok(
    Object.values(gradients).every((gradient) => gradient.some((g) => g !== 0)),
    "every weight is read",
  );
});

// tests/oracles/fusion_step.py, given these weights, windows and labels: the same network written in NumPy, batched
Deno.test("TFT: loss and gradients are those of a NumPy network that shares no code", () => {
  const shape: FusionShape = { ...SMALL, labels: 2 };
  const entries = Object.entries(weightShapes(shape));
  const weights = Object.fromEntries(
    entries.map(([name, [rows, columns]], k) => [
      name,
      new Float64Array(rows * columns).map((_, i) => Math.sin(1 + i + 10 * k) / 2),
    ]),
  );
  const gradients = Object.fromEntries(
    entries.map(([name]) => [name, new Float64Array(weights[name]!.length)]),
  );
  const labels = [Float64Array.of(.3, -.4), Float64Array.of(1.1, .2)];
  const loss = labels.reduce((sum, label, example) => {
    const window = new Float64Array(12).map((_, i) => Math.cos(i + 5 * example));
    return sum + fusionLoss(shape, weights, window, label, gradients);
  }, 0);
  const norm = (...names: readonly string[]) => Math.hypot(...names.flatMap((name) => [...gradients[name]!]));
  assertAllClose(
    [
      loss,
      norm("embed"),
      norm("lstmState"),
      norm("queries"),
      norm("values"),
      norm("out.gain"),
      norm("select.gate"),
      norm("head"),
      norm(...Object.keys(gradients)),
    ],
    [
      2.988323406481844,
      .2620324187972509,
      .14573477207584518,
      1.1019969524396222e-5,
      .7864119953813963,
      2.071450775827853,
      .01758872006578281,
      3.0084273920311357,
      5.830215307801955,
    ],
    1e-13,
  );
});

Deno.test("TFT: selection and attention are shares, quantiles ascend, weights survive JSON", () => {
  const random = rng("fusion", 2), weights = initialWeights(SMALL, random), tape = createTape();
  const shapes = weightShapes(SMALL), x = new Float64Array(12).map(() => random.normal());
  const node = (name: string) => tape.leaf(weights[name]!, ...shapes[name]!);
  const { selection, attention } = fusionForward(tape, SMALL, node, x);
  for (let t = 0; t < 4; t++) {
    const sum = selection.value.subarray(3 * t, 3 * t + 3).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-12);
  }
  assert.ok(Math.abs(attention.reduce((a, b) => a + b, 0) - 1) < 1e-12);
  const said = fusionQuantiles(SMALL, weights, x);
  assert.ok(said[0]! <= said[1]! && said[1]! <= said[2]!);
  const stored = JSON.parse(JSON.stringify(Object.fromEntries(
    Object.entries(weights).map(([name, value]) => [name, [...value]]),
  )));
  const read = Object.fromEntries(
    Object.entries(stored).map(([k, v]) => [k, Float64Array.from(v as number[])]),
  );
  assert.deepEqual(fusionQuantiles(SMALL, read, x), said);
});

Deno.test("TFT: loss falls, and on held-out rows it says more of a planted signal than climatology does", () => {
  const random = rng("fusion", 3), n = 200;
  const windows = Array.from({ length: n }, () => new Float64Array(12).map(() => random.normal()));
  const outcomes = Float64Array.from(windows, (x) => .8 * x[9]! + .5 * random.normal());
  const labels = [...outcomes].map((y) => Float64Array.of(y)); // the first feature of the last step
  const settings = { epochs: 14, batch: 6, rate: .02, patience: 8 };
  const { trained, validated } = trainFusion(
    SMALL,
    initialWeights(SMALL, rng("fusion", 4)),
    { windows, labels },
    4,
    settings,
    rng("fusion", 5),
  );
  const sorted = outcomes.slice(0, 160).sort();
  const past = SMALL.levels.map((level) => sorted[Math.floor(160 * level)]!);
  let climatology = 0;
  for (let i = 160; i < n; i++) {
    SMALL.levels.forEach((level, k) => {
      const error = outcomes[i]! - past[k]!;
      climatology += (error < 0 ? (level - 1) * error : level * error) / 40;
    });
  }
  assert.ok(trained.at(-1)! < .9 * trained[0]!, `${trained}`);
  assert.ok(Math.min(...validated) < .9 * climatology, `${validated} ${climatology}`);
});

Deno.test("temporalFusion: once trained it moves, and no row knows a later one", () => {
  const method = forecastBy("temporalFusion", { memory: 200 });
  const task = simulate({ rows: 1180, width: 1, coins: 1, edge: .3 }), whole = method(task);
  assert.equal(firstDifference(whole, method(sliceTask(task, 0, 1120)), 1119), null);
  assert.equal(firstDifference(whole, method(changeFuture(task, 1100, (value) => -value)), 1100), null);
  const { mean } = method({ ...task, shrinkage: .9 }).coins[0]!;
  assert.ok(mean[0]!.some((value, t) => t > 1095 && value !== whole.coins[0]!.mean[0]![t]));
});
