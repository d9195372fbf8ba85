import assert from "node:assert/strict";
import fc from "fast-check";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { ACCOUNT, createAccount } from "popagent/simulation/account.ts";
import { createJudgement, judge } from "popagent/simulation/judge.ts";
import { LIMITS } from "popagent/simulation/limits.ts";
import { createPlan } from "popagent/simulation/plan.ts";
import type { PLAN } from "popagent/simulation/plan.ts";
import { assertAllClose } from "../close_to.ts";
import { randomLimits, randomPlan } from "./random_panel.ts";
import { wideLimits, wish } from "./small_market.ts";

type Wish = Partial<Record<keyof typeof PLAN, number>>;

function judged(
  wishes: readonly Wish[],
  limits: Partial<Record<keyof typeof LIMITS, number>> = {},
  capacity = Infinity,
  barred: readonly number[] = [],
  scale = 1,
) {
  const plan = createPlan(1, DECLARED_COINS.length), out = createJudgement(DECLARED_COINS.length);
  wishes.forEach((one, coin) => wish(plan, 0, coin, one));
  const capacities = new Float64Array(DECLARED_COINS.length).fill(capacity);
  const bars = Uint8Array.from({ length: DECLARED_COINS.length }, (_, coin) => barred.includes(coin) ? 1 : 0);
  const account = createAccount(DECLARED_COINS.length, 10_000);
  account[ACCOUNT.drawdownFactor] = scale;
  judge(plan.values, 0, wideLimits(1, limits).values, 0, capacities, 0, account, false, bars, out);
  return { notional: [...out.notional], leverage: [...out.leverage], cut: [...out.cut] };
}

const long = { conviction: 1, leverage: 5, baseSize: 0.2 }; // a margin of 2,000, a notional of 10,000
const short = { conviction: -0.5, leverage: 4, baseSize: 0.4 }; // 2,000 and 8,000

Deno.test("judge() passes what no limit meets", () => {
  const { notional, leverage, cut } = judged([long, short]);
  assertAllClose(notional, [10_000, -8_000, 0, 0, 0], 1e-9);
  assert.deepEqual(leverage.slice(0, 2), [5, 4]);
  assert.deepEqual(cut, [0, 0, 0, 0, 0]);
});

Deno.test("judge() cuts leverage first: conviction x base x capped leverage", () => {
  const { notional, leverage, cut } = judged([long, short], { maxLeverage: 4.5 });
  // 9,000 and 8,000 are 17,000 of at most 45,000 gross
  assertAllClose(notional, [9_000, -8_000, 0, 0, 0], 1e-9);
  assert.deepEqual([leverage[0], cut[0], leverage[1], cut[1]], [4.5, 1, 4, 0]);
});

// findings A.4: an exchange's least leverage is 1. At .5 the product posted more margin than notional.
Deno.test("findings A.4: a cap below 1 posts at 1x, and the cap on gross is a limit of its own", () => {
  const wish = { conviction: 1, leverage: 5, baseSize: 0.5 };
  const capped = judged([wish], { maxLeverage: 0.5 });
  assertAllClose(capped.notional, [5_000, 0, 0, 0, 0], 1e-9); // half of the equity, not a quarter
  assert.deepEqual([capped.leverage[0], capped.cut[0]], [1, 1]);
  const two = judged([wish, wish], { maxLeverage: 0.5, maxGross: 0.5 });
  assertAllClose(two.notional, [2_500, 2_500, 0, 0, 0], 1e-9);
});

Deno.test("judge() takes the risk per trade for the trader's own limit, not for a cut", () => {
  const { notional, cut } = judged([{ ...long, riskPerTrade: 0.01, stop: 0.04 }]);
  assertAllClose(notional, [2_500, 0, 0, 0, 0], 1e-9); // .01 / .04 of equity
  assert.equal(cut[0], 0);
  assertAllClose(judged([{ ...long, riskPerTrade: 0.01, stop: 0 }]).notional, [10_000, 0, 0, 0, 0], 1e-9);
});

Deno.test("judge() cuts a coin's margin to its share", () => {
  const { notional, cut } = judged([long, { ...short, conviction: -0.1 }], { maxPosition: 0.05 });
  assertAllClose(notional, [2_500, -1_600, 0, 0, 0], 1e-9); // .05 x 5; .04 is within
  assert.deepEqual(cut.slice(0, 2), [1, 0]);
});

