import assert from "node:assert/strict";
import fc from "fast-check";
import { adx } from "../../src/features/adx.ts";
import { CATALOGUE, columnLabel, computeColumn, DEFAULT_COLUMNS } from "../../src/features/catalogue.ts";
import { rng } from "../../src/core/rng.ts";
import type { CoinBars } from "../../src/market/panel.ts";
import { assertClose } from "./causality.ts";
import { randomBars } from "./random_bars.ts";

/** Candles on a grid of ticks so coarse that equal moves are frequent, as DOGE's are. */
function tickBars(seed: number, rows: number, tick: number, start: number): CoinBars {
  const random = rng("ticks", seed);
  const steps = () => Math.round(2 * Math.abs(random.normal()));
  const grid = (ticks: number) => Number((ticks * tick).toFixed(5)); // the double nearest to the decimal
  let close = start;
  const bars = randomBars(seed, rows);
  for (let t = 0; t < rows; t++) {
    const open = close;
    close = open + Math.round(2 * random.normal());
    bars.open[t] = grid(open);
    bars.close[t] = grid(close);
    bars.high[t] = grid(Math.max(open, close) + steps());
    bars.low[t] = grid(Math.min(open, close) - steps());
  }
  return bars;
}

function scaled(bars: CoinBars, factor: number): CoinBars {
  const prices = ["open", "high", "low", "close"] as const;
  return { ...bars, ...Object.fromEntries(prices.map((name) => [name, bars[name].map((x) => x * factor)])) };
}

const FACTORS = [1000, 1 / 3, 1 / 1000, 7];

Deno.test("findings F.4: ADX and its indicators do not depend on the unit of prices, ties of ticks included", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.constantFrom(...FACTORS),
      fc.constantFrom(1e-5, 1e-4, 0.1),
      (seed, factor, tick) => {
        const bars = tickBars(seed, 150, tick, 5000), other = scaled(bars, factor);
        const one = adx(bars.high, bars.low, bars.close, 14);
        const two = adx(other.high, other.low, other.close, 14);
        for (const name of ["plus", "minus", "adx"] as const) assertClose(two[name], one[name], 1e-9, name);
      },
    ),
    { seed: 7 },
  );
});

Deno.test("findings F.4: a tie in ticks counts for no side, whatever its floats say", () => {
  // .06983 - .06981 and .06945 - .06943: two ticks each, and two doubles that differ
  const highs = Float64Array.of(0.06981, 0.06983), lows = Float64Array.of(0.06945, 0.06943);
  assert.notEqual(highs[1]! - highs[0]!, lows[0]! - lows[1]!);
  const { plus, minus } = adx(highs, lows, Float64Array.of(0.0696, 0.0696), 1);
  assert.deepEqual([plus[1], minus[1]], [0, 0]);
});

Deno.test("findings F.4: no column depends on the unit of prices but the one at price level", () => {
  const bars = tickBars(3, 400, 1e-5, 7000);
  for (const factor of FACTORS) {
    const other = scaled(bars, factor);
    for (const spec of DEFAULT_COLUMNS) {
      const warmUp = CATALOGUE[spec.name].warmUp(spec.params);
      const level = spec.name === "macdHistogram" ? factor : 1;
      assertClose(
        computeColumn(other, spec).map((x) => x / level).subarray(warmUp),
        computeColumn(bars, spec).subarray(warmUp),
        1e-7,
        columnLabel(spec),
      );
    }
  }
});
