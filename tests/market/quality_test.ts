import assert from "node:assert/strict";
import { BAR_MS } from "../../src/core/universe.ts";
import { readBybitFolder } from "../../src/adapters/bars/bybit_csv.ts";
import { loadBybitPanel } from "../../src/adapters/bars/holdout.ts";
import type { Coin } from "../../src/core/universe.ts";
import { completeBars } from "../../src/market/complete_bars.ts";
import {
  type CoinBars,
  COLUMN_NAMES,
  type ColumnName,
  createPanel,
  type Panel,
  truncatePanel,
} from "../../src/market/panel.ts";
import { formOf } from "../../src/market/quality/file_form.ts";
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
    ["trades off range", "error", "ETH", "turnover / volume", 1, 5],
  ]],
  ["a negative low", changed("SOL", "low", (x) => x[5] = -1), [[
    "impossible value",
    "error",
    "SOL",
    "low",
    1,
    5,
  ]]],
  ["a high under the close", changed("SOL", "markHigh", (x) => [5, 7].forEach((t) => x[t]! *= 0.9)), [
    ["impossible value", "error", "SOL", "markHigh", 2, 5],
    ["impossible value", "error", "SOL", "markLow", 2, 5],
  ]],
  ["a low over the open", changed("SOL", "indexLow", (x) => x[5]! *= 1.1), [
    ["impossible value", "error", "SOL", "indexHigh", 1, 5],
    ["impossible value", "error", "SOL", "indexLow", 1, 5],
  ]],
  ["a share of 1", changed("DOGE", "longRatio", (x) => x[3] = 1), [
    ["impossible value", "error", "DOGE", "longRatio", 1, 3],
  ]],
  ["no volume", changed("XRP", "volume", (x) => x.fill(0, 10, 14)), [
    ["zero value", "warning", "XRP", "volume", 4, 10],
    ["trades off range", "error", "XRP", "turnover / volume", 4, 10],
  ]],
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
  ["a quiet last bar", changed("BTC", "turnover", (x) => x[799] = 1), [
    ["partial last bar", "note", "BTC", "turnover", 1, 799],
    ["trades off range", "error", "BTC", "turnover / volume", 1, 799],
  ]],
];
for (const [what, bad, expected] of planted) {
  Deno.test(`qualityReport() finds ${what}, says where, and leaves the bars alone`, () => {
    const { hash } = bad, report = qualityReport(bad);
    assert.deepEqual(brief(report.findings), expected);
    assert.equal(createPanel(bad.coins, bad.openTime, bad.source).hash, hash);
  });
}

const times = (factor: number, ...rows: number[]) => (x: Float64Array) =>
  rows.forEach((t) => x[t]! *= factor);
