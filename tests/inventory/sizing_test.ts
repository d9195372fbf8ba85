/** Sizings and slices by hand. */
import assert from "node:assert/strict";
import { POOLS } from "popagent/inventory/pools.ts";
import type { Forecast } from "popagent/inventory/researcher/forecast.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";

const of = (...values: number[]) => Float64Array.from(values);
const sd = of(0.02, 0.04, 0.08);
const none: Float64Array[] = [];
const forecast: Forecast = {
  rows: 3,
  horizons: [2, 6, 12],
  levels: [],
  coins: [{ mean: none, sd: [sd, sd, sd], pUp: none, quantiles: none }],
};
const genes = { baseSize: 0.25, leverage: 4 }; // a full position is once the equity
const input = { forecast, expected: [of(0.002, -0.002, 0.001)], genes };
const near = (got: Float64Array, want: readonly number[]) =>
  want.forEach((value, i) => assert.ok(Math.abs(got[i]! - value) < 1e-12, `${got[i]} for ${value}`));

Deno.test("volatility target: target over the annual sd, at most a full position", () => {
  // .02 over 6 bars is .02 sqrt(2190 / 6) = .38210 a year; .2 / .3821 = .52342; half of it at twice the sd.
  const [shares] = POOLS["trader.sizing"].volatilityTarget!.run(input, { targetVolatility: 0.2 });
  const first = 0.2 / (0.02 * Math.sqrt(2190 / 6));
  near(shares!, [first, first / 2, first / 4]);
  const [capped] = POOLS["trader.sizing"].volatilityTarget!.run(input, { targetVolatility: 1 });
  assert.equal(capped![0], 1);
});

Deno.test("capped Kelly: a fraction of mean over variance, under the cap, whatever the side", () => {
  // .25 x .002 / .0004 = 1.25, capped at .8; .25 x .002 / .0016 = .3125; .25 x .001 / .0064 = .0390625
  const [shares] = POOLS["trader.sizing"].cappedKelly!.run(input, { kellyFraction: 0.25, kellyCap: 0.8 });
  near(shares!, [0.8, 0.3125, 0.0390625]);
});

Deno.test("fixed fraction: a full position", () => {
  near(POOLS["trader.sizing"].fixedFraction!.run(input, {})[0]!, [1, 1, 1]);
});

const styleInput = {
  forecast,
  coins: ["BTC" as const],
  expected: [of(0.01, 0.01, 0.01)],
  stance: { follow: of(0, 0, 0), size: of(1, 1, 1) },
  fullEdge: 0.1,
  returns: [of(0, 0, 0)],
  takerFee: 0.0005,
  targetStretch: 1,
  genes: { ...genes, riskPerTrade: 0.05, stopLoss: 1, takeProfit: 2, entryThreshold: 1 },
  firstRow: 0,
  proposals: [],
  answers: {},
};

Deno.test("TWAP reaches the wish of the market style in equal slices; a sizing says how large it is", () => {
  const own = { smoothing: 0, slices: 3 }, all = { ...styleInput, sized: [of(0.6, 0.6, 0.6)] };
  const { values } = POOLS["trader.styles"].twap!.run(all, own);
  near(of(...[0, 1, 2].map((row) => values[planIndex(1, row, 0) + PLAN.conviction]!)), [0.2, 0.4, 0.6]);
});

Deno.test("the ladder wants what the market style wants, and rests by its genes", () => {
  const own = { smoothing: 0, restingDistance: 0.5, restingRows: 4, rungs: 3, rungStretch: 0.5 };
  const all = { ...styleInput, sized: null };
  const plan = POOLS["trader.styles"].ladder!.run(all, own);
  const market = POOLS["trader.styles"].market!.run(all, own);
  const at = planIndex(1, 1, 0);
  assert.equal(plan.values[at + PLAN.conviction], market.values[at + PLAN.conviction]);
  assert.ok(Math.abs(plan.values[at + PLAN.limitOffset]! - 0.5 * 0.04 / Math.sqrt(6)) < 1e-15);
  assert.equal(plan.values[at + PLAN.limitRows], 4);
  assert.deepEqual(plan.ladder, { rungs: 3, stretch: 0.5 });
});
