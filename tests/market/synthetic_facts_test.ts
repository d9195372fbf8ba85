/**
 * The stylised facts that the synthetic market was fitted to, in three worlds. Targets are the means of an
 * independent numpy implementation over 40 seeds of four years; after them stands what four real years of
 * Bybit bars show. Tolerances are about the spread of one seed (funding, which is skewed over seeds, a little more).
 */
import assert from "node:assert/strict";
import { DECLARED_COINS } from "../../src/core/universe.ts";
import { isFundingTime } from "../../src/core/universe.ts";
import { type SyntheticMarket, syntheticMarket } from "../../src/market/synthetic/synthetic_market.ts";

const SEEDS = 12, ROWS = 8766; // four years, as the targets were measured

const mean = (x: ArrayLike<number>) =>
  Array.prototype.reduce.call(x, (a, b) => (a as number) + b, 0) as number / x.length;
const centred = (x: Float64Array) => {
  const m = mean(x);
  return x.map((v) => v - m);
};
const sd = (x: Float64Array) => Math.sqrt(mean(centred(x).map((v) => v * v)));
const correlation = (x: Float64Array, y: Float64Array) => {
  const a = centred(x), b = centred(y);
  return mean(a.map((v, i) => v * b[i]!)) / (sd(x) * sd(y));
};
const autocorrelation = (x: Float64Array, lag: number) => {
  const a = centred(x);
  return mean(a.map((v, i) => i >= lag ? v * a[i - lag]! : 0)) / mean(a.map((v) => v * v));
};
const quantile = (sorted: Float64Array, p: number) => sorted[Math.round(p * (sorted.length - 1))]!;
/** Clips the outer half per cent on each side. */
const winsorised = (x: Float64Array) => {
  const sorted = x.slice().sort(), low = quantile(sorted, 0.005), high = quantile(sorted, 0.995);
  return x.map((v) => Math.min(high, Math.max(low, v)));
};
const changes = (x: Float64Array) => x.subarray(1).map((v, i) => v - x[i]!);

/** Facts of one coin by name. */
function facts({ panel }: SyntheticMarket, coin: number): Record<string, number> {
  const bars = panel.coins[coin]!, btc = panel.coins[0]!;
  const returns = bars.close.map((c, t) => Math.log(c / bars.open[t]!));
  const btcReturns = btc.close.map((c, t) => Math.log(c / btc.open[t]!));
  const sorted = returns.slice().sort(), size = returns.map(Math.abs);
  const range = bars.high.map((h, t) => Math.log(h / bars.low[t]!)), logRange = range.map(Math.log);
  const settled = bars.fundingRate.filter((_, t) => isFundingTime(panel.openTime[t]!)).map((f) => f * 1e4);
  const interest = changes(bars.openInterest.map(Math.log)), inBar = returns.subarray(0, -1);
  const premium = bars.markClose.map((m, t) => 1e4 * (m / bars.indexClose[t]! - 1));
  const logTurnover = bars.turnover.map(Math.log);
  return {
    "return sd %": 100 * sd(returns),
    "tail ratio": (quantile(sorted, 0.995) - quantile(sorted, 0.005)) /
      (quantile(sorted, 0.75) - quantile(sorted, 0.25)),
    "ACF r 1": autocorrelation(returns, 1),
    "ACF |r| 1": autocorrelation(size, 1),
    "ACF |r| 6": autocorrelation(size, 6),
    "ACF |r| 42": autocorrelation(size, 42),
    "correlation with BTC": correlation(returns, btcReturns),
    "sd log range": sd(logRange),
    "mean range %": 100 * mean(range),
    "funding mean bp": mean(settled),
    "funding sd bp": sd(winsorised(settled)),
    "P(funding = 1 bp)": mean(settled.map((f) => Math.abs(f - 1) < 1e-9 ? 1 : 0)),
    "P(funding < 0)": mean(settled.map((f) => f < 0 ? 1 : 0)),
    "funding ACF 1": autocorrelation(winsorised(settled), 1),
    "funding ACF 21": autocorrelation(winsorised(settled), 21),
    "open interest sd %": 100 * sd(winsorised(interest)),
    "open interest ACF 2": autocorrelation(interest, 2),
    "open interest with return": correlation(winsorised(interest), inBar),
    "long ratio mean": mean(bars.longRatio),
    "long ratio sd": sd(bars.longRatio),
    "long ratio ACF 1": autocorrelation(bars.longRatio, 1),
    "long ratio with return": correlation(changes(bars.longRatio), inBar),
    "premium mean bp": mean(premium),
    "premium sd bp": sd(premium),
    "premium ACF 1": autocorrelation(premium, 1),
    "turnover sd": sd(logTurnover),
    "turnover with range": correlation(logTurnover, logRange),
  };
}

