import assert from "node:assert/strict";
import fc from "fast-check";
import { readBybitFolder } from "../../src/adapters/bars/bybit_csv.ts";
import {
  BEAR,
  BULL,
  expandingMedian,
  HIGH_VOLATILITY,
  LOW_VOLATILITY,
  marketRegimes,
  SIDE,
  trendRegimes,
  UNKNOWN_VOLATILITY,
  volatilityRegimes,
} from "../../src/market/regimes.ts";
import { syntheticMarket } from "../../src/market/synthetic/synthetic_market.ts";
import { realBarsFolder } from "../real_bars.ts";

const { panel } = syntheticMarket({ seed: 6, rows: 2400, mode: "default", ic: 0 });

/** Prices that move by +-1 % in turn, around a drift per row. */
function zigzag(rows: number, drift: (row: number) => number): Float64Array {
  let level = 0;
  return new Float64Array(rows).map((_, t) => Math.exp(level += drift(t) + (t % 2 === 0 ? 0.01 : -0.01)));
}

Deno.test("trendRegimes() enters at z = 0.75 and leaves at 0.25", () => {
  // By hand: moves of +-1 % have sd .01 (n-1: .010028), so z = 180 d / (.010028 sqrt 180) = 1338 d for a drift d
  const constant = (z: number) => trendRegimes(zigzag(400, () => z / 1338))[399];
  assert.deepEqual([0.7, 0.8, -0.7, -0.8].map(constant), [SIDE, BULL, SIDE, BEAR]);
  // Held: a drift worth z = 1, then z = 0.5 keeps the trend, z = 0.2 ends it
  const then = (z: number) => trendRegimes(zigzag(800, (t) => (t < 400 ? 1 : z) / 1338))[799];
  assert.deepEqual([0.5, 0.2, -0.5, -1].map(then), [BULL, SIDE, SIDE, BEAR]);
  assert.ok(trendRegimes(zigzag(180, () => 0.01)).every((label) => label === SIDE));
  assert.ok(trendRegimes(new Float64Array(300).fill(5)).every((label) => label === SIDE));
});

Deno.test("volatilityRegimes() compares with the median so far, once there are 720 rows", () => {
  const closes = zigzag(1500, () => 0);
  const wild = closes.map((close, t) => t < 1000 ? close : close * (t % 2 === 0 ? 1.05 : 1));
  const labels = volatilityRegimes(wild);
  assert.ok(labels.subarray(0, 719).every((label) => label === UNKNOWN_VOLATILITY));
  assert.notEqual(labels[719], UNKNOWN_VOLATILITY);
  assert.ok(labels.subarray(1001).every((label) => label === HIGH_VOLATILITY));
  const calm = volatilityRegimes(closes.map((close, t) => t < 1000 ? close : closes[1000]!));
  assert.ok(calm.subarray(1010).every((label) => label === LOW_VOLATILITY));
});

Deno.test("expandingMedian() equals sorting afresh at each row", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 }), (values) => {
      const expected = values.map((_, t) => {
        const sorted = values.slice(0, t + 1).sort((a, b) => a - b);
        return (sorted[t >> 1]! + sorted[(t + 1) >> 1]!) / 2;
      });
      assert.deepEqual([...expandingMedian(Float64Array.from(values))], expected);
    }),
    { seed: 7 },
  );
});

Deno.test("regimes read the past only: cutting or changing the future changes nothing", () => {
  const closes = panel.coins[2]!.close, trend = trendRegimes(closes), volatility = volatilityRegimes(closes);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2399 }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (cut, factor) => {
        const changed = closes.map((close, t) => t < cut ? close : close * factor);
        for (const prices of [closes.slice(0, cut), changed]) {
          assert.deepEqual(trendRegimes(prices).subarray(0, cut), trend.subarray(0, cut));
          assert.deepEqual(volatilityRegimes(prices).subarray(0, cut), volatility.subarray(0, cut));
        }
      },
    ),
    { seed: 7, numRuns: 50 },
  );
});

Deno.test("marketRegimes() are Bitcoin's", () => {
  const { trend, volatility } = marketRegimes(panel);
  assert.deepEqual(trend, trendRegimes(panel.coins[0]!.close));
  assert.deepEqual(volatility, volatilityRegimes(panel.coins[0]!.close));
});

Deno.test("regimes of the real bars have the shares and spells that were measured on four years", () => {
  const folder = realBarsFolder();
  if (folder === null) return console.log("no real bars here: not run");
  // bull / side / bear shares of 2021-11-05 .. 2025-11-05; here are the first three of these four years
  const shares = [[0.38, 0.37, 0.25], [0.33, 0.37, 0.3], [0.36, 0.32, 0.32], [0.29, 0.36, 0.35], [
    0.27,
    0.43,
    0.29,
  ]];
  readBybitFolder(folder).coins.forEach(({ coin, close, open }, i) => {
    const trend = trendRegimes(close).subarray(180), volatility = volatilityRegimes(close);
    [BULL, SIDE, BEAR].forEach((label, k) => {
      const share = trend.filter((value) => value === label).length / trend.length;
      assert.ok(Math.abs(share - shares[i]![k]!) < 0.06, `${coin} ${label}: ${share}`);
    });
    const spell = trend.length / (1 + trend.filter((value, t) => t > 0 && value !== trend[t - 1]).length);
    assert.ok(spell > 65 && spell < 100, `${coin} spell ${spell}`); // 75 to 97 over four years
    const known = volatility.subarray(719),
      high = known.filter((value) => value === HIGH_VOLATILITY).length / known.length;
    assert.ok(high > 0.28 && high < 0.52, `${coin} high ${high}`); // .32 to .50
    const nextSd = (label: number) => {
      const squares = [...close.keys()].filter((t) => t > 0 && volatility[t - 1] === label)
        .map((t) => Math.log(close[t]! / open[t]!) ** 2);
      return 100 * Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length);
    };
    if (coin === "BTC") assert.ok(Math.abs(nextSd(0) - 0.89) < 0.05 && Math.abs(nextSd(1) - 1.34) < 0.08);
    if (coin === "SOL") assert.ok(Math.abs(nextSd(0) - 1.63) < 0.08 && Math.abs(nextSd(1) - 2.86) < 0.18);
  });
});
