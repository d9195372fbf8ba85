/**
 * Methods of the inventory: CPU per coin and bar of each of analyst and researcher, and three ratios: recursive least squares
 * over C, a block bootstrap over a naive one, an ARMA refit over statsmodels' where a python has it.
 * Run: deno task bench methods [--rows=2190] [--python=python3].
 */
import process from "node:process";
import { agentOf } from "../src/agents/agent.ts";
import { variantNamed } from "../src/agents/catalogue.ts";
import { analysisOf } from "../src/agents/desk.ts";
import { forecastTask } from "../src/agents/researcher/research.ts";
import { startGenome } from "../src/agents/variant.ts";
import { rng } from "../src/core/rng.ts";
import { settingsSchema } from "../src/experiments/config.ts";
import { createDesk } from "../src/experiments/market.ts";
import { addRecursiveRow, createRecursiveFit } from "../src/inventory/models/recursive_least_squares.ts";
import { methodNamed, POOLS } from "../src/inventory/pools.ts";
import { REFIT_EVERY } from "../src/inventory/researcher/refits.ts";
import { createArmaFit, fitArma } from "../src/inventory/researcher/models/arma.ts";
import { syntheticMarket } from "../src/market/synthetic/synthetic_market.ts";

const option = (name: string, usual: string) =>
  Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual;
const ROWS = Number(option("rows", "2190")), PYTHON = option("python", "python3");

/** CPU milliseconds of a piece of work. */
function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
const least = (repeats: number, work: () => void) =>
  Math.min(...Array.from({ length: repeats }, () => cpu(work)));

const { panel } = syntheticMarket({ seed: 1, rows: ROWS, mode: "default", ic: 0 });
const fresh = () => createDesk(panel, settingsSchema.parse({}), 2 ** 28);
const told = (pool: string, key: string, ms: number, coins = 1) =>
  console.log(`${pool} ${key}: ${(1000 * ms / ROWS / coins).toFixed(2)} us per coin and bar`);

const lookbacks = [14, 21, 50] as const;
for (const [key, { run }] of Object.entries(POOLS["analyst.features"])) {
  told("analyst.features", key, cpu(() => run({ market: fresh().market, coin: 1, lookbacks }, {})));
}
for (const [key, { run }] of Object.entries(POOLS["analyst.volatility"])) {
  told(
    "analyst.volatility",
    key,
    cpu(() => run({ market: fresh().market, coin: 1, lookbacks, weights: [1] }, {})),
  );
}
for (const [key, { run }] of Object.entries(POOLS["analyst.regimes"])) {
  told(
    "analyst.regimes",
    key,
    cpu(() => run({ market: fresh().market, coin: 1, lookback: 50, threshold: .5 }, {})),
  );
}
const desk = fresh(), researcher = agentOf("researcher", startGenome(variantNamed("researcher", "bayesian")));
const analyst = agentOf("analyst", startGenome(variantNamed("analyst", "technical")));
const analysis = analysisOf(desk, { analyst, researcher: null, trader: null, risk: null });
const task = { ...forecastTask(researcher, desk.market, analysis, "bench"), levels: [.05, .5, .95] };
const sampler = methodNamed("researcher.uncertainty", "blockBootstrap"),
  sample = sampler.run(task, sampler.start);
const calibrate = methodNamed("researcher.calibration", "rollingErrors").run;
for (const [key, { run, start }] of Object.entries(POOLS["researcher.forecasting"])) {
  const input = { task, calibrate: (given: Parameters<typeof calibrate>[0]) => calibrate(given, {}), sample };
  told(
    "researcher.forecasting",
    key,
    cpu(() => run(input, { ...sampler.start, ...start })),
    task.returns.length,
  );
}

// Recursive least squares over C, 16 coefficients.
const SIZE = 16,
  N = 4000,
  random = rng("bench"),
  x = new Float64Array(SIZE * N).map(() => random.uniform() - .5);