/** Per fact: BTC, ETH, SOL, DOGE, XRP, and the tolerance on the mean over seeds. */
const TARGETS: Readonly<Record<string, readonly [readonly number[], number]>> = {
  "return sd %": [[1.142, 1.487, 2.142, 2.117, 1.804], 0.13], // real 1.097 1.465 2.155 2.055 1.764
  "tail ratio": [[8.719, 8.408, 7.668, 8.75, 8.863], 0.5], // real 10.1 8.9 7.4 8.6 9.2
  "ACF r 1": [[0, 0, 0, 0, 0], 0.016], // real 0 0 0 -.03 .01
  "ACF |r| 1": [[0.217, 0.224, 0.219, 0.227, 0.209], 0.025], // real .207 .216 .234 .234 .284
  "ACF |r| 6": [[0.187, 0.19, 0.191, 0.195, 0.178], 0.025], // real .16 to .22
  "ACF |r| 42": [[0.131, 0.132, 0.126, 0.117, 0.112], 0.025], // real .06 to .13
  "correlation with BTC": [[1, 0.854, 0.755, 0.708, 0.66], 0.012], // real 1 .839 .727 .681 .624
  "sd log range": [[0.723, 0.707, 0.668, 0.719, 0.726], 0.02], // real .69 .66 .59 .67 .65
  "mean range %": [[1.631, 2.144, 3.181, 3.008, 2.513], 0.19], // real 1.58 2.10 3.17 2.95 2.47
  "funding mean bp": [[0.77, 0.732, 0.624, 1.056, 0.955], 0.18], // real .72 .67 .24 1.00 .85
  "funding sd bp": [[0.947, 0.963, 1.364, 1.263, 1.428], 0.3], // real 1.06 .98 2.60 1.32 1.35
  "P(funding = 1 bp)": [[0.43, 0.444, 0.458, 0.602, 0.533], 0.045], // real .43 .44 .45 .60 .53
  "P(funding < 0)": [[0.161, 0.181, 0.253, 0.102, 0.16], 0.045], // real .15 .18 .25 .10 .16
  "funding ACF 1": [[0.746, 0.762, 0.807, 0.775, 0.774], 0.045], // real .72 to .80
  "funding ACF 21": [[0.347, 0.373, 0.371, 0.307, 0.304], 0.08], // real .29 to .41
  "open interest sd %": [[2.058, 1.984, 2.97, 2.178, 2.326], 0.19], // real 2.03 1.94 2.83 2.10 2.28
  "open interest ACF 2": [[-0.099, -0.079, -0.041, -0.019, -0.035], 0.014], // real -.107 to -.015
  "open interest with return": [[0.132, 0.074, 0.076, 0.449, 0.356], 0.025], // real .11 .08 .08 .42 .35
  "long ratio mean": [[0.598, 0.693, 0.707, 0.756, 0.739], 0.02], // real .596 .689 .708 .755 .737
  "long ratio sd": [[0.074, 0.116, 0.093, 0.069, 0.072], 0.009], // real .079 .128 .101 .074 .080
  "long ratio ACF 1": [[0.981, 0.993, 0.986, 0.971, 0.981], 0.003], // real .980 .995 .988 .973 .984
  "long ratio with return": [[-0.189, -0.052, -0.099, -0.32, -0.279], 0.02], // real -.18 .01 -.08 -.29 -.27
  "premium mean bp": [[-1.75, -1.84, -1.7, -1.24, -1.48], 0.8], // real -1.8 to -1.2
  "premium sd bp": [[3.94, 4.216, 5.777, 4.948, 4.65], 0.4], // real 4.0 to 5.9
  "premium ACF 1": [[0.914, 0.902, 0.793, 0.83, 0.858], 0.025], // real .76 to .89
  "turnover sd": [[0.855, 1.009, 1.261, 1.636, 1.262], 0.1], // real .90 1.05 1.29 1.61 1.23
  "turnover with range": [[0.758, 0.617, 0.373, 0.568, 0.642], 0.05], // real .34 to .71
};

