import assert from "node:assert/strict";
import {
  barReturns,
  createMixture,
  seriesOfDeployed,
  seriesOfSimulation,
} from "popagent/experiments/account_series.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { bybitCosts } from "popagent/simulation/costs.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { INSTRUMENTS } from "popagent/core/universe.ts";
import { randomPanel, randomPlan } from "../simulation/random_panel.ts";
import { wideLimits } from "../simulation/small_market.ts";
import { ACCOUNT } from "popagent/simulation/account.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { tinyAccount } from "./tiny_account.ts";

// By hand: the tiny account and one that stays at 500: the mix returns half of the tiny one's, on its own equity.
Deno.test("a mixture re-splits its capital at every bar: its return is the mean of its accounts' returns", () => {
  const tiny = tinyAccount();
  const zero = new Float64Array(6);
  const still = {
    ...tiny,
    startingEquity: 500,
    equity: new Float64Array(6).fill(500),
    fees: zero,
    slippage: zero,
  };
  const mixture = createMixture(6, 10_000);
  mixture.add(tiny);
  mixture.add({ ...still, funding: zero, tradedNotional: zero, grossExposure: zero });
  const mix = mixture.series();
  assertAllClose(mix.equity, [10_500, 10_237.5, 10_237.5, 10_339.875, 10_339.875, 10_339.875], 1e-9);
  assertAllClose(barReturns(mix, "net"), [.05, -.025, 0, .01, 0, 0], 1e-15);
  // Fees as fractions of equity before the bar: .004, 3.5/1100, 0, 8/1045; halved, on the mixture's equity.
  assertAllClose(mix.fees, [20, 3.5 / 1100 / 2 * 10_500, 0, 8 / 1045 / 2 * 10_237.5, 0, 0], 1e-9);
  assertAllClose(mix.grossExposure, [1, .5, .5, 1, 0, 0], 1e-15);
  assertClose(mix.tradedNotional[0]!, 10_000, 1e-9);
  // So the gross return is the mean of the gross returns, too.
  assertAllClose(barReturns(mix, "gross"), barReturns(tiny, "gross").map((r) => r / 2), 1e-15);
  assert.equal(mix.accounts, 2);
  assert.deepEqual([...mix.passed], [2, 0, 0, 1, 0, 0]); // the mean of two alike
});

Deno.test("a deployed account's series starts after its history, from the equity it had then", () => {
  const { startingEquity: _, accounts: __, ...tiny } = tinyAccount();
  const fills = { row: Float64Array.of(7, 9) };
  const bars = { ...tiny, ledger: { coinProfit: [Float64Array.of(100, -55, 0, 20.9, 0, 0)], fills } };
  const whole = seriesOfDeployed(bars, 1000, 0);
  assert.equal(whole.startingEquity, 1000);
  assert.equal(whole.equity.length, 6);
  const later = seriesOfDeployed(bars, 1000, 2);
  assert.equal(later.startingEquity, 1045);
  assert.deepEqual([...later.equity], [1045, 1065.9, 1065.9, 1065.9]);
  assert.deepEqual([...later.fees], [0, 8, 0, 0]);
  assert.deepEqual([...later.ledger!.coinProfit[0]!], [0, 20.9, 0, 0]);
  assert.deepEqual(later.ledger!.fills, fills); // what opened the positions that are held then
  // findings A.8: orders, verdicts and liquidations are those of the reported rows, too.
  assert.deepEqual([...later.passed, ...later.softFails], [0, 1, 0, 0, 0, 0, 0, 0]);
});

Deno.test("a simulation's series are its traded rows and account for all it lost and paid", () => {
  const panel = randomPanel(1, 200);
  const arena = createArena(panel, bybitCosts, INSTRUMENTS);
  const simulation = simulate(arena, randomPlan(1, 200), wideLimits(200), { from: 50, record: "full" });
  const series = seriesOfSimulation(simulation, arena);
  assert.equal(series.equity.length, 150);
  assert.equal(series.startingEquity, 10_000);
  assertAllClose(barReturns(series, "net"), simulation.returns.slice(50), 1e-12);
  const paid = series.fees.reduce((sum, x) => sum + x, 0);
  assert.ok(paid > 0);
  assertClose(paid, simulation.account[ACCOUNT.fees]!, 1e-6);
  assert.throws(() => seriesOfSimulation({ ...simulation, book: null }, arena), /recorded in full/);
});
