import assert from "node:assert/strict";
import pl from "nodejs-polars";
import { simpleReturns } from "../../src/core/series.ts";
import { columnLabel, computeColumn, DEFAULT_COLUMNS } from "../../src/features/catalogue.ts";
import { premium } from "../../src/features/derivatives.ts";
import {
  assembleFeatures,
  featureAddress,
  frameColumn,
  framesToPanel,
  frameTime,
  panelToFrames,
} from "../../src/features/frame.ts";
import { highLowRange } from "../../src/features/high_low_range.ts";
import { crossAssetSignals, SIGNAL_NAMES, standardisedSignals } from "../../src/features/signals/signals.ts";
import { sma } from "../../src/features/sma.ts";
import { DECLARED_COINS } from "../../src/core/universe.ts";
import { DERIVED_COLUMNS } from "../../src/market/derived_columns.ts";
import { truncatePanel } from "../../src/market/panel.ts";
import { assertClose, assertSameBytes } from "./causality.ts";
import { randomPanel } from "./random_bars.ts";

const panel = randomPanel(5, 600);
const tables = assembleFeatures(panelToFrames(panel), panel.source);

Deno.test("panelToFrames() and framesToPanel() lose nothing: the panel's hash comes back", () => {
  assert.equal(framesToPanel(panelToFrames(panel), panel.source).hash, panel.hash);
});

Deno.test("framesToPanel() reads nulls as NaN", () => {
  const frames = panelToFrames(panel);
  const withNulls = frames.BTC!.withColumns(
    pl.when(pl.col("longRatio").isNan()).then(pl.lit(null)).otherwise(pl.col("longRatio")).alias("longRatio"),
  );
  assert.equal(withNulls.getColumn("longRatio").nullCount(), 1);
  assert.equal(framesToPanel({ ...frames, BTC: withNulls }, panel.source).hash, panel.hash);
});

Deno.test("framesToPanel() refuses coins on different time axes, and says where", () => {
  const frames = panelToFrames(panel);
  const shorter = { ...frames, SOL: frames.SOL!.head(599) };
  assert.throws(() => framesToPanel(shorter, panel.source), {
    name: "RangeError",
    message: /SOL has 599 rows.*at row 599/,
  });
  const gap = {
    ...frames,
    XRP: frames.XRP!.filter(pl.col("openTime").dt.timestamp().neq(pl.lit(panel.openTime[7]!))),
  };
  assert.throws(() => framesToPanel(gap, panel.source), { name: "RangeError", message: /XRP.*at row 7/ });
});

Deno.test("feature tables hold the loop's columns and signals bit for bit", () => {
  const raw = crossAssetSignals(panel), read = standardisedSignals(panel);
  DECLARED_COINS.forEach((coin, c) => {
    const table = tables[coin]!;
    assertSameBytes(frameTime(table), panel.openTime, "openTime");
    for (const spec of DEFAULT_COLUMNS) {
      const label = columnLabel(spec);
      assertSameBytes(frameColumn(table, label), computeColumn(panel.coins[c]!, spec), `${coin} ${label}`);
    }
    for (const name of SIGNAL_NAMES) {
      assertSameBytes(frameColumn(table, name), raw[name], `${coin} ${name}`);
      assertSameBytes(frameColumn(table, `${name}_z`), read[name], `${coin} ${name}_z`);
    }
    assertSameBytes(frameColumn(table, "close"), panel.coins[c]!.close, `${coin} close`);
  });
});

Deno.test("polars expressions equal the functions over typed arrays", () => {
  const bars = panel.coins[3]!, table = tables.DOGE!;
  const value = (name: string) => frameColumn(table, name);
  assertSameBytes(value("simpleReturn").subarray(1), simpleReturns(bars.close).subarray(1), "simpleReturn");
  assertSameBytes(value("premium"), premium(bars.markClose, bars.indexClose), "premium");
  assertSameBytes(value("basis"), bars.markClose.map((mark, t) => mark - bars.indexClose[t]!), "basis");
  assertClose(value("highLowRange"), highLowRange(bars.high, bars.low), 1e-15);
  assertClose(value("turnoverMean_42"), sma(bars.turnover, 42), 1e-12);
  assertClose(
    value("closeToMean_42"),
    bars.close.map((close, t) => close / sma(bars.close, 42)[t]! - 1),
    1e-12,
  );
});

Deno.test("findings F.5: a derived column of a table is the one that files are checked against, bit for bit", () => {
  panel.coins.forEach((bars) => {
    for (const name of ["basis", "premium", "openInterestUsd"] as const) {
      const expected = bars.close.map((_, t) => DERIVED_COLUMNS[name].of(bars, t));
      assertSameBytes(frameColumn(tables[bars.coin]!, name), expected, `${bars.coin} ${name}`);
    }
  });
});

Deno.test("feature tables are NaN where they read a column that the bars do not have", () => {
  const missing = ["openInterest", "indexOpen", "indexHigh", "indexLow", "indexClose"] as const;
  const { ETH: table } = assembleFeatures(panelToFrames(panel), panel.source, DEFAULT_COLUMNS, missing);
  const off = table!.columns.filter((name) =>
    name !== "openTime" && !name.endsWith("_z") && frameColumn(table!, name).every(Number.isNaN)
  );
  assert.deepEqual(off, [
    "basis",
    "premium",
    "openInterestUsd",
    "openInterestChange_6",
    "premiumZ_90",
    "cross_oi_delta",
    "aggregate_funding",
  ]);
});

Deno.test("feature tables read the past only and hold no null", () => {
  const t = 421;
  const cut = truncatePanel(panel, t + 1);
  const past = assembleFeatures(panelToFrames(cut), panel.source);
  for (const name of tables.ETH!.columns) {
    assert.equal(tables.ETH!.getColumn(name).nullCount(), 0, name);
    if (name === "openTime") continue;
    assertSameBytes(frameColumn(past.ETH!, name), frameColumn(tables.ETH!, name).subarray(0, t + 1), name);
  }
});

Deno.test("assembleFeatures() adds the columns asked for and no other", () => {
  const few = assembleFeatures(panelToFrames(panel), panel.source, [{ name: "rsi", params: [21] }]);
  assert.ok(few.BTC!.columns.includes("rsi_21"));
  assert.ok(!few.BTC!.columns.some((name) => name.startsWith("adx")));
});

Deno.test("featureAddress() changes with the panel, the columns, a parameter and the version", () => {
  const spec = [{ name: "rsi", params: [14] }] as const;
  const addresses = [
    featureAddress(panel.hash, spec, "1"),
    featureAddress(truncatePanel(panel, 599).hash, spec, "1"),
    featureAddress(panel.hash, [{ name: "rsi", params: [15] }], "1"),
    featureAddress(panel.hash, [...spec, { name: "roc", params: [10] }], "1"),
    featureAddress(panel.hash, spec, "2"),
  ];
  assert.equal(new Set(addresses).size, addresses.length);
  assert.equal(featureAddress(panel.hash, [{ params: [14], name: "rsi" }], "1"), addresses[0]);
});
