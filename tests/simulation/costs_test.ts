import assert from "node:assert/strict";
import { ewmaVolatility, simpleReturns } from "popagent/core/series.ts";
import { BAR, barIndex, createArena } from "popagent/simulation/arena.ts";
import { bybitCosts, halfSpread, impactCoefficient, slippage, zeroCosts } from "popagent/simulation/costs.ts";
import { DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import { stepsPerUnit, ticksPerUnit } from "popagent/simulation/instruments.ts";
import { liquidationPrice } from "popagent/simulation/position.ts";
import { adversePrice, ceilTo, floorTo, roundTo, tradedThrough } from "popagent/simulation/rounding.ts";
import { assertClose } from "../close_to.ts";
import { randomPanel } from "./random_panel.ts";

Deno.test("bybitCosts: the exchange's worked example, 10 BTC at 8,000", () => {
  assertClose(10 * 8_000 * bybitCosts.takerFee, 44, 1e-9);
  assertClose(10 * 8_000 * bybitCosts.makerFee, 16, 1e-9);
});

Deno.test("slippage() is half the spread plus the square-root law", () => {
  assert.equal(halfSpread(0.0001, 0.01, 20), 0.00025); // half a tick of .01 at 20 is more than the floor
  assert.equal(halfSpread(0.0001, 0.1, 60_000), 0.0001);
  assert.equal(halfSpread(0, 0.01, 20), 0);
  // sigma 1 %, 10,000 of 1e8 turnover: sqrt(1e-4) = .01 of sigma
  assertClose(slippage(0.0001, impactCoefficient(1, 0.01, 1e8), 10_000), 0.0002, 1e-15);
  assertClose(slippage(0.0001, impactCoefficient(2, 0.01, 1e8), 40_000), 0.0005, 1e-15);
  assert.equal(impactCoefficient(1, 0.01, 0), 0);
});

// Bybit help centre: long 10,000 at 50x -> 9,850 (by entry), 9,849.25 (by mark); short 8,000 at 40x -> 8,160, 8,159.20.
Deno.test("liquidationPrice() takes the one nearer to the entry", () => {
  assertClose(liquidationPrice(1, 10_000, 10_000 / 50, 0.005), 9_850, 1e-9);
  assertClose(liquidationPrice(-1, 8_000, 8_000 / 40, 0.005), 8_159.203980099502, 1e-9);
  assertClose(liquidationPrice(1, 60_006, 60_006 / 5, 0.005), 48_304.83, 1e-8);
  assert.equal(liquidationPrice(1, 100, 10, 0), 90); // without maintenance margin: the bankruptcy price
});

Deno.test("rounding goes against the order, and forgives the noise of binary fractions", () => {
  assert.equal(adversePrice(60_000, 1, 1e-4, 10), 60_006); // 60000 x 1.0001 is a little more than 60006
  assert.equal(adversePrice(60_000, -1, 1e-4, 10), 59_994);
  assert.equal(adversePrice(60_001, 1, 1e-4, 10), 60_007.1);
  assert.equal(adversePrice(60_001, -1, 1e-4, 10), 59_994.9);
  assert.equal(floorTo(0.3, 10), 0.3);
  assert.equal(floorTo(0.1 + 0.2, 10), 0.3);
  assert.equal(ceilTo(0.1 + 0.2, 10), 0.3);
  assert.equal(roundTo(0.29999, 1000), 0.3);
  assert.deepEqual(INSTRUMENTS.map((one) => stepsPerUnit(one.terms.at(-1)!.tick)), [
    10,
    100,
    100,
    100_000,
    10_000,
  ]);
  assert.deepEqual(INSTRUMENTS.map((one) => stepsPerUnit(one.terms.at(-1)!.lot)), [1000, 100, 10, 1, 1]);
  assert.ok(
    tradedThrough(0.3, 0.2, 1, 10) && !tradedThrough(0.3, 0.3, 1, 10) && !tradedThrough(0.3, 0.2, -1, 10),
  );
});

// By hand: a DOGE tick of 1e-5 holds down to 0.03, 1e-6 down to 0.003, 1e-7 down to 0.0003.
Deno.test("ticks get finer by tens as a coin gets cheap, never coarser", () => {
  const doge = INSTRUMENTS[3]!.terms.at(-1)!;
  for (
    const [price, ticks] of [[0.3, 1e5], [0.03, 1e5], [0.0299, 1e6], [0.0031, 1e6], [0.00299, 1e7], [
      100,
      1e5,
    ]]
  ) {
    assert.equal(ticksPerUnit(doge, price!), ticks);
  }
});

Deno.test("a row's tick is that of the close before it", () => {
  const panel = randomPanel(1, 200, 0.05, 10);
  const { bars } = createArena(panel, bybitCosts, INSTRUMENTS);
  const { close } = panel.coins[0]!;
  const seen = new Set<number>();
  for (let row = 1; row < panel.rows; row++) {
    const ticks = bars[barIndex(DECLARED_COINS.length, row, 0) + BAR.ticksPerUnit]!;
    assert.equal(ticks, close[row - 1]! >= 5000 ? 10 : 100);
    seen.add(ticks);
  }
  assert.equal(seen.size, 2, "the walk must cross the line, or this says little");
});

Deno.test("createArena() lays rows out and takes every cost from the rows before", () => {
  const panel = randomPanel(2, 120);
  const { bars, capacity, dayStartsAtClose } = createArena(panel, bybitCosts, INSTRUMENTS);
  const { close, turnover, markHigh, fundingRate, open } = panel.coins[3]!;
  const sd = ewmaVolatility(simpleReturns(close), 0.97);
  for (const row of [1, 2, 7, 60, 119]) {
    const at = barIndex(DECLARED_COINS.length, row, 3);
    const past = [...turnover.slice(Math.max(0, row - 42), row)].sort((a, b) => a - b);
    const median = (past[(past.length - 1) >> 1]! + past[past.length >> 1]!) / 2;
    assert.equal(bars[at + BAR.markHigh], markHigh[row]);
    assert.equal(bars[at + BAR.fundingDue], row % 2 === 0 ? fundingRate[row] : 0);
    assert.equal(bars[at + BAR.halfSpread], Math.max(0.00015, 0.000005 / open[row]!));
    assertClose(bars[at + BAR.impact]!, sd[row - 1]! / Math.sqrt(median), 1e-15);
    assertClose(capacity[(row - 1) * 5 + 3]!, 0.01 * median, 1e-9); // of the decision before this open
    assert.equal(dayStartsAtClose[row], row % 6 === 5 ? 1 : 0); // row 0 opens at 00:00
  }
});

Deno.test("createArena() refuses what is not five coins, and hashes what it is made of", () => {
  const panel = randomPanel(2, 10);
  assert.throws(() => createArena(panel, bybitCosts, INSTRUMENTS.slice(1)), /Cannot use instruments/);
  assert.throws(
    () => createArena(panel, { ...bybitCosts, halfSpread: [0] }, INSTRUMENTS),
    /halfSpread must have 5/,
  );
  const arena = createArena(panel, bybitCosts, INSTRUMENTS);
  assert.equal(arena.terms, createArena(randomPanel(2, 10), { ...bybitCosts }, [...INSTRUMENTS]).terms);
  assert.notEqual(arena.terms, createArena(panel, zeroCosts, INSTRUMENTS).terms);
  assert.notEqual(
    arena.terms,
    createArena(panel, { ...bybitCosts, participation: Infinity }, INSTRUMENTS).terms,
  );
});
