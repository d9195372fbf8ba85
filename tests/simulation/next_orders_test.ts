import assert from "node:assert/strict";
import { INSTRUMENTS } from "popagent/core/universe.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import { createAccount, writeAccount } from "popagent/simulation/account.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { bybitCosts } from "popagent/simulation/costs.ts";
import { runAccount } from "popagent/simulation/event_loop.ts";
import { nextOrders } from "popagent/simulation/next_orders.ts";
import { createTrace, listFills } from "popagent/simulation/trace.ts";
import { randomPanel, randomPlan } from "./random_panel.ts";
import { wideLimits } from "./small_market.ts";

const ROWS = 160;
const panel = randomPanel(7, ROWS);
const arena = createArena(panel, bybitCosts, INSTRUMENTS);
const plan = randomPlan(7, ROWS);
const limits = wideLimits(ROWS);
const AT_OPEN = ["entry", "increase", "reduce", "close"];

/** The account as it stood at the close of each row, and what was filled at the open after. */
function history() {
  const account = createAccount(arena.coins);
  return Array.from({ length: ROWS - 1 }, (_, row) => {
    const before = writeAccount(account);
    const trace = createTrace();
    const run = { adoptTeam: false, record: null, trace };
    runAccount(account, arena, plan, limits, row + 1, row + 2, run);
    const fills = listFills(trace).filter(({ kind }) => AT_OPEN.includes(kind));
    return { row, before, fills };
  });
}

Deno.test("nextOrders() says what the event loop then does at the open, coin by coin and side by side", () => {
  let filled = 0, orders = 0, resting = 0;
  for (const { row, before, fills } of history()) {
    const untouched = [...before];
    const next = nextOrders(arena, before, { plan, limits }, row, false);
    assert.deepEqual(before, untouched, "the account is only looked at");
    const market = next.filter(({ limit }) => limit === null);
    for (const { coin, kind, quantity, price } of fills) {
      const order = market.find((one) => one.coin === coin)!;
      assert.ok(order, `row ${row} coin ${coin}: filled, but not ordered`);
      if (kind === "entry" || kind === "increase") {
        assert.equal(Math.sign(order.notional), Math.sign(quantity));
        assert.ok(quantity * price / order.notional < 1 + 1e-9, "never more than the order");
      }
      filled++;
    }
    for (const { coin, kind } of market.filter(({ kind }) => kind === "close" || kind === "flip")) {
      assert.ok(
        fills.some((fill) => fill.coin === coin && fill.kind === "close"),
        `row ${row}: ${kind} ${coin}`,
      );
    }
    orders += market.length;
    resting += next.length - market.length;
  }
  assert.ok(filled > 100 && resting > 20, `${filled} fills of ${orders} orders, ${resting} resting`);
});

Deno.test("findings G.7: nextOrders() at the newest row of a market is nextOrders() at that row of a longer one", () => {
  for (const { row, before } of history().filter(({ row }) => row > 0 && row % 13 === 0)) {
    const cut = createArena(truncatePanel(panel, row + 1), bybitCosts, INSTRUMENTS);
    for (const adopts of [false, true]) {
      assert.deepEqual(
        nextOrders(cut, before, { plan, limits }, row, adopts),
        nextOrders(arena, before, { plan, limits }, row, adopts),
      );
    }
  }
});

Deno.test("nextOrders() of a new team leaves none of the old one's orders resting", () => {
  const rests = history().filter(({ row, before }) =>
    nextOrders(arena, before, { plan, limits }, row, false).some(({ kind }) => kind === "rest")
  );
  const flat = { plan: { ...plan, values: new Float64Array(plan.values.length) }, limits };
  for (const { row, before } of rests) {
    const kinds = nextOrders(arena, before, flat, row, true).map(({ kind }) => kind);
    assert.ok(kinds.every((kind) => kind === "close"), kinds.join());
  }
});
