import assert from "node:assert/strict";
import { ACCOUNT } from "popagent/simulation/account.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { bybitCosts } from "popagent/simulation/costs.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import type { Simulation } from "popagent/simulation/event_loop.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import type { Limits } from "popagent/simulation/limits.ts";
import type { Plan } from "popagent/simulation/plan.ts";
import { FILL_KINDS, listFills } from "popagent/simulation/trace.ts";
import type { Fill } from "popagent/simulation/trace.ts";
import { loadRows } from "popagent/adapters/bars/load_market.ts";
import { settingsSchema } from "popagent/experiments/config.ts";
import type { Panel } from "popagent/market/panel.ts";
import { realBarsFolder } from "../real_bars.ts";
import { ObviousAccount } from "./obvious_account.ts";
import { randomLimits, randomPanel, randomPlan, ruinousPlan } from "./random_panel.ts";
import { wideLimits } from "./small_market.ts";

const ROWS = 300;
const FROM = 50;
const ADOPT = [90, 91, 140, 200, 260];

Deno.test("simulate() agrees with the obvious account on every fill, mark and verdict", () => {
  const seen = new Map<string, number>();
  let refused = 0, paused = 0;
  for (let seed = 0; seed < 60; seed++) {
    const plan = randomPlan(seed, ROWS), limits = randomLimits(seed, ROWS);
    const { run, fills } = agree(
      seed,
      seed % 3 === 0 ? 0.05 : 0.02,
      plan,
      limits,
      seed % 4 === 3 ? 500 : 10_000,
    );
    for (const { kind } of fills) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    refused += run.totals.hardFail;
    paused += run.account[ACCOUNT.pauseUntil]! >= 0 ? 1 : 0;
  }
  // The streams must reach every rule, or agreement says little.
  for (const kind of FILL_KINDS) assert.ok(seen.get(kind)! >= 100, `${kind}: ${seen.get(kind)}`);
  assert.ok(refused > 100 && paused > 0, `${refused} refused, ${paused} in a pause at the end`);
});

// A tenth of the usual prices lies about the prices at which ticks get finer, a thousandth far below them.
Deno.test("simulate() agrees with the obvious account on coins that have become cheap", () => {
  for (let seed = 0; seed < 10; seed++) {
    const plan = randomPlan(seed, ROWS), limits = randomLimits(seed, ROWS);
    const { fills } = agree(seed, 0.05, plan, limits, 10_000, seed % 2 === 0 ? 10 : 1000);
    assert.ok(fills.length > 100, `${fills.length}`);
  }
});

for (const names of [["BTC", "ETH", "SOL"], [...DECLARED_COINS, "ADA", "LTC", "BNB"]]) {
  Deno.test(`simulate() agrees with the obvious account over ${names.length} coins`, () => {
    for (let seed = 0; seed < 10; seed++) {
      const plan = randomPlan(seed, ROWS, names.length), limits = randomLimits(seed, ROWS);
      const { fills } = agree(seed, 0.02, plan, limits, 10_000, 1, names);
      assert.ok(fills.some(({ coin }) => coin === names.length - 1));
    }
  });
}

Deno.test("simulate() agrees with the obvious account on accounts that are lost", () => {
  let closed = 0, closedWithPositions = 0;
  for (let seed = 0; seed < 30; seed++) {
    const { run, fills } = agree(seed, 0.05, ruinousPlan(seed, ROWS), wideLimits(ROWS), 500);
    if (!run.totals.closed) continue;
    closed++;
    const last = run.equity.findIndex((equity) => equity < 5);
    if (fills.some((fill) => fill.row > last && fill.kind === "close")) closedWithPositions++;
    assert.ok(fills.every(({ row, kind }) => row <= last || kind === "close" || kind === "funding"));
    const gone = fills.at(-1)!.row; // a position is closed at the first open that trades
    assert.ok(run.returns.slice(gone + 1).every((r) => r === 0), "a closed account earns nothing");
  }
  assert.ok(
    closed >= 10 && closedWithPositions >= 3,
    `${closed} closed, ${closedWithPositions} with positions`,
  );
});

// From June 2022 on: SOL settles every four hours for weeks, four of the five coins change their ticks.
Deno.test("findings A.1, A.2: simulate() agrees with the obvious account on real bars, whose terms change", async () => {
  const folder = realBarsFolder();
  if (folder === null) return console.log("no real bars here: not run");
  const panel = await loadRows(settingsSchema.parse({ data: { source: "bybit", folder } }));
  for (let seed = 0; seed < 6; seed++) {
    const plan = randomPlan(seed, panel.rows), limits = randomLimits(seed, panel.rows);
    const { fills } = agreeOn(panel, seed, plan, limits, 10_000, [500, 1000, 1001, 2500, 4000]);
    assert.ok(fills.length > 2000, `${fills.length}`);
    assert.ok(new Set(fills.map(({ coin }) => coin)).size === 5);
  }
});

function agree(
  seed: number,
  volatility: number,
  plan: Plan,
  limits: Limits,
  startingEquity: number,
  cheapness = 1,
  coins: readonly string[] = DECLARED_COINS,
): { readonly run: Simulation; readonly fills: readonly Fill[] } {
  const panel = randomPanel(seed, ROWS, volatility, cheapness, coins);
  return agreeOn(panel, seed, plan, limits, startingEquity, ADOPT);
}

function agreeOn(
  panel: Panel,
  seed: number,
  plan: Plan,
  limits: Limits,
  startingEquity: number,
  adopt: readonly number[],
): { readonly run: Simulation; readonly fills: readonly Fill[] } {
  const costs = { ...bybitCosts, halfSpread: panel.instruments.map(({ halfSpread }) => halfSpread) };
  const arena = createArena(panel, costs, panel.instruments);
  const run = simulate(arena, plan, limits, { from: FROM, startingEquity, trace: true, adopt });
  const account = new ObviousAccount(panel, costs, panel.instruments, plan, limits, startingEquity);
  const obvious = account.run(FROM, panel.rows, adopt);
  const fills = listFills(run.trace!);
  for (const [i, expected] of obvious.fills.entries()) {
    const fill = fills[i]!;
    const where = `seed ${seed}, fill ${i}: ${JSON.stringify(fill)} against ${JSON.stringify(expected)}`;
    assert.deepEqual([fill.row, fill.coin, fill.kind], [expected.row, expected.coin, expected.kind], where);
    assert.ok(near(fill.quantity, expected.quantity) && near(fill.price, expected.price), where);
    assert.ok(Math.abs(fill.fee - expected.fee) < 1e-7, where);
    assert.ok(Math.abs(fill.realised - expected.realised) < 1e-6, where);
  }
  assert.equal(fills.length, obvious.fills.length, `seed ${seed}`);
  obvious.equity.forEach((equity, i) => {
    assert.ok(Math.abs(run.equity[FROM + i]! - equity) < 1e-6, `seed ${seed}, row ${FROM + i}`);
  });
  const { pass, softFail, hardFail } = run.totals;
  assert.deepEqual({ pass, soft: softFail, hard: hardFail }, obvious.verdicts, `seed ${seed}`);
  return { run, fills };
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.abs(b);
}
