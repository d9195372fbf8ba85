import assert from "node:assert/strict";
import fc from "fast-check";
import { INSTRUMENTS } from "popagent/core/universe.ts";
import { createAccount, writeAccount } from "popagent/simulation/account.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { bybitCosts, zeroCosts } from "popagent/simulation/costs.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { ledgerOf } from "popagent/simulation/ledger.ts";
import { FILL } from "popagent/simulation/trace.ts";
import { tradeRows } from "popagent/simulation/trade_rows.ts";
import { joinBars } from "popagent/simulation/traded_bars.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { flat, trade } from "./hand_trade.ts";
import { randomPanel, randomPlan } from "./random_panel.ts";
import { handPanel, wideLimits } from "./small_market.ts";

const ROWS = 200;
const FROM = 20;
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, x) => total + x, 0);

/** A random account with its ledger, and what it traded on. */
function randomRun(seed: number) {
  const arena = createArena(randomPanel(seed, ROWS), bybitCosts, INSTRUMENTS);
  const mandate = { plan: randomPlan(seed, ROWS), limits: wideLimits(ROWS) };
  const run = simulate(arena, mandate.plan, mandate.limits, { from: FROM, record: "full", trace: true });
  return {
    arena,
    mandate,
    run,
    ledger: ledgerOf(arena, createAccount(arena.coins), run.trace!, FROM, ROWS),
  };
}

Deno.test("the profit of the coins is the change in equity, bar by bar", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
      const { run, ledger } = randomRun(seed);
      for (let row = FROM; row < ROWS; row++) {
        const change = run.equity[row]! - run.equity[row - 1]!;
        assertClose(
          sum(ledger.coinProfit.map((profit) => profit[row - FROM]!)),
          change,
          1e-8,
          `seed ${seed} row ${row}`,
        );
      }
    }),
    { seed: 9, numRuns: 30 },
  );
});

Deno.test("the fills add up to what the bars' accounting says: fees, slippage, funding, notional", () => {
  const { run, ledger } = randomRun(3);
  const { fee, slippage, kind, realised, quantity, price } = ledger.fills as Record<string, Float64Array>;
  const funding = realised!.filter((_, i) => kind![i] === FILL.funding);
  const notional = quantity!.map((amount, i) =>
    kind![i] === FILL.funding ? 0 : Math.abs(amount) * price![i]!
  );
  assert.ok(funding.length > 50);
  assertClose(sum(fee!), sum(run.book!.fees), 1e-8);
  assertClose(sum(slippage!), sum(run.book!.slippage), 1e-8);
  assertClose(-sum(funding), sum(run.book!.funding), 1e-8);
  assertClose(sum(notional), sum(run.book!.tradedNotional), 1e-6);
});

Deno.test("windows one after another leave the ledger of the whole, to the bit", () => {
  const { arena, mandate } = randomRun(5);
  const start = writeAccount(createAccount(arena.coins));
  const [, whole] = tradeRows(arena, start, mandate, { from: FROM, to: ROWS }, false);
  let account: readonly number[] = start;
  const parts = [];
  for (let from = FROM; from < ROWS; from += 1) {
    const [after, bars] = tradeRows(arena, account, mandate, { from, to: from + 1 }, false);
    parts.push(bars);
    account = after;
  }
  assert.deepEqual(joinBars(parts), whole);
});

// By hand: 10,000, half of it at 100 buys 50 coins; at 110 they are worth 500 more, and are sold there.
Deno.test("the profit of a coin by hand, at no cost", () => {
  const bars = [flat(100), flat(100), flat(110), flat(110), flat(110)];
  const wishes = (row: number) => ({ conviction: row < 2 ? 1 : 0 });
  const { run } = trade(bars, wishes);
  const arena = createArena(handPanel({ BTC: bars }), zeroCosts, handPanel({ BTC: bars }).instruments);
  const { coinProfit, fills } = ledgerOf(arena, createAccount(arena.coins), run.trace!, 1, 5);
  assertAllClose(coinProfit[0]!, [0, 500, 0, 0], 1e-9);
  for (const other of coinProfit.slice(1)) assert.deepEqual([...other], [0, 0, 0, 0]);
  assert.deepEqual([...fills.quantity!], [50, -50]);
});
