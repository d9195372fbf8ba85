import assert from "node:assert/strict";
import {
  deflatedSharpe,
  expectedMaximum,
  minBacktestYears,
  minTrackRecord,
  probabilisticSharpe,
  trackRecord,
} from "../../src/stats/deflated_sharpe.ts";
import { assertClose } from "../close_to.ts";
import { r12 } from "../golden_data.ts";

// The worked example of Bailey and Lopez de Prado (2014), daily returns: published 0.1132, 0.9004, 0.9505.
const example = { sharpe: 2.5 / Math.sqrt(250), bars: 1250, skew: -3, kurtosis: 10 };

Deno.test("deflatedSharpe() matches the paper's example", () => {
  const variance = 0.5 / 250;
  assertClose(Math.sqrt(variance) * expectedMaximum(100), 0.11317200186513214, 1e-11);
  assertClose(deflatedSharpe(example, 100, variance), 0.9003968344493903, 1e-10);
  assertClose(deflatedSharpe(example, 46, variance), 0.9505017068755787, 1e-10);
  assertClose(deflatedSharpe({ ...example, skew: 0, kurtosis: 3 }, 88, variance), 0.9504908166760139, 1e-10);
  assertClose(deflatedSharpe(example, 1, variance), probabilisticSharpe(example, 0), 1e-15);
});

// Golden values: scipy.
Deno.test("expectedMaximum() and minBacktestYears() match scipy", () => {
  for (
    const [trials, expected] of [
      [2, 0.5197553442805939],
      [5, 1.1925940010147893],
      [25, 1.9971498874673592],
      [100, 2.5306028932016846],
      [625, 3.11898791581935],
    ] as const
  ) assertClose(expectedMaximum(trials), expected, 1e-10);
  assert.equal(expectedMaximum(1), 0);
  assert.equal(expectedMaximum(1.01), 0);
  assertClose(minBacktestYears(45, 1), 4.998087004443404, 1e-9);
  assert.throws(() => expectedMaximum(0.5), RangeError);
});

Deno.test("probabilisticSharpe() and minTrackRecord() match scipy on four-hour bars", () => {
  const record = { sharpe: 1.5 / Math.sqrt(2190), bars: 4380, skew: -0.2, kurtosis: 10.6 };
  assertClose(probabilisticSharpe(record, 0), 0.9826450491633403, 1e-11);
  const bars = minTrackRecord(record, 0, 0.95);
  assertClose(bars, 2657.770599098791, 1e-6);
  assertClose(probabilisticSharpe({ ...record, bars }, 0), 0.95, 1e-10); // it is the length that just suffices
  assert.throws(() => minTrackRecord(record, 1, 0.95), /must exceed 1/);
});

Deno.test("trackRecord() reads the moments of the returns", () => {
  const record = trackRecord(r12);
  assert.equal(record.bars, 12);
  assertClose(record.sharpe, 0.21567019913426871, 1e-14);
  assertClose(record.kurtosis, 2.2832600684721527, 1e-13);
});
