import assert from "node:assert/strict";
import fc from "fast-check";
import { ACCOUNT, createAccount } from "popagent/simulation/account.ts";
import { LEAST_FACTOR, PEAK_HALF_LIFE, scaleExposure } from "popagent/simulation/drawdown_scale.ts";
import { sha256 } from "popagent/core/hash.ts";
import { INSTRUMENTS } from "popagent/core/universe.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { bybitCosts } from "popagent/simulation/costs.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { assertClose } from "../close_to.ts";
import { randomLimits, randomPanel, randomPlan } from "./random_panel.ts";
import { flat, trade } from "./hand_trade.ts";
import { type HandBar, wideLimits } from "./small_market.ts";

/** The factors after each of some closes, of a fresh account of 10,000 under one limit. */
function factors(closes: readonly number[], maxDrawdown: number) {
  const account = createAccount(1), limits = wideLimits(1, { maxDrawdown }).values;
  return closes.map((equity) => {
    account[ACCOUNT.equity] = equity;
    scaleExposure(account, limits, 0);
    const drawdown = account[ACCOUNT.drawdownFactor]!, volatility = account[ACCOUNT.volatilityCap]!;
    return { drawdown, volatility, peak: account[ACCOUNT.peak]! };
  });
}

/*
By hand, limit .2, 2^(-1/540) = .998717218...: one bar loses 1 %, the next gains .5 % of what is left.
Close 1  equity 9,900; peak 9,900 + 100 x .9987172176 = 9,999.8717218; drawdown .009987299; factor 1 - .04993650 = .9500635
         unscaled -.01 (factors of 1 in force): annual sd .01 sqrt(2190) = .46797436; cap .4 / .46797436 = .85474772
Close 2  equity 9,949.5; peak 9,949.5 + 50.3717218 x .9987172176 = 9,999.8071058; drawdown .00503081; factor .97484596
         unscaled .005 / (.9500635 x .85474772 = .81206461) = .00615715; weighted mean square
         (.98 x 1e-4 + 3.7910444e-5) / 1.98 = 6.8641639e-5; annual sd .38771792; cap 1
*/
Deno.test("scaleExposure() follows two bars worked by hand", () => {
  const [first, second] = factors([9_900, 9_949.5], 0.2);
  assertClose(first!.peak, 9_999.8717218, 1e-6);
  assertClose(first!.drawdown, 0.9500635, 1e-7);
  assertClose(first!.volatility, 0.85474772, 1e-7);
  assertClose(second!.peak, 9_999.8071058, 1e-6);
  assertClose(second!.drawdown, 0.97484596, 1e-7);
  assert.equal(second!.volatility, 1); // .4 / .3877 is above it
});

Deno.test("the peak loses half of its lead over equity in 540 rows, and is never below equity", () => {
  const lost = factors(new Array<number>(PEAK_HALF_LIFE).fill(9_000), 0.5);
  assertClose(lost.at(-1)!.peak, 9_500, 1e-6);
  assertClose(lost.at(-1)!.drawdown, 1 - (1 - 9_000 / 9_500) / 0.5, 1e-9);
  assert.equal(factors([9_000, 12_000], 0.5)[1]!.peak, 12_000);
});

Deno.test("bars in which an account stands still leave its volatility as it was", () => {
  const [moved, ...still] = factors([9_900, 9_900, 9_900, 9_900], 0.2);
  for (const { volatility } of still) assert.equal(volatility, moved!.volatility);
});

Deno.test("a factor below .02 closes, and a limit of 1 never scales", () => {
  assert.equal(factors([9_810], 0.0193)[0]!.drawdown, 0); // a drawdown of .018987: 1.6 % would be left
  assert.ok(factors([9_810], 0.0195)[0]!.drawdown > LEAST_FACTOR);
  for (const { drawdown, volatility } of factors([5_000, 9_000, 200], 1)) {
    assert.deepEqual([drawdown, volatility], [1, 1]);
  }
});

Deno.test("scaleExposure() lies in [0, 1], and a lower limit never leaves more", () => {
  const walk = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(walk, fc.double({ min: 0.02, max: 0.5, noNaN: true }), (returns, limit) => {
      let equity = 10_000;
      const closes = returns.map((r) => equity *= 1 + r);
      const tight = factors(closes, limit), wide = factors(closes, Math.min(0.9, 2 * limit));
      tight.forEach(({ drawdown, volatility, peak }, i) => {
        assert.ok(drawdown >= 0 && drawdown <= 1 && volatility > 0 && volatility <= 1);
        assert.ok(peak >= closes[i]! && wide[i]!.drawdown >= drawdown);
      });
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("what the factor takes is filled at the next open: a cut, then a refusal once nothing is left", () => {
  // Long 5,000 at 100. Row 1 closes at 94: equity 9,700, peak 9,999.615, drawdown .02996, factor .7004 of limit .1;
  // volatility cap at 3 % a bar 2 x .1 / (.03 x sqrt 2190 = 1.404) = .14246: 9,700 x .5 x .7004 x .14246 = 483.9.
  const limits = (rows: number) => wideLimits(rows, { maxDrawdown: 0.1 });
  const fall: HandBar = { bar: [100, 100, 94, 94] };
  const bars = [flat(100), fall, flat(94), flat(94)];
  const { listed, run } = trade(bars, () => ({ conviction: 1 }), { limits: limits(4), drawdown: "scale" });
  assert.deepEqual(listed.map(({ row, kind }) => `${row} ${kind}`), ["1 entry", "2 reduce"]);
  assertClose(
    run.account[ACCOUNT.drawdownFactor]!,
    1 - (1 - 9_700 / (9_700 + 300 * 2 ** (-2 / 540))) / 0.1,
    1e-12,
  );
  assertClose(50 + listed[1]!.quantity, 5.148, 2e-3); // coins kept: 483.9 / 94, whole lots of .001
  assert.deepEqual([run.totals.pass, run.totals.softFail, run.totals.hardFail], [1, 1, 0]);

  const crash: HandBar = { bar: [100, 100, 79, 79] }; // equity 8,950: 10.5 % lost
  const closed = trade([flat(100), crash, flat(79), flat(79)], (row) => ({ conviction: row < 2 ? 1 : -1 }), {
    limits: limits(4),
    drawdown: "scale",
  });
  assert.deepEqual(closed.fills, ["1 entry 100", "2 close 79"]);
  assert.equal(closed.run.totals.pausedRows, 2); // the decisions of rows 1 and 2
  assert.equal(closed.run.totals.hardFail, 1); // the short of row 2
});

// Made by version 0.1.0, which knew the pause alone: sha256 over the equity of twelve random accounts, one after another.
Deno.test("the pause leaves the equity that it left before there was anything else, bit for bit", () => {
  const equities = Array.from({ length: 12 }, (_, seed) => {
    const arena = createArena(randomPanel(seed, 300, 0.03), bybitCosts, INSTRUMENTS, "pause");
    const run = simulate(arena, randomPlan(seed, 300), randomLimits(seed, 300), { from: 50, adopt: [140] });
    return [...run.equity];
  });
  const bytes = new Uint8Array(Float64Array.from(equities.flat()).buffer);
  assert.equal(sha256(bytes), "1f33b067b04ee9d8f715a6dae9bb10cffbb00642ec7704ab50cbcb77e80fa27b");
});
