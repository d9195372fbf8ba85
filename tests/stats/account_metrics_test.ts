/** Metrics of protocol section 2 that describe an account. Golden values: empyrical 0.7.1, pandas, numpy on R12. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { calmar, growthCalmar } from "../../src/stats/calmar.ts";
import { drawdownDuration } from "../../src/stats/drawdown_duration.ts";
import { annualGrowth } from "../../src/stats/growth.ts";
import { monthlyReturns } from "../../src/stats/monthly_returns.ts";
import { totalReturn } from "../../src/stats/return_ratios.ts";
import { rollingSharpe } from "../../src/stats/rolling_sharpe.ts";
import { annualSharpe } from "../../src/stats/sharpe.ts";
import { tailRatio } from "../../src/stats/tail_ratio.ts";
import { timeInMarket } from "../../src/stats/time_in_market.ts";
import { turnover } from "../../src/stats/turnover.ts";
import { assertClose } from "../close_to.ts";
import { r12 } from "../golden_data.ts";

const BAR = 4 * 3_600_000;
const times = (start: string, n: number) =>
  Float64Array.from({ length: n }, (_, i) => Date.parse(start) + i * BAR);

Deno.test("annualGrowth() and both Calmar ratios match empyrical", () => {
  assertClose(annualGrowth(r12) / 1615.8332354394045, 1, 1e-11);
  assertClose(growthCalmar(r12)! / 53998.353663541384, 1, 1e-11);
  assertClose(calmar(r12)!, 256.15105058690716, 1e-9);
  assertClose(annualGrowth(new Float64Array(2190).fill(1e-4)), 1.0001 ** 2190 - 1, 1e-10);
  assert.equal(annualGrowth([-1, .5]), -1);
  assert.equal(annualGrowth([-2]), -1); // below 0 nothing is left
});

Deno.test("Calmar ratios of an account that never fell, or never moved", () => {
  assert.deepEqual([calmar([.1, .1]), growthCalmar([.1, .1])], [Infinity, Infinity]);
  assert.deepEqual([calmar([0, 0]), growthCalmar([0, 0])], [null, null]);
});

// By hand: equity 1 .9 .99 1.1 1.0 1.05: below the start for two bars, a high, below it for two until the end.
Deno.test("drawdownDuration() counts bars below an earlier high, the start included", () => {
  assert.deepEqual(drawdownDuration([-.1, .1, .12, -.1, .05]), { longest: 2, current: 2, share: .8 });
  assert.deepEqual(drawdownDuration([.1, 0, .1]), { longest: 0, current: 0, share: 0 });
  // R12: 2 bars below 1.01, then 7 below 1.0348, and the last bar is a high
  assert.deepEqual(drawdownDuration(r12), { longest: 7, current: 0, share: 9 / 12 });
  assert.equal(drawdownDuration([]), null);
});

Deno.test("rollingSharpe() matches pandas, reads its window alone, and forgets a wild return", () => {
  const rolling = rollingSharpe(r12, 6);
  assert.equal(rolling.findIndex((value) => !Number.isNaN(value)), 5);
  assertClose(rolling[11]!, 5.8726645550702035, 1e-12);
  assertClose(rollingSharpe(r12, 12)[11]!, annualSharpe(r12), 1e-14);
  const wild = Float64Array.of(1e9, ...r12);
  assert.equal(rollingSharpe(wild, 6)[12], rolling[11]);
  assert.equal(rollingSharpe(new Float64Array(8), 4)[7], 0);
  assert.throws(() => rollingSharpe(r12, 1), /must be an integer >= 2/);
});

Deno.test("monthlyReturns() match pandas: a bar belongs to the month it opens in", () => {
  const months = monthlyReturns(r12, times("2023-01-30T20:00Z", 12));
  assert.deepEqual(months.map(({ year, month, bars }) => [year, month, bars]), [[2023, 1, 7], [2023, 2, 5]]);
  assertClose(months[0]!.value, 0.0038217201637622544, 1e-15);
  assertClose(months[1]!.value, 0.0373495880000001, 1e-15);
  assert.throws(() => monthlyReturns(r12, times("2023-01-30T20:00Z", 11)), /same length/);
});

Deno.test("monthlyReturns() compound to the total return, over years and gaps too", () => {
  const returns = fc.array(fc.double({ min: -.3, max: .3, noNaN: true }), { minLength: 1, maxLength: 900 });
  fc.assert(
    fc.property(returns, (xs) => {
      const months = monthlyReturns(xs, times("2022-12-30T04:00Z", xs.length));
      assertClose(
        totalReturn(months.map(({ value }) => value)),
        totalReturn(xs),
        1e-9 * (1 + totalReturn(xs)),
      );
      assert.equal(months.reduce((sum, { bars }) => sum + bars, 0), xs.length);
    }),
    { seed: 7, numRuns: 40 },
  );
});

Deno.test("tailRatio() matches empyrical; null where the losing tail is empty", () => {
  assertClose(tailRatio(r12)!, 1.1011235955056178, 1e-14);
  assert.equal(tailRatio([0, 0, 0, .1]), null);
});

// By hand: 0 -> .5 -> -.5 -> -.5 trades .5 + 1; 0 -> 0 -> .2 -> 0 trades .4; over three bars.
Deno.test("turnover() and timeInMarket() match the worked examples", () => {
  assertClose(turnover([[.5, -.5, -.5], [0, .2, 0]]), 1.9 / 3, 1e-15);
  assert.equal(turnover([[0, 0]]), 0);
  assert.throws(() => turnover([[1, 2], [1]]), /same length/);
  assert.equal(timeInMarket([0, .5, 0, .1]), .5);
  assert.throws(() => timeInMarket([0, NaN]), /finite number/);
});
