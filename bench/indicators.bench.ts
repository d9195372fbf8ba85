/**
 * Twenty indicators over five coins of 4380 bars, against the same in C (gcc -O3 -march=native).
 * Run: deno run -A bench/indicators.bench.ts. Without gcc it times TypeScript alone and says so.
 * TypeScript allocates its results, as a caller does; C reuses its buffers.
 */
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { simpleReturns } from "../src/core/series.ts";
import { adx } from "../src/features/adx.ts";
import { atr } from "../src/features/atr.ts";
import { bollinger } from "../src/features/bollinger.ts";
import { fundingZ } from "../src/features/derivatives.ts";
import { ema } from "../src/features/ema.ts";
import { highLowRange } from "../src/features/high_low_range.ts";
import { macd } from "../src/features/macd.ts";
import { momentum } from "../src/features/momentum.ts";
import { parkinsonVolatility } from "../src/features/parkinson_volatility.ts";
import { ppo } from "../src/features/ppo.ts";
import { realisedVolatility } from "../src/features/realised_volatility.ts";
import { roc } from "../src/features/roc.ts";
import { rollingAutocorrelation } from "../src/features/rolling_autocorrelation.ts";
import { rollingShape } from "../src/features/rolling_shape.ts";
import { rsi } from "../src/features/rsi.ts";
import { crossAssetSignals } from "../src/features/signals/signals.ts";
import { sma } from "../src/features/sma.ts";
import { stochastic } from "../src/features/stochastic.ts";
import { trix } from "../src/features/trix.ts";
import { volumeBalance } from "../src/features/volume_balance.ts";
import { volumeRatio } from "../src/features/volume_ratio.ts";
import { afterWarmUp } from "../src/features/warm_up.ts";
import type { CoinBars } from "../src/market/panel.ts";
import { randomPanel } from "../tests/features/random_bars.ts";

const ROWS = 4380;
const REPEATS = 300;
const REACH = 1.4, AIM = 1.2;
const TOLERANCE = 1e-9;

const indicators: Readonly<Record<string, (bars: CoinBars) => readonly Float64Array[]>> = {
  sma: ({ close }) => [sma(close, 20)],
  ema: ({ close }) => [ema(close, 12)],
  macd: ({ close }) => Object.values(macd(close, 12, 26, 9)),
  rsi: ({ close }) => [rsi(close, 14)],
  atr: ({ high, low, close }) => [atr(high, low, close, 14)],
  adx: ({ high, low, close }) => Object.values(adx(high, low, close, 14)),
  bollinger: ({ close }) => Object.values(bollinger(close, 20)),
  stochastic: ({ high, low, close }) => Object.values(stochastic(high, low, close, 14, 3)),
  roc: ({ close }) => [roc(close, 10)],
  momentum: ({ close }) => [momentum(close, 18)],
  trix: ({ close }) => [trix(close, 15)],
  ppo: ({ close }) => [ppo(close, 12, 26)],
  shape: ({ close }) => {
    const { skew, kurtosis } = rollingShape(simpleReturns(close).subarray(1), 60);
    return [shifted(skew), shifted(kurtosis)];
  },
  autocorrelation: (
    { close },
  ) => [afterWarmUp(simpleReturns(close), 1, (x) => rollingAutocorrelation(x, 60))],
  volatility: ({ close }) => [afterWarmUp(simpleReturns(close), 1, (x) => realisedVolatility(x, 20))],
  range: ({ high, low }) => [sma(highLowRange(high, low), 14)],
  parkinson: ({ high, low }) => [parkinsonVolatility(highLowRange(high, low), 20)],
  volumeRatio: ({ turnover }) => [volumeRatio(turnover, 42)],
  volumeBalance: ({ close, turnover }) => [volumeBalance(close, turnover, 20)],
  fundingZ: ({ fundingRate }) => [fundingZ(fundingRate, 90)],
};

/** Returns start at row 1, so their columns move up by one. */
function shifted(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length + 1).fill(NaN);
  out.set(values, 1);
  return out;
}

interface Timing {
  /** Best of the repeats, ns per bar of one coin. */
  readonly nanoseconds: number;
  /** Sum of value x (1 + row mod 7) over all numbers of all coins and outputs. */
  readonly checksum: number;
}

