/** The width that every researcher starts from: fast and plain ways agree, nothing later is read, signs do not matter. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { unitOf, widthOf } from "popagent/agents/researcher/shared_width.ts";
import { createMemo } from "popagent/core/memo.ts";
import { firstRows, viewMarket } from "popagent/features/market_view.ts";
import { COVERAGES, LEVELS } from "popagent/inventory/researcher/distribution/levels.ts";
import { stretchCount, stretchStart } from "popagent/inventory/researcher/distribution/shape.ts";
import { PRIOR_OUTCOMES, sharedWidth } from "popagent/inventory/researcher/distribution/shared_width.ts";
import { createPosterior, updatePosterior } from "popagent/inventory/researcher/models/posterior.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { crpsOfQuantiles } from "popagent/stats/crps_quantiles.ts";
import { normalInverse } from "popagent/stats/normal.ts";
import { crpsNormal } from "popagent/stats/proper_scores.ts";
import { assertClose } from "../close_to.ts";
import { simulate } from "./forecast_task.ts";

/** As it is defined, stretch by stretch: all moves that have matured, sorted anew. */
function plainWidth(
  returns: readonly Float64Array[],
  sd: readonly Float64Array[],
  h: number,
  firstRow: number,
) {
  return Array.from({ length: stretchCount(firstRow, returns[0]!.length) }, (_, stretch) => {
    const row = stretchStart(firstRow, stretch), moves: number[] = [];
    returns.forEach((series, c) => {
      for (let s = 0; s + h <= row; s++) {
        let growth = 1;
        for (let t = s + 1; t <= s + h; t++) growth *= 1 + series[t]!;
        moves.push(Math.abs(growth - 1) / (sd[c]![s]! * Math.sqrt(h)));
      }
    });
    moves.sort((a, b) => a - b);
    const n = moves.length / returns.length / h, share = stretch === 0 ? 0 : n / (n + PRIOR_OUTCOMES);
    const quantile = (p: number) => {
      const position = p * (moves.length + 1), k = Math.floor(position);
      if (k >= moves.length) return moves.at(-1) ?? 0;
      return (moves[k - 1] ?? 0) + (position - k) * (moves[k]! - (moves[k - 1] ?? 0));
    };
    const square = moves.reduce((sum, move) => sum + Math.min(5, move) ** 2, 0) / Math.max(1, moves.length);
    return {
      sd: Math.sqrt(1 - share + share * square),
      halfWidths: COVERAGES.map((p) =>
        (1 - share) * normalInverse((1 + p) / 2) + share * (share > 0 ? quantile(p) : 0)
      ),
    };
  });
}

Deno.test("sharedWidth() equals sorting all matured moves anew", () => {
  const market = fc.record({
    seed: fc.nat(1000),
    rows: fc.integer({ min: 1, max: 220 }),
    coins: fc.integer({ min: 1, max: 3 }),
    h: fc.integer({ min: 1, max: 42 }),
    firstRow: fc.nat(100),
  });
  fc.assert(
    fc.property(market, ({ seed, rows, coins, h, firstRow }) => {
      const { returns } = simulate({ seed, rows, coins, width: 0 });
      const sd = returns.map((series) => series.map((_, t) => 0.01 * (1 + 0.5 * Math.sin(t))));
      const fast = sharedWidth(returns, sd, h, firstRow), plain = plainWidth(returns, sd, h, firstRow);
      assert.equal(fast.sd.length, plain.length);
      plain.forEach((one, stretch) => {
        assertClose(fast.sd[stretch]!, one.sd, 1e-9);
        one.halfWidths.forEach((half, k) =>
          assertClose(fast.halfWidths[stretch * COVERAGES.length + k]!, half, 1e-9)
        );
      });
    }),
    { seed: 7, numRuns: 40 },
  );
});

Deno.test("sharedWidth() reads the past only: cutting or changing the future changes no stretch before, in any bit", () => {
  fc.assert(
    fc.property(
      fc.nat(100),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 299 }),
      (seed, h, t) => {
        const { returns, sd } = simulate({ seed, rows: 300, width: 0 });
        const whole = sharedWidth(returns, sd, h, seed);
        const cut = sharedWidth(
          returns.map((r) => r.slice(0, t + 1)),
          sd.map((s) => s.slice(0, t + 1)),
          h,
          seed,
        );
        const other = sharedWidth(returns.map((r) => r.map((x, i) => i > t ? 9 * x : x)), sd, h, seed);
        const width = COVERAGES.length, stretches = cut.sd.length;
        assert.deepEqual(cut.sd, whole.sd.slice(0, stretches));
        assert.deepEqual(cut.halfWidths, whole.halfWidths.slice(0, stretches * width));
        assert.deepEqual(other.halfWidths.slice(0, stretches * width), cut.halfWidths);
      },
    ),
    { seed: 7, numRuns: 30 },
  );
});

