import assert from "node:assert/strict";
import { simpleReturns } from "../../src/core/series.ts";
import {
  crossAssetSignals,
  SIGNAL_NAMES,
  type SignalName,
  SIGNALS,
  standardisedSignals,
} from "../../src/features/signals/signals.ts";
import { type CoinBars, createPanel, type Panel } from "../../src/market/panel.ts";
import { assertClose, assertPanelCausal } from "./causality.ts";
import { randomPanel } from "./random_bars.ts";

const panel = randomPanel(3, 700);
const signals = crossAssetSignals(panel);
const cuts = [0, 5, 6, 41, 42, 180, 181, 299, 300, 360, 500, 698];

/** Rows of NaN at the start of each signal, as its file declares. */
const warmUps: Readonly<Record<SignalName, number>> = {
  btc_dominance: 41,
  altcoin_momentum: 42,
  eth_btc_ratio: 0,
  cross_oi_delta: 6,
  aggregate_funding: 0,
  risk_on_off: 180,
  market_volatility: 42,
  cross_correlation: 180,
};

/** The panel with the columns of some coins replaced. */
function changed(change: (bars: CoinBars, coin: number) => Partial<CoinBars>): Panel {
  const coins = panel.coins.map((bars, coin) => ({ ...bars, ...change(bars, coin) }));
  return createPanel(coins as CoinBars[], panel.openTime, panel.source);
}

for (const name of SIGNAL_NAMES) {
  Deno.test(`signal ${name} reads the past only, raw and standardised`, () => {
    assertPanelCausal(panel, cuts, (rows) => SIGNALS[name].compute(rows));
    assertPanelCausal(panel, [300, 500], (rows) => standardisedSignals(rows)[name]);
  });

  Deno.test(`signal ${name} warms up as declared and then moves`, () => {
    assert.equal(signals[name].findIndex((value) => !Number.isNaN(value)), warmUps[name]);
    const values = signals[name].subarray(warmUps[name]);
    assert.ok(values.every(Number.isFinite));
    assert.ok(new Set(values).size > values.length / 3);
  });
}

Deno.test("standardised signals lie in [-4, 4], are 0 while warming up and are all read from row 300 on", () => {
  for (const [name, values] of Object.entries(standardisedSignals(panel))) {
    assert.ok(values.every((value) => Math.abs(value) <= 4));
    assert.ok(values.subarray(0, 120).every((value) => value === 0));
    assert.ok(values.subarray(300).every((value) => value !== 0), name);
    const mean = values.subarray(300).reduce((a, b) => a + b, 0) / (values.length - 300);
    assert.ok(Math.abs(mean) < 2.5, `${name} has mean ${mean}`);
  }
});

Deno.test("signals equal their definitions computed naively at a row", () => {
  const t = 523;
  const returns = panel.coins.map((bars) => [...simpleReturns(bars.close)]);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const rows = (values: ArrayLike<number>, window: number) => Array.from(values).slice(t - window + 1, t + 1);
  const covariance = (a: readonly number[], b: readonly number[]) =>
    sum(a.map((x, i) => (x - sum(a) / a.length) * (b[i]! - sum(b) / b.length))) / (a.length - 1);
  const correlation = (a: readonly number[], b: readonly number[]) =>
    covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));

  const traded = panel.coins.map((bars) => sum(rows(bars.turnover, 42)));
  const interest = (row: number, price: number) =>
    sum(panel.coins.map((bars) => bars.openInterest[row]! * bars.markOpen[price]!));
  const funding = sum(
    panel.coins.map((bars) => bars.fundingRate[t]! * bars.openInterest[t]! * bars.markOpen[t]!),
  );
  const btc = rows(returns[0]!, 180);
  const altcoins = rows(
    returns[1]!.map((_, i) => sum(returns.slice(1).map((series) => series[i]!)) / 4),
    180,
  );
  const statistic = sum(btc) / 180 / Math.sqrt(covariance(btc, btc) / 180);
  const pairs = returns.flatMap((a, i) =>
    returns.slice(0, i).map((b) => correlation(rows(a, 180), rows(b, 180)))
  );
  const expected: Record<SignalName, number> = {
    btc_dominance: traded[0]! / sum(traded),
    altcoin_momentum: sum(panel.coins.slice(1).map((bars) => bars.close[t]! / bars.close[t - 42]! - 1)) / 4,
    eth_btc_ratio: panel.coins[1]!.close[t]! / panel.coins[0]!.close[t]!,
    cross_oi_delta: interest(t, t - 6) / interest(t - 6, t - 6) - 1,
    aggregate_funding: funding / interest(t, t),
    risk_on_off: covariance(altcoins, btc) / covariance(btc, btc) * Math.tanh(statistic),
    market_volatility: Math.sqrt(2190) * sum(returns.map((series, c) => {
      return traded[c]! / sum(traded) * Math.sqrt(sum(rows(series, 42).map((x) => x * x)) / 42);
    })),
    cross_correlation: sum(pairs) / 10,
  };
  for (const name of SIGNAL_NAMES) {
    assertClose(signals[name].subarray(t, t + 1), [expected[name]], 1e-10, name);
  }
});

Deno.test("cross_oi_delta ignores a mere rise of prices; aggregate_funding follows where the interest lies", () => {
  const dearer = changed((bars) => ({ markOpen: bars.markOpen.map((price, t) => price * (1 + t / 100)) }));
  const calm = changed((bars) => ({ openInterest: bars.openInterest.map(() => 1000) }));
  assert.ok(crossAssetSignals(calm).cross_oi_delta.subarray(6).every((value) => value === 0));
  assert.notDeepEqual(crossAssetSignals(dearer).cross_oi_delta, new Float64Array(panel.rows));
  const onlySol = changed((bars, coin) => ({
    openInterest: bars.openInterest.map(() => coin === 2 ? 1000 : 1e-9),
  }));
  assertClose(crossAssetSignals(onlySol).aggregate_funding, panel.coins[2]!.fundingRate, 1e-9);
});

Deno.test("risk_on_off turns its sign with the market and cross_correlation is 1 for one market", () => {
  const one = (drift: number) =>
    changed((_, coin) => ({
      close: panel.coins[0]!.close.map((_, t) => (coin + 1) * Math.exp(drift * t + 0.01 * Math.sin(t * t))),
    }));
  const up = crossAssetSignals(one(0.004)), down = crossAssetSignals(one(-0.004));
  assert.ok(up.risk_on_off.subarray(180).every((beta) => beta > 0.5));
  assert.ok(down.risk_on_off.subarray(180).every((beta) => beta < -0.5));
  assertClose(up.cross_correlation.subarray(180), new Float64Array(panel.rows - 180).fill(1), 1e-9);
});
