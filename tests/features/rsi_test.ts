import assert from "node:assert/strict";
import fc from "fast-check";
import { ema } from "../../src/features/ema.ts";
import { rsi } from "../../src/features/rsi.ts";
import { sma } from "../../src/features/sma.ts";
import { assertClose } from "./causality.ts";

const closes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 })
  .map((values) => Float64Array.from(values));

// By hand, period 2, moves +1 +1 -1 +3: row 3 gain 0.5 loss 0.5 -> 50; row 4 gain 1.75 loss 0.25 -> 87.5.
Deno.test("rsi() matches the example worked by hand", () => {
  assert.deepEqual([...rsi(Float64Array.of(10, 11, 12, 11, 14), 2)], [NaN, NaN, 100, 50, 87.5]);
});

// ChartSchool (StockCharts), "Relative Strength Index", the QQQQ example; its table has two decimals.
// An RSI of a smoothed series was NaN throughout, and a rule of it never traded.
Deno.test("sma(), ema() and rsi() of another indicator begin where it does", () => {
  const own = Float64Array.of(10, 11, 12, 11, 14), late = Float64Array.of(NaN, NaN, ...own);
  for (const column of [rsi, sma, ema]) {
    assert.deepEqual([...column(late, 2)], [NaN, NaN, ...column(own, 2)], column.name);
    assert.deepEqual([...column(new Float64Array(3).fill(NaN), 2)], [NaN, NaN, NaN], column.name);
    assert.throws(() => column(undefined as never, 2), /must be given a series.*undefined/);
  }
});

Deno.test("rsi() matches the StockCharts table", () => {
  // deno-fmt-ignore
  const prices = Float64Array.of(
    44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826,
    45.8931, 46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439,
  );
  const rounded = [...rsi(prices, 14).subarray(14)].map((value) => value.toFixed(2));
  assert.deepEqual(rounded, ["70.53", "66.32", "66.55", "69.41", "66.36", "57.97"]);
});

Deno.test("rsi() lies in [0, 100], is 50 without moves and 100 less itself when prices are mirrored", () => {
  assert.deepEqual([...rsi(new Float64Array(5).fill(7), 2)], [NaN, NaN, 50, 50, 50]);
  fc.assert(
    fc.property(closes, fc.integer({ min: 1, max: 10 }), (prices, period) => {
      const values = rsi(prices, period);
      const mirrored = rsi(prices.map((price) => 2000 - price), period);
      for (let i = 0; i < values.length; i++) {
        if (i < period) assert.ok(Number.isNaN(values[i]));
        else assert.ok(values[i]! >= 0 && values[i]! <= 100);
      }
      assertClose(mirrored, values.map((value) => 100 - value), 1e-6);
    }),
    { seed: 7 },
  );
});

Deno.test("rsi() names the rule a period breaks", () => {
  for (const period of [0, -1, 1.5, NaN]) {
    assert.throws(() => rsi(new Float64Array(3), period), { name: "RangeError", message: /integer >= 1/ });
  }
});
