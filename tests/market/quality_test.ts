import assert from "node:assert/strict";
import { BAR_MS } from "../../src/core/universe.ts";
import { readBybitFolder } from "../../src/adapters/bars/bybit_csv.ts";
import type { Coin } from "../../src/core/universe.ts";
import { type ColumnName, createPanel, type Panel } from "../../src/market/panel.ts";
import type { DerivedBars } from "popagent/market/derived_columns.ts";
import {
  QUALITY_DEFAULTS,
  QUALITY_ISSUES,
  type QualityFinding,
  qualityReport,
} from "../../src/market/quality.ts";
import { syntheticMarket } from "../../src/market/synthetic/synthetic_market.ts";
import { realBarsFolder } from "../real_bars.ts";

const { panel } = syntheticMarket({ seed: 9, rows: 800, mode: "default", ic: 0 });

/** The panel with one column of one coin changed in place. */
function changed(coin: Coin, name: ColumnName, change: (values: Float64Array) => void): Panel {
  const coins = panel.coins.map((bars) => {
    if (bars.coin !== coin) return bars;
    const values = bars[name].slice();
    change(values);
    return { ...bars, [name]: values };
  });
  return createPanel(coins, panel.openTime, panel.source);
}

function retimed(change: (times: Float64Array) => void): Panel {
  const times = panel.openTime.slice();
  change(times);
  const coins = panel.coins.map((bars) => ({
    ...bars,
    fundingRate: new Float64Array(panel.rows).fill(1e-4),
  }));
  return createPanel(coins, times, panel.source); // constant funding: else every later change would be off hours
}

const brief = (findings: readonly QualityFinding[]) =>
  findings.map((
    { issue, severity, coin, column, count, firstRow },
  ) => [issue, severity, coin, column, count, firstRow]);

Deno.test("qualityReport() has nothing to say about a synthetic market", () => {
  assert.deepEqual(qualityReport(panel), {
    rows: 800,
    from: "2021-11-05 08:00",
    to: "2022-03-18 12:00", // 799 bars of 4 h later: 133 days and 4 h
    findings: [],
  });
});

const later = (from: number, by: number) => (times: Float64Array) =>
  times.forEach((_, t) => t >= from && (times[t]! += by));
const planted: readonly [what: string, bad: Panel, expected: readonly unknown[][]][] = [
  ["missing bars", retimed(later(30, 3 * BAR_MS)), [["gap", "error", null, "openTime", 3, 30]]],
  ["a repeated bar", retimed(later(30, -BAR_MS)), [["duplicate", "error", null, "openTime", 1, 30]]],
  ["bars out of order", retimed(later(30, -5 * BAR_MS)), [["disorder", "error", null, "openTime", 1, 30]]],
  ["bars off the grid", retimed(later(799, 60_000)), [["gap", "error", null, "openTime", 1, 799], [
    "off grid",
    "error",
    null,
    "openTime",
    1,
    799,
  ]]],
  ["an unknown long ratio", changed("BTC", "longRatio", (x) => x[70] = NaN), [
    ["missing value", "warning", "BTC", "longRatio", 1, 70],
  ]],
  ["a missing price", changed("ETH", "markClose", (x) => x[799] = NaN), [
    ["missing value", "error", "ETH", "markClose", 1, 799],
  ]],
  ["an endless turnover", changed("ETH", "turnover", (x) => x[5] = Infinity), [
    ["impossible value", "error", "ETH", "turnover", 1, 5],
  ]],
  ["a negative low", changed("SOL", "low", (x) => x[5] = -1), [[
    "impossible value",
    "error",
    "SOL",
    "low",
    1,
    5,
  ]]],
  ["a high under the close", changed("SOL", "markHigh", (x) => x[5] = x[7] = 1e-3), [
    ["impossible value", "error", "SOL", "markHigh", 2, 5],
    ["impossible value", "error", "SOL", "markLow", 2, 5],
  ]],
  ["a low over the open", changed("SOL", "indexLow", (x) => x[5] = 1e6), [
    ["impossible value", "error", "SOL", "indexHigh", 1, 5],
    ["impossible value", "error", "SOL", "indexLow", 1, 5],
  ]],
  ["a share of 1", changed("DOGE", "longRatio", (x) => x[3] = 1), [
    ["impossible value", "error", "DOGE", "longRatio", 1, 3],
  ]],
  ["no volume", changed("XRP", "volume", (x) => x.fill(0, 10, 14)), [[
    "zero value",
    "warning",
    "XRP",
    "volume",
    4,
    10,
  ]]],
  [
    "a stuck long ratio",
    changed("XRP", "longRatio", (x) => x.fill(0.6, 10, 16).fill(0.7, 40, 60).fill(0.8, 90, 95)),
    [
      ["stale value", "warning", "XRP", "longRatio", 2, 10],
    ],
  ],
  ["an open off the last close", changed("BTC", "open", (x) => x[6]! *= 1.0000001), [
    ["open off last close", "warning", "BTC", "open", 1, 6],
  ]],
  ["an odd funding hour", changed("BTC", "fundingRate", (x) => x.fill(0.00123, 100, 101)), [
    ["funding off hours", "note", "BTC", "fundingRate", 1, 101], // back at row 101, 04:00 UTC
  ]],
  ["a huge funding rate", changed("BTC", "fundingRate", (x) => x.fill(-0.01, 102, 104)), [
    ["funding outlier", "note", "BTC", "fundingRate", 2, 102],
  ]],
  ["a quiet last bar", changed("BTC", "turnover", (x) => x[799] = 1), [[
    "partial last bar",
    "note",
    "BTC",
    "turnover",
    1,
    799,
  ]]],
];
for (const [what, bad, expected] of planted) {
  Deno.test(`qualityReport() finds ${what}, says where, and leaves the bars alone`, () => {
    const { hash } = bad, report = qualityReport(bad);
    assert.deepEqual(brief(report.findings), expected);
    assert.equal(createPanel(bad.coins, bad.openTime, bad.source).hash, hash);
  });
}