Deno.test("judge() scales all coins by one factor, to the tighter of margin and gross", () => {
  // margins .2 + .2 of at most .3: factor .75
  const byMargin = judged([long, short], { marginBuffer: 0.7 });
  assertAllClose(byMargin.notional, [7_500, -6_000, 0, 0, 0], 1e-9);
  assert.deepEqual(byMargin.cut, [1, 1, 0, 0, 0]);
  // gross 5 x (.2 + .2 + .2) = 3 of at most 2.5 (leverage cut to 2.5 first: 1.5 of 2.5 is within)
  assertAllClose(
    judged([long, long, long], { maxLeverage: 2.5 }).notional,
    [5_000, 5_000, 5_000, 0, 0],
    1e-9,
  );
  // at 1x with half the equity each: margin 1.5 of at most .75 is tighter than gross 1.5 of at most 1
  const half = { conviction: 1, leverage: 1, baseSize: 0.5 };
  const both = judged([half, half, half], { maxLeverage: 1, marginBuffer: 0.25 });
  assertAllClose(both.notional, [2_500, 2_500, 2_500, 0, 0], 1e-9);
  // gross 3 x .5 = 1.5 of at most .6, margin 1.5 of at most 1: gross is the tighter
  const byGross = judged([half, half, half], { maxGross: 0.6 });
  assertAllClose(byGross.notional, [2_000, 2_000, 2_000, 0, 0], 1e-9);
  assert.deepEqual(byGross.cut, [1, 1, 1, 0, 0]);
});

Deno.test("judge() cuts to the capacity of the market last", () => {
  const { notional, cut } = judged([long, short], { marginBuffer: 0.7 }, 7_000);
  assertAllClose(notional, [7_000, -6_000, 0, 0, 0], 1e-9);
  assert.deepEqual(cut, [1, 1, 0, 0, 0]);
});

Deno.test("judge() lets a barred coin want nothing, so that it takes no margin from the others", () => {
  const { notional, cut } = judged([long, short], { marginBuffer: 0.7 }, Infinity, [0]);
  assertAllClose(notional, [0, -8_000, 0, 0, 0], 1e-9);
  assert.deepEqual(cut, [0, 0, 0, 0, 0]);
});

Deno.test("judge() scales after the limits and before the capacity, and calls it a cut", () => {
  const scaled = judged([long, short], { maxGross: 0.9 }, Infinity, [], 0.5); // 18,000 to 9,000, then half
  assertAllClose(scaled.notional, [2_500, -2_000, 0, 0, 0], 1e-9);
  assert.deepEqual(scaled.cut, [1, 1, 0, 0, 0]);
  assert.deepEqual(scaled.leverage.slice(0, 2), [5, 4]);
  assertAllClose(judged([long, short], {}, 4_500, [], 0.5).notional, [4_500, -4_000, 0, 0, 0], 1e-9);
});

Deno.test("judge() meets a cap exactly without calling it a cut", () => {
  const tenth = { conviction: 1, leverage: 3, baseSize: 0.1 };
  const { cut } = judged([tenth, tenth, tenth], { marginBuffer: 0.7, maxPosition: 0.1 }); // .1 + .1 + .1 > .3 in binary
  assert.deepEqual(cut, [0, 0, 0, 0, 0]);
});

Deno.test("judge() never exceeds a limit, never turns a wish round, and cuts nothing without saying so", () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.double({ min: 100, max: 1e6, noNaN: true }), (seed, equity) => {
      const plan = randomPlan(seed, 1).values, limits = randomLimits(seed, 1).values;
      const capacity = new Float64Array(DECLARED_COINS.length).fill(30_000),
        out = createJudgement(DECLARED_COINS.length);
      const account = createAccount(DECLARED_COINS.length, equity),
        nobody = new Uint8Array(DECLARED_COINS.length);
      judge(plan, 0, limits, 0, capacity, 0, account, false, nobody, out);
      let margin = 0, gross = 0;
      for (let coin = 0; coin < DECLARED_COINS.length; coin++) {
        const size = Math.abs(out.notional[coin]!);
        if (size === 0) continue;
        assert.equal(Math.sign(out.notional[coin]!), Math.sign(plan[coin * 8]!));
        assert.ok(size <= 30_000 * (1 + 1e-9));
        assert.ok(size / out.leverage[coin]! <= limits[LIMITS.maxPosition]! * equity * (1 + 1e-9));
        margin += size / out.leverage[coin]!;
        gross += size;
      }
      assert.ok(margin <= (1 - limits[LIMITS.marginBuffer]!) * equity * (1 + 1e-9));
      assert.ok(gross <= limits[LIMITS.maxGross]! * equity * (1 + 1e-9));
      const free = createJudgement(DECLARED_COINS.length);
      const wide =
        wideLimits(1, { maxLeverage: 1e9, maxGross: 1e9, maxPosition: 1e9, marginBuffer: -1e9 }).values;
      judge(
        plan,
        0,
        wide,
        0,
        new Float64Array(DECLARED_COINS.length).fill(Infinity),
        0,
        account,
        false,
        nobody,
        free,
      );
      for (let coin = 0; coin < DECLARED_COINS.length; coin++) {
        if (out.cut[coin] === 0) assert.equal(out.notional[coin], free.notional[coin]);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

// A factor of 0 once left every wish as it was: what may not be held was held whole.
Deno.test("judge() leaves nothing where nothing may be held", () => {
  for (const limits of [{ maxGross: 0 }, { marginBuffer: 1 }]) {
    const { notional, cut } = judged([long, short], limits);
    assert.deepEqual(notional.map(Math.abs), [0, 0, 0, 0, 0]);
    assert.deepEqual(cut, [1, 1, 0, 0, 0]);
  }
});
