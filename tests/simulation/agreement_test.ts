import assert from "node:assert/strict";
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
import {
  DECLARED_DRAWDOWN_RULE,
  DRAWDOWN_RULES,
  type DrawdownRule,
} from "popagent/simulation/drawdown_scale.ts";
import { randomLimits, randomPanel, randomPlan, ruinousPlan } from "./random_panel.ts";
import { wideLimits } from "./small_market.ts";

const ROWS = 300;
const FROM = 50;
const ADOPT = [90, 91, 140, 200, 260];

for (const drawdown of DRAWDOWN_RULES) {
  Deno.test(`simulate() agrees with the obvious account on every fill, mark and verdict: ${drawdown}`, () => {
    const seen = new Map<string, number>();
    let refused = 0, paused = 0, scaled = 0, capped = 0;
    for (let seed = 0; seed < 60; seed++) {
      const plan = randomPlan(seed, ROWS), limits = randomLimits(seed, ROWS);
      const startingEquity = seed % 4 === 3 ? 500 : 10_000;
      const { run, fills, obvious } = agree(seed, seed % 3 === 0 ? 0.05 : 0.02, plan, limits, {
        startingEquity,
        drawdown,
      });
      for (const { kind } of fills) seen.set(kind, (seen.get(kind) ?? 0) + 1);
      refused += run.totals.hardFail;
      paused += run.totals.pausedRows;
      scaled += obvious.scales.filter((scale) => scale.drawdown > 0 && scale.drawdown < 0.5).length;
      capped += obvious.scales.filter(({ volatility }) => volatility < 0.9).length;
    }
    // The streams must reach every rule, or agreement says little.
    for (const kind of FILL_KINDS) assert.ok(seen.get(kind)! >= 100, `${kind}: ${seen.get(kind)}`);
    const reached = drawdown === "pause" ? [paused] : [scaled, capped]; // scaled accounts seldom come to nothing
    assert.ok(refused > 100 && reached.every((rows) => rows > 500), `${refused} refused, ${reached} rows`);
  });
}

// A tenth of the usual prices lies about the prices at which ticks get finer, a thousandth far below them.
Deno.test("simulate() agrees with the obvious account on coins that have become cheap", () => {
  for (let seed = 0; seed < 10; seed++) {
    const plan = randomPlan(seed, ROWS), limits = randomLimits(seed, ROWS);
    const { fills } = agree(seed, 0.05, plan, limits, { cheapness: seed % 2 === 0 ? 10 : 1000 });
    assert.ok(fills.length > 100, `${fills.length}`);
  }
});

for (const names of [["BTC", "ETH", "SOL"], [...DECLARED_COINS, "ADA", "LTC", "BNB"]]) {
  Deno.test(`simulate() agrees with the obvious account over ${names.length} coins`, () => {
    for (let seed = 0; seed < 10; seed++) {
      const plan = randomPlan(seed, ROWS, names.length), limits = randomLimits(seed, ROWS);
      const { fills } = agree(seed, 0.02, plan, limits, { coins: names });
      assert.ok(fills.some(({ coin }) => coin === names.length - 1));
    }
  });
}

Deno.test("simulate() agrees with the obvious account where the drawdown leaves no size", () => {
  let rows = 0, refused = 0;
  for (let seed = 0; seed < 20; seed++) {
    const limits = wideLimits(ROWS, { maxDrawdown: 0.02, maxLeverage: 5 });
    const { run } = agree(seed, 0.05, randomPlan(seed, ROWS), limits, { drawdown: "scale" });
    rows += run.totals.pausedRows;
    refused += run.totals.hardFail;
  }
  assert.ok(rows > 500 && refused > 50, `${rows} rows, ${refused} refusals`);
});

Deno.test("simulate() agrees with the obvious account on accounts that are lost", () => {
  let closed = 0, closedWithPositions = 0;
  for (let seed = 0; seed < 30; seed++) {
    const { run, fills } = agree(seed, 0.05, ruinousPlan(seed, ROWS), wideLimits(ROWS), {
      startingEquity: 500,
    });
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
  for (let seed = 0; seed < 4; seed++) {
    const plan = randomPlan(seed, panel.rows), limits = randomLimits(seed, panel.rows);
    const drawdown = DRAWDOWN_RULES[seed % 2]!;
    const { fills } = agreeOn(panel, seed, plan, limits, [500, 1000, 1001, 2500, 4000], { drawdown });
    assert.ok(fills.length > 2000, `${fills.length}`);
    assert.ok(new Set(fills.map(({ coin }) => coin)).size === 5);
  }
});

interface Agreed {
  readonly run: Simulation;
  readonly fills: readonly Fill[];
  readonly obvious: ObviousAccount;
}

interface Terms {
  readonly startingEquity?: number;
  readonly cheapness?: number;
  readonly coins?: readonly string[];
  readonly drawdown?: DrawdownRule;
}

function agree(
  seed: number,
  volatility: number,
  plan: Plan,
  limits: Limits,
  { cheapness = 1, coins = DECLARED_COINS, ...terms }: Terms = {},
): Agreed {
  return agreeOn(randomPanel(seed, ROWS, volatility, cheapness, coins), seed, plan, limits, ADOPT, terms);
}

function agreeOn(
  panel: Panel,
  seed: number,
  plan: Plan,
  limits: Limits,
  adopt: readonly number[],
  { startingEquity = 10_000, drawdown = DECLARED_DRAWDOWN_RULE }: Terms,
): Agreed {
  const costs = { ...bybitCosts, halfSpread: panel.instruments.map(({ halfSpread }) => halfSpread) };
  const arena = createArena(panel, costs, panel.instruments, drawdown);
  const run = simulate(arena, plan, limits, { from: FROM, startingEquity, trace: true, adopt });
  const account = new ObviousAccount(
    panel,
    costs,
    panel.instruments,
    plan,
    limits,
    startingEquity,
    drawdown,
  );
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
  return { run, fills, obvious: account };
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.abs(b);
}