const all = (factor: number) => (x: Float64Array) => x.forEach((_, t) => x[t]! *= factor);
/** Faults of single ticks, of units and of coins, and what is said of them besides notes. */
const faults: readonly [what: string, bad: Panel, expected: readonly unknown[][]][] = [
  ["a high a thousand times too high", changed("BTC", "high", times(1000, 40)), [
    ["wild move", "error", "BTC", "high", 1, 40],
    ["prices apart", "error", "BTC", "high", 1, 40],
  ]],
  ["a low a thousand times too low", changed("ETH", "low", times(1e-3, 40)), [
    ["wild move", "error", "ETH", "high", 1, 40],
    ["prices apart", "error", "ETH", "low", 1, 40],
  ]],
  ["a mark low that would liquidate a long at 1x", changed("SOL", "markLow", times(1e-3, 40)), [
    ["wild move", "error", "SOL", "markHigh", 1, 40],
    ["prices apart", "error", "SOL", "markLow", 1, 40],
  ]],
  ["a mark low at half its height", changed("SOL", "markLow", times(0.5, 40)), [
    ["wild move", "warning", "SOL", "markHigh", 1, 40],
    ["prices apart", "error", "SOL", "markLow", 1, 40],
  ]],
  ["a mark low a fifth too low", changed("SOL", "markLow", times(0.8, 40)), [
    ["prices apart", "warning", "SOL", "markLow", 1, 40],
  ]],
  ["an index high a thousand times too high", changed("DOGE", "indexHigh", times(1000, 40, 50)), [
    ["wild move", "error", "DOGE", "indexHigh", 2, 40],
    ["prices apart", "error", "DOGE", "indexHigh", 2, 40],
  ]],
  ["a close that leaps", changed("XRP", "close", times(1000, 40)), [
    ["impossible value", "error", "XRP", "high", 1, 40],
    ["open off last close", "warning", "XRP", "open", 1, 41],
    ["wild move", "error", "XRP", "close", 2, 40],
    ["prices apart", "error", "XRP", "close", 1, 40],
  ]],
  ["open interest a thousand times too high for a bar", changed("BTC", "openInterest", times(1000, 40)), [
    ["interest jump", "error", "BTC", "openInterest", 2, 40],
  ]],
  ["turnover in coins", changed("BTC", "turnover", (x) => x.set(panel.coins[0]!.volume)), [
    ["trades off range", "error", "BTC", "turnover / volume", 800, 0],
  ]],
  ["turnover in millionths", changed("XRP", "turnover", all(1e6)), [
    ["trades off range", "error", "XRP", "turnover / volume", 800, 0],
  ]],
  ["a turnover a tenth too high", changed("XRP", "turnover", times(1.1, 40)), [
    ["trades off range", "warning", "XRP", "turnover / volume", 1, 40],
  ]],
  ["funding in per cent", changed("ETH", "fundingRate", all(100)), [
    ["odd unit", "error", "ETH", "fundingRate", 1, 0],
  ]],
  ["funding that is 0 throughout", changed("ETH", "fundingRate", (x) => x.fill(0)), [
    ["no funding", "error", "ETH", "fundingRate", 1, 0],
  ]],
  ["funding that is 0 for two weeks", changed("ETH", "fundingRate", (x) => x.fill(0, 40, 124)), [
    ["no funding", "warning", "ETH", "fundingRate", 1, 40],
  ]],
  ["a coin that was copied", copied((bars) => bars), [
    ["copied bars", "error", "ETH", "close, volume of BTC", 800, 0],
    ["twin coins", "warning", "ETH", "correlation with BTC", 1, 0],
  ]],
  ["some rows that were copied", copied((btc, eth) => rowsOf(btc, eth, 40, 43)), [
    ["open off last close", "warning", "ETH", "open", 2, 40],
    ["wild move", "error", "ETH", "close", 2, 40],
    ["copied bars", "error", "ETH", "close, volume of BTC", 3, 40],
  ]],
  ["a coin that is another in other units", copied((bars) => scaled(bars, 0.07)), [
    ["twin coins", "warning", "ETH", "correlation with BTC", 1, 0],
  ]],
];

/** The panel with ETH's last price, volume and turnover made from BTC's; the rest stays away, to be no matter. */
function copied(make: (btc: CoinBars, eth: CoinBars) => CoinBars): Panel {
  const coins = panel.coins.map((bars) =>
    bars.coin === "ETH" ? { ...make(panel.coins[0]!, bars), coin: "ETH" } : bars
  );
  const beside = COLUMN_NAMES.filter((name) => /^(mark|index|fund|long|openI)/.test(name));
  return createPanel(coins, panel.openTime, panel.source, [], beside);
}

function rowsOf(from: CoinBars, into: CoinBars, start: number, end: number): CoinBars {
  const columns = COLUMN_NAMES.map((name) => {
    const values = into[name].slice();
    values.set(from[name].subarray(start, end), start);
    return [name, values];
  });
  return { ...into, ...Object.fromEntries(columns) };
}

function scaled(bars: CoinBars, factor: number): CoinBars {
  const names = ["open", "high", "low", "close", "turnover"] as const;
  return { ...bars, ...Object.fromEntries(names.map((name) => [name, bars[name].map((x) => factor * x)])) };
}

for (const [what, bad, expected] of faults) {
  Deno.test(`findings F.2: qualityReport() finds ${what}`, () => {
    assert.deepEqual(
      brief(qualityReport(bad).findings.filter(({ severity }) => severity !== "note")),
      expected,
    );
  });
}

Deno.test("findings F.2: coins that were swapped are known by what they cost at a date", () => {
  const folder = realBarsFolder();
  if (folder === null) return console.log("no real bars here: not run");
  const real = loadBybitPanel(folder).panel;
  const wrong = (coins: readonly CoinBars[]) =>
    qualityReport(createPanel(coins, real.openTime, real.source, real.instruments)).findings
      .flatMap(({ issue, severity, coin, count }) => issue === "wrong coin" ? [[severity, coin, count]] : []);
  assert.deepEqual(wrong(real.coins), []);
  real.coins.forEach((one, i) => {
    for (const other of real.coins.slice(0, i)) {
      const named = { [one.coin]: other.coin, [other.coin]: one.coin };
      const swapped = real.coins.map(({ coin }) => ({
        ...real.coins.find((bars) => bars.coin === (named[coin] ?? coin))!,
        coin,
      }));
      const found = [["error", other.coin, 4], ["error", one.coin, 4]]; // at all four dates
      assert.deepEqual(wrong(swapped), found, `${one.coin} and ${other.coin}`);
    }
  });
  const thousands = real.coins.map((bars) => bars.coin === "DOGE" ? scaled(bars, 1000) : bars);
  assert.deepEqual(wrong(thousands), [["error", "DOGE", 4]]);
});

