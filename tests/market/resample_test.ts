import assert from "node:assert/strict";
import fc from "fast-check";
import { resample, type TradedColumns } from "popagent/market/resample.ts";

const HOUR = 3_600_000;

Deno.test("resample() matches the worked example: first open, highest high, lowest low, last close, sums", () => {
  // Hours 3..12: hour 3 stands before the first whole bar of four, hour 12 after the last.
  const openTime = Float64Array.from({ length: 10 }, (_, i) => (i + 3) * HOUR);
  const columns = {
    open: Float64Array.of(1, 10, 11, 12, 13, 20, 21, 22, 23, 9),
    high: Float64Array.of(99, 12, 18, 13, 14, 21, 22, 29, 24, 99),
    low: Float64Array.of(1, 9, 10, 8, 12, 19, 20, 21, 18, 1),
    close: Float64Array.of(1, 11, 12, 13, 20, 21, 22, 23, 24, 1),
    volume: Float64Array.of(100, 1, 2, 3, 4, 5, 6, 7, 8, 100),
  };
  const { openTime: times, columns: bars, before, after } = resample(openTime, columns, 4 * HOUR);
  assert.deepEqual([before, after, [...times]], [1, 1, [4 * HOUR, 8 * HOUR]]);
  assert.deepEqual([...bars.open], [10, 20]);
  assert.deepEqual([...bars.high], [18, 29]);
  assert.deepEqual([...bars.low], [8, 18]);
  assert.deepEqual([...bars.close], [20, 24]);
  assert.deepEqual([...bars.volume!], [10, 26]);
  assert.equal((bars as TradedColumns).turnover, undefined);
});

Deno.test("resample() in two steps gives the bars of one", () => {
  const prices = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 50, maxLength: 200 });
  fc.assert(
    fc.property(prices, fc.nat(40), (values, offset) => {
      const openTime = Float64Array.from(values, (_, i) => (i + offset) * HOUR / 4);
      const column = Float64Array.from(values);
      const columns = { open: column, high: column, low: column, close: column, volume: column };
      const once = resample(openTime, columns, 4 * HOUR);
      const hours = resample(openTime, columns, HOUR);
      const again = resample(hours.openTime, hours.columns, 4 * HOUR);
      assert.deepEqual(again.openTime, once.openTime);
      assert.deepEqual(again.columns, once.columns);
    }),
    { seed: 7 },
  );
});

Deno.test("resample() refuses bars that do not divide", () => {
  const column = Float64Array.of(1, 1);
  const columns = { open: column, high: column, low: column, close: column };
  assert.throws(() => resample(Float64Array.of(0, 3 * HOUR), columns, 4 * HOUR), /must divide 14400000 ms/);
});