/** Best of `repeats` runs over the five coins. */
function time(coins: readonly CoinBars[], compute: (bars: CoinBars) => readonly Float64Array[]): Timing {
  let best = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    for (const bars of coins) compute(bars);
    best = Math.min(best, performance.now() - start);
  }
  let checksum = 0;
  for (const bars of coins) {
    for (const column of compute(bars)) {
      column.forEach((value, row) => {
        if (!Number.isNaN(value)) checksum += value * (1 + row % 7);
      });
    }
  }
  return { nanoseconds: best * 1e6 / (coins.length * ROWS), checksum };
}

/** The same in C; null, with the reason said, where no gcc is. */
async function timeC(coins: readonly CoinBars[]): Promise<ReadonlyMap<string, Timing> | null> {
  const folder = await Deno.makeTempDir();
  try {
    const source = fileURLToPath(new URL("c/indicators.c", import.meta.url));
    const program = join(folder, "indicators"), data = join(folder, "bars.bin");
    const compiled = await run("gcc", ["-O3", "-march=native", "-o", program, source, "-lm"]);
    if (compiled === null) return null;
    const columns = coins.flatMap((
      { high, low, close, turnover, fundingRate },
    ) => [high, low, close, turnover, fundingRate]);
    const bytes = new Uint8Array(columns.length * ROWS * 8);
    columns.forEach((column, i) => bytes.set(new Uint8Array(column.buffer), i * ROWS * 8));
    await Deno.writeFile(data, bytes);
    const printed = await run(program, [data, `${coins.length}`, `${ROWS}`, `${REPEATS}`]);
    return printed === null ? null : new Map(
      printed.trim().split("\n").map((line) => {
        const [name, nanoseconds, checksum] = line.split(" ");
        return [name!, { nanoseconds: Number(nanoseconds), checksum: Number(checksum) }];
      }),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function run(command: string, args: string[]): Promise<string | null> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(command, { args }).output();
    if (success) return new TextDecoder().decode(stdout);
    console.log(`${command} failed, C is skipped: ${new TextDecoder().decode(stderr)}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log(`There is no ${command} here, C is skipped.`);
  }
  return null;
}

const panel = randomPanel(1, ROWS);
const c = await timeC(panel.coins);
console.log(`ns per bar of one coin, best of ${REPEATS}${c ? ": TypeScript, C, ratio" : ""}`);
let ours = 0, theirs = 0;
for (const [name, compute] of Object.entries(indicators)) {
  const ts = time(panel.coins, compute);
  ours += ts.nanoseconds;
  const peer = c?.get(name);
  if (!peer) {
    console.log(name.padEnd(16), ts.nanoseconds.toFixed(1).padStart(7));
    continue;
  }
  theirs += peer.nanoseconds;
  const apart = Math.abs(ts.checksum - peer.checksum) / Math.max(Math.abs(peer.checksum), 1);
  if (!(apart <= TOLERANCE)) {
    throw new Error(
      `Cannot compare ${name} as both must compute the same: checksums ${ts.checksum} and ${peer.checksum}`,
    );
  }
  const ratio = ts.nanoseconds / peer.nanoseconds;
  console.log(
    name.padEnd(16),
    ts.nanoseconds.toFixed(1).padStart(7),
    peer.nanoseconds.toFixed(1).padStart(7),
    `${ratio.toFixed(2)}x`.padStart(7),
  );
}
const count = Object.keys(indicators).length;
console.log(`mean of ${count}: ${(ours / count).toFixed(1)} ns/bar/indicator`);
if (c) {
  const ratio = ours / theirs;
  console.log(
    `C: ${(theirs / count).toFixed(1)}; ratio ${ratio.toFixed(2)}x, reach ${REACH}, aim ${AIM}: ${
      ratio <= REACH ? "reached" : "missed"
    }`,
  );
}

let best = Infinity;
for (let repeat = 0; repeat < 40; repeat++) {
  const start = performance.now();
  crossAssetSignals(panel);
  best = Math.min(best, performance.now() - start);
}
console.log(`eight cross-asset signals, ${ROWS} rows x 5 coins: ${best.toFixed(2)} ms`);