const y = new Float64Array(N).map((_, t) => x[t * SIZE]! + x[t * SIZE + 1]!), work = new Float64Array(SIZE);
const recursiveRows = () =>
  1e6 * least(15, () => {
    const fit = createRecursiveFit(SIZE, 1);
    for (let t = 0; t < N; t++) addRecursiveRow(fit, x, t * SIZE, y[t]!, .998, work);
  }) / N;
let ours = recursiveRows();
const binary = await Deno.makeTempFile(),
  source = new URL("c/recursive_least_squares.c", import.meta.url).pathname;
try {
  await new Deno.Command("cc", { args: ["-O3", "-march=native", "-o", binary, source] }).output();
  let c = Infinity;
  for (let round = 0; round < 3; round++) { // taking turns, as the machine is not always as fast
    const { stdout } = await new Deno.Command(binary, { args: [`${SIZE}`, `${N}`, "15"] }).output();
    c = Math.min(c, Number(new TextDecoder().decode(stdout).split(" ")[0]));
    ours = Math.min(ours, recursiveRows());
  }
  console.log(
    `recursive least squares, 16: ${ours.toFixed(0)} ns a row, ${(ours / c).toFixed(2)} times C (aim 2)`,
  );
} catch (error) {
  console.log(
    `recursive least squares, 16: ${ours.toFixed(0)} ns a row; no C beside it: ${(error as Error).message}`,
  );
}
await Deno.remove(binary);

// Block bootstrap of sums over six rows, coins pooled and sorted, over one that slices, sums and sorts plain arrays.
const residuals = task.returns.map((r) => r.map((value) => value / .01)),
  out = new Float64Array(sample.draws);
const quick = least(15, () => {
  for (let t = 500; t < 600; t++) sample.sums(residuals, t, 120, 6, out);
});
const naive = least(5, () => {
  for (let t = 500; t < 600; t++) {
    const draws: number[] = [];
    const windows = residuals.map((series) => [...series.subarray(t - 119, t + 1)]);
    const means = windows.map((window) => window.reduce((sum, value) => sum + value, 0) / window.length);
    for (let d = 0; d < sample.draws; d++) {
      const window = windows[d % windows.length]!, mean = means[d % windows.length]!;
      const start = Math.floor(random.uniform() * 120);
      const block = Array.from({ length: 6 }, (_, k) => window[(start + k) % 120]! - mean);
      draws.push(Math.abs(block.reduce((sum, value) => sum + value, 0)) / Math.sqrt(6));
    }
    draws.sort((a, b) => a - b);
  }
});
const times = naive / quick;
console.log(
  `block bootstrap: ${times.toFixed(0)} times as fast a call as a plain one; ${
    (REFIT_EVERY * times).toFixed(0)
  } a bar, as it is drawn at refits and not at every bar (aim 20)`,
);

// ARMA(1,1) refit of 500 rows from a warm start, over statsmodels' ARIMA.
const z = new Float64Array(500).map(() => random.normal()), fit = createArmaFit(500);
const refit = least(15, () => {
  for (let i = 0; i < 100; i++) fitArma(z, 0, 499, Float64Array.of(1, 1, 1), 8, fit);
}) / 100;
const script = `import time, warnings, numpy as np
warnings.simplefilter("ignore")
from statsmodels.tsa.arima.model import ARIMA
z = np.random.default_rng(1).normal(size=500); best = 1e9
for _ in range(5):
    s = time.process_time(); ARIMA(z, order=(1, 0, 1)).fit(); best = min(best, time.process_time() - s)
print(1000 * best)`;
try {
  const env = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" }; // idle threads that spin are no work
  const { success, stdout } = await new Deno.Command(PYTHON, { args: ["-c", script], env }).output();
  if (!success) throw new Error(`${PYTHON} has no statsmodels`);
  const theirs = Number(new TextDecoder().decode(stdout));
  console.log(
    `ARMA refit: ${refit.toFixed(3)} ms, ${
      (theirs / refit).toFixed(0)
    } times as fast as statsmodels (aim 200)`,
  );
} catch (error) {
  console.log(`ARMA refit: ${refit.toFixed(3)} ms; ${(error as Error).message}`);
}