Deno.test("syntheticMarket(default) shows the stylised facts of the real bars", () => {
  const measured = Array.from({ length: SEEDS }, (_, seed) => {
    const market = syntheticMarket({ seed, rows: ROWS, mode: "default", ic: 0 });
    return Array.from({ length: DECLARED_COINS.length }, (_, coin) => facts(market, coin));
  });
  const misses: string[] = [];
  for (const [name, [targets, tolerance]] of Object.entries(TARGETS)) {
    targets.forEach((target, coin) => {
      const value = mean(measured.map((market) => market[coin]![name]!));
      if (!(Math.abs(value - target) <= tolerance)) {
        misses.push(`${name}, coin ${coin}: ${value}, target ${target}`);
      }
    });
  }
  assert.deepEqual(misses, []);
});

// Realised correlations of the planted mean with the return, numpy implementation: .03 -> .03, .06 -> .07, .10 -> .14
for (const [ic, target] of [[0.03, 0.03], [0.06, 0.07], [0.1, 0.14]] as const) {
  Deno.test(`syntheticMarket(planted, ${ic}) correlates its planted mean with returns by about ${target}`, () => {
    const values = Array.from({ length: 8 }, (_, seed) => {
      const { panel, truth } = syntheticMarket({ seed, rows: 4380, mode: "planted", ic });
      return mean(
        panel.coins.map((bars, coin) =>
          correlation(truth.m[coin]!, bars.close.map((close, t) => Math.log(close / bars.open[t]!)))
        ),
      );
    });
    assert.ok(Math.abs(mean(values) - target) < 0.015, `${mean(values)}`);
  });
}

Deno.test("syntheticMarket(null) pays no position: price gain less funding has mean 0, held, timed or leaning on funding", () => {
  const gains: Record<string, number[]> = {
    hold: [],
    reversal: [],
    momentum: [],
    "against funding": [],
    "at settlements": [],
  };
  for (let seed = 0; seed < 30; seed++) {
    const { panel } = syntheticMarket({ seed, rows: 4380, mode: "null", ic: 0 });
    const sums: Record<string, number> = Object.fromEntries(Object.keys(gains).map((name) => [name, 0]));
    for (const { close, fundingRate, markOpen } of panel.coins) {
      let momentum = 0;
      for (let t = 1; t + 2 < panel.rows; t++) {
        momentum = 0.95 * momentum + Math.log(close[t]! / close[t - 1]!);
        const settles = isFundingTime(panel.openTime[t + 2]!);
        // bought at the open of t+1, which is close[t]; paid at the open of t+2 if that settles
        const paid = settles ? fundingRate[t + 2]! * markOpen[t + 2]! / close[t]! : 0;
        const gain = close[t + 1]! / close[t]! - 1 - paid;
        sums.hold! += gain;
        sums.reversal! -= Math.sign(close[t]! - close[t - 1]!) * gain;
        sums.momentum! += Math.sign(momentum) * gain;
        sums["against funding"]! -= Math.sign(fundingRate[t]! - 1e-4) * gain;
        if (settles) sums["at settlements"]! -= gain;
      }
    }
    for (const [name, values] of Object.entries(gains)) values.push(sums[name]!);
  }
  for (const [name, values] of Object.entries(gains)) {
    const standardError = sd(Float64Array.from(values)) / Math.sqrt(values.length - 1);
    assert.ok(Math.abs(mean(values)) < 3 * standardError, `${name}: ${mean(values)} +- ${standardError}`);
  }
});

Deno.test("syntheticMarket(null) offsets each settlement: without the offset shorts would earn the mean funding", () => {
  // Same noise, same seed: the log returns of the null world less those of a planted one whose planted mean and
  // drift are taken out differ by ln(1 + F) at settlements and by nothing elsewhere, as long as F is the same.
  const nothing = syntheticMarket({ seed: 4, rows: 1000, mode: "null", ic: 0 });
  const planted = syntheticMarket({ seed: 4, rows: 1000, mode: "planted", ic: 0.06 });
  for (let coin = 0; coin < DECLARED_COINS.length; coin++) {
    const a = nothing.panel.coins[coin]!, b = planted.panel.coins[coin]!;
    for (let t = 0; t + 1 < 1000; t++) {
      const bare = Math.log(b.close[t]! / b.open[t]!) - planted.truth.m[coin]![t]! -
        planted.truth.drift[coin]![t]!;
      const offset = isFundingTime(nothing.panel.openTime[t + 1]!) ? Math.log1p(a.fundingRate[t + 1]!) : 0;
      assert.ok(
        Math.abs(Math.log(a.close[t]! / a.open[t]!) - bare - offset) < 1e-12,
        `coin ${coin} row ${t}`,
      );
    }
  }
});