Deno.test("findings F.2: open interest in another unit is known by what is traded beside it", () => {
  const folder = realBarsFolder();
  if (folder === null) return console.log("no real bars here: not run");
  const real = loadBybitPanel(folder).panel;
  for (const { coin } of real.coins) {
    for (const factor of [1000, 1 / 1000]) {
      const coins = real.coins.map((bars) =>
        bars.coin === coin ? { ...bars, openInterest: bars.openInterest.map((x) => factor * x) } : bars
      );
      const { findings } = qualityReport(createPanel(coins, real.openTime, real.source, real.instruments));
      const found = findings.flatMap((one) => one.issue === "odd unit" ? [[one.severity, one.coin]] : []);
      assert.deepEqual(found, [["error", coin]], `${coin} times ${factor}`);
    }
  }
});

Deno.test("findings F.1: a running last candle is seen though its row is sealed", () => {
  const rows = 500, sealed = formOf(panel); // the panel's last 300 rows are sealed
  const development = truncatePanel(panel, rows);
  const close = panel.openTime[799]! + BAR_MS;
  const said = (now: number) =>
    brief(qualityReport(development, [], { ...QUALITY_DEFAULTS, now }, sealed).findings);
  assert.deepEqual(said(close), []);
  assert.deepEqual(said(close - 1), [["partial last bar", "error", null, "openTime", 1, 799]]);
  const quiet = formOf(changed("BTC", "turnover", (x) => x[799] = 1));
  const [finding] = qualityReport(development, [], QUALITY_DEFAULTS, quiet).findings;
  assert.deepEqual([finding!.issue, finding!.coin, finding!.firstRow], ["partial last bar", "BTC", 799]);
  assert.ok(Number.isNaN(finding!.firstValue), "its value stays sealed");
});

Deno.test("qualityReport() says nothing of columns that are stand-ins", () => {
  const { openInterest, longRatio, fundingRate, ...rest } = panel.coins[0]!;
  assert.ok(openInterest && longRatio && fundingRate);
  const bars = completeBars("BTC", rest);
  const missing = ["openInterest", "longRatio", "fundingRate"] as const;
  const poor = createPanel([bars], panel.openTime, panel.source, [], missing);
  assert.deepEqual(qualityReport(poor).findings, []);
});

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
  const tested = new Set(
    [...planted, ...faults].flatMap(([, , expected]) => expected.map(([issue]) => issue)),
  );
  assert.deepEqual(QUALITY_ISSUES.filter((issue) => !tested.has(issue)), [
    "premium outlier",
    "wrong coin",
    "derived mismatch",
  ]); // tests of their own
});

Deno.test("qualityReport() finds in the real bars what is known of them", () => {
  const folder = realBarsFolder();
  if (folder === null) return console.log("no real bars here: not run");
  const { coins, openTime, derived } = readBybitFolder(folder);
  const whole = createPanel(coins, openTime, { kind: "bybit", folder, unsealed: true, sealedRows: 0 });
  const { findings } = qualityReport(whole, derived);
  // The exchange reported a share of 0 once; SOL's index fell behind its future as FTX broke, on 9 and 10 November 2022.
  assert.deepEqual(brief(findings.filter(({ severity }) => severity !== "note")), [
    ["missing value", "warning", "BTC", "longRatio", 1, 452],
    ["prices apart", "warning", "SOL", "indexOpen", 3, 2216],
    ["prices apart", "warning", "SOL", "indexHigh", 2, 2216],
    ["prices apart", "warning", "SOL", "indexLow", 6, 2214],
    ["prices apart", "warning", "SOL", "indexClose", 3, 2215],
  ]);
  assert.equal(findings.find(({ coin }) => coin === "BTC")!.firstTime, "2022-01-19 16:00");
  assert.equal(findings.find(({ column }) => column === "indexLow")!.firstTime, "2022-11-09 08:00");
  // SOL settled every 4 h from 10 November to 20 December 2022: its terms of those weeks say so.
  assert.deepEqual(findings.filter(({ issue }) => issue === "funding off hours"), []);
});
