/** Findings G.9: a window that an outlier has left is as good as if it had never been there. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { rollingMoments, simpleReturns } from "../../src/core/series.ts";
import { rng } from "../../src/core/rng.ts";
import { realisedVolatility } from "../../src/features/realised_volatility.ts";
import { rollingAutocorrelation } from "../../src/features/rolling_autocorrelation.ts";
import { rollingShape } from "../../src/features/rolling_shape.ts";
import { crossAssetSignals } from "../../src/features/signals/signals.ts";
import { sma } from "../../src/features/sma.ts";
import { volumeBalance } from "../../src/features/volume_balance.ts";
import { type CoinBars, createPanel } from "../../src/market/panel.ts";
import { randomPanel } from "./random_bars.ts";

const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
const mean = (xs: readonly number[]) => sum(xs) / xs.length;
const moment = (xs: readonly number[], k: number) => mean(xs.map((x) => (x - mean(xs)) ** k));

/** Each rolling function beside the obvious one over a single window. */
const columns: readonly [
  name: string,
  rolling: (values: Float64Array, window: number) => Float64Array,
  obvious: (window: readonly number[]) => number,
][] = [
  ["sma", sma, mean],
  ["mean", (values, window) => rollingMoments(values, window).mean, mean],
  [
    "sd",
    (values, window) => rollingMoments(values, window).sd,
    (xs) => Math.sqrt(moment(xs, 2) * xs.length / (xs.length - 1)),
  ],
  ["root mean square", realisedVolatility, (xs) => Math.sqrt(mean(xs.map((x) => x * x)))],
  ["skew", (values, window) => rollingShape(values, window).skew, (xs) => {
    const n = xs.length;
    return Math.sqrt(n * (n - 1)) / (n - 2) * moment(xs, 3) / moment(xs, 2) ** 1.5;
  }],
  ["kurtosis", (values, window) => rollingShape(values, window).kurtosis, (xs) => {
    const n = xs.length, g2 = moment(xs, 4) / moment(xs, 2) ** 2 - 3;
    return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6);
  }],
  ["autocorrelation", rollingAutocorrelation, (xs) => {
    const m = mean(xs);
    return sum(xs.slice(1).map((x, i) => (x - m) * (xs[i]! - m))) / sum(xs.map((x) => (x - m) ** 2));
  }],
];

const spiked = fc.record({
  seed: fc.nat(),
  window: fc.integer({ min: 5, max: 40 }),
  level: fc.constantFrom(0, 1, 300),
  spikes: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 150 }),
      size: fc.constantFrom(1e3, 1e5, 1e7, 1e9, -1e9, 1e12),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

for (const [name, rolling, obvious] of columns) {
  Deno.test(`findings G.9: the ${name} is right again as soon as outliers have left the window`, () => {
    fc.assert(
      fc.property(spiked, ({ seed, window, level, spikes }) => {
        const random = rng("outliers", seed);
        const values = Float64Array.from({ length: 200 }, () => level + random.normal());
        for (const { at, size } of spikes) values[at] = size;
        const out = rolling(values, window);
        for (let i = window - 1; i < values.length; i++) {
          if (spikes.some(({ at }) => at > i - window && at <= i)) continue;
          const expected = obvious([...values.subarray(i - window + 1, i + 1)]);
          const tolerance = 1e-6 * Math.max(1, Math.abs(expected));
          assert.ok(Math.abs(out[i]! - expected) <= tolerance, `row ${i}: ${out[i]}, not ${expected}`);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });
}

Deno.test("findings G.9: a volume balance is right again as soon as an outlier has left the window", () => {
  const random = rng("balance");
  const closes = Float64Array.from({ length: 200 }, () => 100 + random.normal());
  const turnover = Float64Array.from({ length: 200 }, () => 1 + random.uniform()).with(50, 1e15);
  const moves = simpleReturns(closes);
  const out = volumeBalance(closes, turnover, 20);
  for (let i = 70; i < 200; i++) {
    const rows = Array.from({ length: 20 }, (_, k) => i - k);
    const expected = sum(rows.map((t) => Math.sign(moves[t]!) * turnover[t]!)) /
      sum(rows.map((t) => turnover[t]!));
    assert.ok(Math.abs(out[i]! - expected) < 1e-9, `row ${i}`);
  }
});

Deno.test("findings G.9: signals are right again as soon as a bad tick has left their month", () => {
  const panel = randomPanel(9, 700);
  const ticked = (coin: number) =>
    createPanel(
      panel.coins.map((bars, c): CoinBars =>
        c === coin ? { ...bars, close: bars.close.with(200, 1e9) } : bars
      ),
      panel.openTime,
      panel.source,
    );
  const right = crossAssetSignals(panel);
  for (const coin of [0, 2]) { // BTC, an altcoin
    const after = crossAssetSignals(ticked(coin));
    for (
      const name of ["risk_on_off", "cross_correlation", "market_volatility", "altcoin_momentum"] as const
    ) {
      for (let t = 382; t < 700; t++) { // the returns of rows 200 and 201 have left 180 rows
        const off = Math.abs(after[name][t]! - right[name][t]!);
        assert.ok(
          off < 1e-6,
          `${name} with a tick in ${panel.coins[coin]!.coin} is off by ${off} at row ${t}`,
        );
      }
    }
  }
});
