import assert from "node:assert/strict";
import {
  CATALOGUE,
  type CatalogueEntry,
  columnLabel,
  computeColumn,
  DEFAULT_COLUMNS,
} from "../../src/features/catalogue.ts";
import { type CoinBars, COLUMN_NAMES, type ColumnName } from "../../src/market/panel.ts";
import { assertCausal, assertClose, assertSameBytes } from "./causality.ts";
import { randomBars } from "./random_bars.ts";

const bars = randomBars(1, 500);
const cuts = [0, 1, 13, 40, 41, 60, 119, 120, 180, 299, 420, 498];

/** Bars with some columns multiplied. */
function scaled(names: readonly ColumnName[], factor: number): CoinBars {
  const columns = COLUMN_NAMES.map((name) => [
    name,
    names.includes(name) ? bars[name].map((value) => value * factor) : bars[name],
  ]);
  return { coin: bars.coin, ...Object.fromEntries(columns) };
}
const prices = COLUMN_NAMES.filter((name) => /open$|high$|low$|close$/i.test(name) || name === "turnover");

for (const spec of DEFAULT_COLUMNS) {
  const entry: CatalogueEntry = CATALOGUE[spec.name];
  const shorter = spec.params.map((param) => Math.max(5, Math.ceil(param / 2)));
  for (const params of [spec.params, shorter]) {
    const label = columnLabel({ name: spec.name, params });
    Deno.test(`catalogue ${label} reads the past only`, () => {
      assertCausal(bars, cuts, (rows) => computeColumn(rows, { name: spec.name, params }));
    });
    Deno.test(`catalogue ${label} warms up for the rows it declares, then is finite and moves`, () => {
      const column = computeColumn(bars, { name: spec.name, params });
      const warmUp = entry.warmUp(params);
      assert.equal(column.findIndex((value) => !Number.isNaN(value)), warmUp);
      assertSameBytes(
        column.subarray(0, warmUp),
        new Float64Array(warmUp).fill(NaN),
        "the one NaN of fill()",
      );
      const values = column.subarray(warmUp);
      assert.ok(values.every(Number.isFinite));
      assert.ok(new Set(values).size > values.length / 4, "nearly constant");
    });
  }

  Deno.test(`catalogue ${spec.name} is free of the price level and of the coin's unit`, () => {
    // A power of two scales without rounding, so what is free of the level is so bit for bit.
    const factor = 1024;
    const level = spec.name === "macdHistogram" ? factor : 1;
    const column = computeColumn(bars, spec);
    assert.deepEqual(computeColumn(scaled(prices, factor), spec), column.map((value) => value * level));
    assertClose(computeColumn(scaled(["volume", "openInterest"], factor), spec), column, 1e-9);
  });

  Deno.test(`catalogue ${spec.name} refuses a wrong number of parameters and windows that are none`, () => {
    const wrong = (params: number[]) => () => computeColumn(bars, { name: spec.name, params });
    assert.throws(wrong([]), { name: "RangeError", message: /Cannot compute/ });
    assert.throws(wrong([...spec.params, 3]), { name: "RangeError", message: /Cannot compute/ });
    spec.params.forEach((_, i) => {
      for (const bad of [0, 2.5, NaN]) {
        assert.throws(wrong(spec.params.with(i, bad)), { name: "RangeError", message: /must be an integer/ });
      }
    });
  });
}

Deno.test("the causality test catches columns that read the future", () => {
  const cheats: Record<string, (bars: CoinBars) => Float64Array> = {
    nextClose: ({ close }) => close.map((_, i) => close[Math.min(i + 1, close.length - 1)]!),
    fullSampleMean: ({ close }) =>
      close.map((price) => price - close.reduce((a, b) => a + b, 0) / close.length),
    lastRowOnly: ({ close }) => close.map((price) => price / close.at(-1)!),
  };
  for (const cheat of Object.values(cheats)) assert.throws(() => assertCausal(bars, [120], cheat));
});

Deno.test("no column needs rows beyond the warm-up of a run at its defaults", () => {
  for (const { name, params } of DEFAULT_COLUMNS) {
    assert.ok((CATALOGUE[name] as CatalogueEntry).warmUp(params) < 360);
  }
});

Deno.test("columns shorter than their warm-up are NaN throughout", () => {
  const few = randomBars(2, 4);
  for (const spec of DEFAULT_COLUMNS) {
    const column = computeColumn(few, spec);
    const warmUp = (CATALOGUE[spec.name] as CatalogueEntry).warmUp(spec.params);
    assert.equal(column.length, 4);
    assert.ok(column.subarray(0, warmUp).every(Number.isNaN));
  }
});