Deno.test("qualityReport() finds premiums beyond the limit with their size", () => {
  const far = changed("ETH", "indexClose", (x) => x[50]! *= 0.5);
  const finding = qualityReport(far).findings.find(({ issue }) => issue === "premium outlier")!;
  assert.deepEqual([finding.coin, finding.firstRow, finding.count], ["ETH", 50, 1]);
  assert.ok(Math.abs(finding.firstValue - 1) < 0.01);
});

Deno.test("qualityReport() calls a last bar partial that had not closed", () => {
  const close = panel.openTime[799]! + BAR_MS;
  const issues = (now: number) =>
    qualityReport(panel, [], { ...QUALITY_DEFAULTS, now }).findings.map(({ issue }) => issue);
  assert.deepEqual(issues(close), []);
  assert.deepEqual(issues(close - 1), ["partial last bar"]);
});

Deno.test("qualityReport() holds derived columns against what they follow from", () => {
  const bars = panel.coins[2]!;
  const right: DerivedBars = {
    coin: "SOL",
    shortRatio: bars.longRatio.map((x) => 1 - x),
    longShortRatio: bars.longRatio.map((x) => x / (1 - x)),
    basis: bars.markClose.map((x, t) => x - bars.indexClose[t]!),
    premium: bars.markClose.map((x, t) => (x - bars.indexClose[t]!) / bars.indexClose[t]!),
    openInterestUsd: bars.openInterest.map((x, t) => x * bars.markClose[t]!),
  };
  assert.deepEqual(qualityReport(panel, [right]).findings, []);
  for (const column of ["shortRatio", "longShortRatio", "basis", "premium", "openInterestUsd"] as const) {
    const wrong = {
      ...right,
      [column]: right[column]!.map((x, t) => t === 33 ? x + Math.abs(x) * 0.5 : t === 44 ? NaN : x),
    };
    const expected = [["derived mismatch", "warning", "SOL", column, 2, 33]];
    assert.deepEqual(brief(qualityReport(panel, [wrong]).findings), expected);
  }
});

Deno.test("qualityReport() can find every issue that it lists", () => {
  const tested = new Set(planted.flatMap(([, , expected]) => expected.map(([issue]) => issue)));
  assert.deepEqual(QUALITY_ISSUES.filter((issue) => !tested.has(issue)), [
    "premium outlier",
    "derived mismatch",
  ]); // above
});

Deno.test("qualityReport() finds in the real bars what is known of them", () => {
  const folder = realBarsFolder();
  if (folder === null) return console.log("no real bars here: not run");
  const { coins, openTime, derived } = readBybitFolder(folder);
  const whole = createPanel(coins, openTime, { kind: "bybit", folder, unsealed: true });
  const { findings } = qualityReport(whole, derived);
  assert.deepEqual(findings.filter(({ severity }) => severity !== "note"), [{
    issue: "missing value",
    severity: "warning",
    coin: "BTC",
    column: "longRatio",
    count: 1,
    firstRow: 452,
    firstTime: "2022-01-19 16:00",
    firstValue: NaN,
  }]);
  const offHours = findings.filter(({ issue }) => issue === "funding off hours"); // SOL settled every 4 h for a while
  assert.deepEqual(offHours.map(({ coin, count, firstTime }) => [coin, count, firstTime]), [[
    "SOL",
    78,
    "2022-11-10 12:00",
  ]]);
});