Deno.test("sharedWidth() learns an outcome at the very stretch in which it has matured", () => {
  const { returns, sd } = simulate({ rows: 300, width: 0 });
  for (const h of [1, 5]) {
    const moved = (row: number) =>
      sharedWidth(returns.map((r) => r.map((x, t) => t === row ? 0.2 : x)), sd, h, 0);
    const base = sharedWidth(returns, sd, h, 0);
    assert.notEqual(moved(252).sd[6], base.sd[6]); // stretch 6 begins at row 252, whose return is known there
    assert.equal(moved(253).sd[6], base.sd[6]);
    assert.notEqual(moved(253).sd[7], base.sd[7]);
  }
});

Deno.test("sharedWidth() is the same for a market turned upside down", () => {
  const { returns, sd } = simulate({ rows: 300, width: 0 });
  const there = sharedWidth(returns, sd, 1, 0),
    back = sharedWidth(returns.map((r) => r.map((x) => -x)), sd, 1, 0);
  there.halfWidths.forEach((half, i) => assertClose(back.halfWidths[i]!, half, 1e-9));
});

Deno.test("widthOf() is computed once a market and horizon, and the first rows of a market take its stretches", () => {
  const { panel } = syntheticMarket({ seed: 5, rows: 400, mode: "null", ic: 0 });
  const market = viewMarket(panel, createMemo(2 ** 26)), short = firstRows(market, 260);
  assert.equal(widthOf(market, 6), widthOf(market, 6));
  assert.equal(widthOf(short, 6), widthOf(market, 6));
  const alone = widthOf(viewMarket(short.panel, createMemo(2 ** 26)), 6), width = COVERAGES.length;
  assert.deepEqual(alone.halfWidths, widthOf(market, 6).halfWidths.slice(0, alone.sd.length * width));
});

// By hand: two readings twice the EWMA's sd. The running mean of ratios is 1 + 1/43, then (1 + 1/43) + (2 - that)/44.
Deno.test("unitOf() takes the root of the analyst's reading over its own level", () => {
  const unit = unitOf(Float64Array.of(0.01, 0.01), Float64Array.of(0.02, 0.02));
  const first = 1 + 1 / 43, second = first + (2 - first) / 44;
  assertClose(unit[0]!, 0.01 * Math.sqrt(2 / first), 1e-15);
  assertClose(unit[1]!, 0.01 * Math.sqrt(2 / second), 1e-15);
  const always = unitOf(new Float64Array(5000).fill(0.01), new Float64Array(5000).fill(0.02));
  assertClose(always[4999]!, 0.01, 1e-4); // an analyst who always says twice as much says nothing
});

Deno.test("findings C.5: scores at the dense levels come within .6 % of the closed form for a normal forecast", () => {
  const quantiles = LEVELS.map(normalInverse);
  let dense = 0, closed = 0;
  for (let k = 0; k < 2000; k++) {
    const y = normalInverse((k + 0.5) / 2000);
    dense += crpsOfQuantiles(LEVELS, quantiles, y);
    closed += crpsNormal(0, 1, y);
  }
  assertClose(dense / closed, 1, 0.006);
});

// By hand: a_n = a_0 + n / 2 in independent outcomes. 300 rows of five coins that are one are 300 / h outcomes.
Deno.test("findings D.2: five coins that move together are one sample, not five", () => {
  const prior = { mean: Float64Array.of(0), precision: 1 }, h = 6;
  const moments = (coins: number) => ({
    size: 1,
    gram: Float64Array.of(300 * coins),
    cross: [Float64Array.of(10 * coins)],
    squares: Float64Array.of(310 * coins),
    weight: 300 * coins,
    matured: Float64Array.of(300 * coins),
  });
  const one = createPosterior(1), five = createPosterior(1);
  updatePosterior(moments(1), 0, prior, 10, 1, h, one);
  updatePosterior(moments(5), 0, { ...prior, precision: 5 }, 10, 1, 5 * h, five);
  assert.equal(one.shape, 10 + 300 / h / 2);
  assertClose(five.shape, one.shape, 1e-12);
  assertClose(five.rate, one.rate, 1e-12);
});
