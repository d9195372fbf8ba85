import assert from "node:assert/strict";
import { ewmaVolatility, simpleReturns } from "popagent/core/series.ts";
import type { Panel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { zeroCosts } from "popagent/simulation/costs.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import { createPlan } from "popagent/simulation/plan.ts";
import type { PLAN } from "popagent/simulation/plan.ts";
import { listFills } from "popagent/simulation/trace.ts";
import type { FillKind } from "popagent/simulation/trace.ts";
import { wideLimits, wish } from "./small_market.ts";

// On a martingale no order that waits for a price earns or loses on average: what a limit entry gains to the
// bar's close, and what a stop or target saves against it, is 0. A market whose highs and lows reach too far,
// or a loop that fills too kindly, shows here first.
const ROWS = 4380;
const FROM = 100;
const marketsOf = (mode: "null" | "default", count: number) =>
  Array.from(
    { length: count },
    (_, seed) => syntheticMarket({ seed: 300 + seed, rows: ROWS, mode, ic: 0 }).panel,
  );
const NULL_MARKETS = marketsOf("null", 12);
const fine = INSTRUMENTS.map((one) => ({
  ...one,
  terms: one.terms.map((terms) => ({ ...terms, tick: 1e-6, lot: 1e-6, maintenanceMargin: 0 })),
})); // no rounding to speak of

/** In on every second row by `wishes`, out at the open after; both sides in turn. */
function fillsOf(panel: Panel, wishes: (sd: number) => Partial<Record<keyof typeof PLAN, number>>) {
  const plan = createPlan(ROWS, DECLARED_COINS.length);
  panel.coins.forEach(({ close }, coin) => {
    const sd = ewmaVolatility(simpleReturns(close));
    for (let row = 0; row < ROWS; row++) {
      const side = row % 4 < 2 ? 1 : -1;
      const on = row % 2 === 0;
      wish(plan, row, coin, { conviction: on ? side : 0, leverage: 1, baseSize: 0.1, ...wishes(sd[row]!) });
    }
  });
  const arena = createArena(panel, { ...zeroCosts, participation: Infinity }, fine);
  return listFills(simulate(arena, plan, wideLimits(ROWS), { from: FROM, trace: true }).trace!);
}

/** Mean over the fills of a kind of how much better than the bar's close they were, and its standard error by rows. */
function advantage(
  markets: readonly Panel[],
  kind: FillKind,
  wishes: (sd: number) => Partial<Record<keyof typeof PLAN, number>>,
) {
  const rows = new Map<string, { sum: number; count: number }>();
  let total = 0, count = 0;
  markets.forEach((panel, market) => {
    for (const fill of fillsOf(panel, wishes)) {
      if (fill.kind !== kind) continue;
      const gain = Math.sign(fill.quantity) * (panel.coins[fill.coin]!.close[fill.row]! / fill.price - 1);
      const key = `${market} ${fill.row}`;
      const row = rows.get(key) ?? { sum: 0, count: 0 };
      rows.set(key, { sum: row.sum + gain, count: row.count + 1 });
      total += gain;
      count++;
    }
  });
  const mean = total / count;
  let squares = 0;
  for (const row of rows.values()) squares += (row.sum - mean * row.count) ** 2;
  return { mean, error: Math.sqrt(squares) / count, count };
}

for (const distance of [0.5, 1, 1.5]) {
  const orders = {
    limit: (sd: number) => ({ limitOffset: distance * sd, limitRows: 1 }),
    stop: (sd: number) => ({ stop: distance * sd }),
    target: (sd: number) => ({ target: distance * sd }),
  };
  for (const [kind, wishes] of Object.entries(orders)) {
    Deno.test(`on null markets a ${kind} at ${distance} sd neither earns nor loses`, () => {
      const { mean, error, count } = advantage(NULL_MARKETS, kind as FillKind, wishes);
      const found = `${(1e4 * mean).toFixed(2)} +- ${(1e4 * error).toFixed(2)} bp over ${count} fills`;
      assert.ok(count > 1000 && error < 4e-4 && Math.abs(mean) < 3 * error, found);
    });
  }
}

Deno.test("a market whose highs and lows reach too far is caught by its limit entries", () => {
  // The default world stretches its ranges to look real: there a limit one sd away earns about 20 bp a fill.
  const { mean, error } = advantage(
    marketsOf("default", 4),
    "limit",
    (sd) => ({ limitOffset: sd, limitRows: 1 }),
  );
  assert.ok(mean > 3 * error, `${(1e4 * mean).toFixed(2)} +- ${(1e4 * error).toFixed(2)} bp`);
});
