import assert from "node:assert/strict";
import fc from "fast-check";
import { join } from "node:path";
import { accountSheet } from "popagent/desk/account_sheet.ts";
import { backtest } from "popagent/desk/backtest.ts";
import { loadMarket } from "popagent/desk/market.ts";
import { sweep } from "popagent/desk/sweep.ts";
import { sweepTable } from "popagent/desk/sweep_table.ts";
import { sma } from "popagent/features/sma.ts";
import { deflatedSharpe, trackRecord } from "popagent/stats/deflated_sharpe.ts";
import { BARS_PER_YEAR } from "popagent/core/universe.ts";
import { assertClose } from "../close_to.ts";
import { inFolder } from "../cli/cli.ts";

const market = await loadMarket({ synthetic: { rows: 1000, seed: 5 } });

const wish = fc.oneof(
  { weight: 12, arbitrary: fc.constant(NaN) },
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
);

Deno.test("a sheet gives the equity of the event loop, bit for bit, whatever is wished", () => {
  const some = fc.record({
    coins: fc.constantFrom(["SOL"], ["BTC", "DOGE"]),
    wishes: fc.array(fc.array(wish, { minLength: 200, maxLength: 200 }), { minLength: 2, maxLength: 2 }),
    rules: fc.constantFrom("house" as const, "plain" as const),
    fill: fc.constantFrom("open" as const, "close" as const),
    leverage: fc.constantFrom(1, 3, 40),
    size: fc.constantFrom(0.3, 0.5),
    stop: fc.constantFrom(0, 0.02),
    target: fc.constantFrom(0, 0.03),
    limits: fc.constantFrom({}, { maxDrawdown: 0.2 }, { dailyLoss: 0.02 }, { maxLeverage: 2 }),
  });
  fc.assert(
    fc.property(some, ({ coins, wishes, ...options }) => {
      const targets = Object.fromEntries(
        coins.map((
          coin,
          i,
        ) => [coin, Array.from({ length: market.rows }, (_, t) => wishes[i]![(7 * i + t) % 200]!)]),
      );
      const { stop, target, ...account } = options;
      const sheet = accountSheet({ market, coins, ...account });
      const quick = sheet.run({ targets, stop, target });
      const whole = backtest({ market, coins, targets, ...options });
      assert.deepEqual([...sheet.returns], [...whole.returns]);
      assertClose(quick.sharpe, whole.metrics.sharpe, 1e-9 * Math.max(1, Math.abs(quick.sharpe)));
      assertClose(quick.maxDrawdown, whole.metrics.maxDrawdown, 1e-9);
      assertClose(quick.totalReturn, whole.metrics.totalReturn, 1e-9 * (1 + Math.abs(quick.totalReturn)));
      assert.equal(quick.entries, whole.totals.entries);
    }),
    { seed: 11, numRuns: 60 },
  );
});

Deno.test("a sweep counts each point once, and deflates the best by all trials on its rows", () =>
  inFolder((folder) => {
    const ledger = join(folder, "ledger.sqlite");
    const close = market.panel.coins[0]!.close;
    const options = { market, coins: ["BTC"], rules: "plain", ledger } as const;
    const cross = ({ fast, slow }: { fast: number; slow: number }) => {
      if (fast >= slow) return null;
      const a = sma(close, fast), b = sma(close, slow);
      return { targets: close.map((_, t) => a[t]! > b[t]! ? 1 : 0) };
    };
    const first = sweep({ fast: [5, 10, 20], slow: [10, 40] }, cross, options);
    assert.deepEqual(first.rows.map(({ values }) => [values.fast, values.slow]), [
      [5, 10],
      [5, 40],
      [10, 40],
      [20, 40],
    ]);
    assert.equal(first.trials, 4);
    assert.equal(sweep({ fast: [5, 10, 20], slow: [10, 40] }, cross, options).trials, 4, "again is no trial");
    const more = sweep({ fast: [5], slow: [40, 50] }, cross, options);
    assert.equal(more.trials, 5);
    const best = backtest({ ...options, ...cross(more.best.values)! });
    const perBar = more.rows.map(({ sharpe }) => sharpe / Math.sqrt(BARS_PER_YEAR));
    const variance = (perBar[0]! - perBar[1]!) ** 2 / 2;
    assertClose(more.deflatedSharpe!, deflatedSharpe(trackRecord(best.returns), 5, variance), 1e-12);
    assert.equal(sweepTable(more).rows.length, 2);
    assert.throws(() => sweep({ fast: [] as number[], slow: [1] }, cross, options), /at least one point/);
    return Promise.resolve();
  }));
