import assert from "node:assert/strict";
import fc from "fast-check";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import { createPanel, truncatePanel } from "popagent/market/panel.ts";
import type { CoinBars, Panel } from "popagent/market/panel.ts";
import { createAccount, readAccount, writeAccount } from "popagent/simulation/account.ts";
import { createArena } from "popagent/simulation/arena.ts";
import type { Arena } from "popagent/simulation/arena.ts";
import { bybitCosts, zeroCosts } from "popagent/simulation/costs.ts";
import type { CostModel } from "popagent/simulation/costs.ts";
import { runAccount, simulate } from "popagent/simulation/event_loop.ts";
import { INSTRUMENTS } from "popagent/core/universe.ts";
import { createLimits } from "popagent/simulation/limits.ts";
import type { Limits } from "popagent/simulation/limits.ts";
import { createPlan, PLAN, PLAN_WIDTH, planIndex } from "popagent/simulation/plan.ts";
import type { Plan } from "popagent/simulation/plan.ts";
import { createRecord } from "popagent/simulation/record.ts";
import { createTrace, listFills } from "popagent/simulation/trace.ts";
import { randomLimits, randomPanel, randomPlan } from "./random_panel.ts";
import { handPanel, wideLimits, wish } from "./small_market.ts";

const ROWS = 200;
const FROM = 45;
const seeds = fc.nat(1_000_000);
const arenaOf = (panel: Panel, costs = bybitCosts) => createArena(panel, costs, INSTRUMENTS);

Deno.test("money is conserved on every row: equity = start + realised + unrealised - fees - funding", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const panel = randomPanel(seed, ROWS, 0.03);
      const run = simulate(arenaOf(panel), randomPlan(seed, ROWS), randomLimits(seed, ROWS), {
        from: FROM,
        record: "full",
        trace: true,
        adopt: [100],
      });
      const fills = listFills(run.trace!);
      const quantity = new Float64Array(DECLARED_COINS.length),
        cost = new Float64Array(DECLARED_COINS.length); // from the fills alone
      let booked = 10_000, next = 0;
      for (let row = FROM; row < ROWS; row++) {
        let fees = 0, funding = 0, slipped = 0;
        for (; next < fills.length && fills[next]!.row === row; next++) {
          const fill = fills[next]!;
          booked += fill.realised - fill.fee;
          fees += fill.fee;
          slipped += fill.slippage;
          if (fill.kind === "funding") funding -= fill.realised;
          else {
            quantity[fill.coin]! += fill.quantity;
            cost[fill.coin]! += fill.quantity * fill.price + fill.realised; // entry value of what is left
            if (Math.abs(quantity[fill.coin]!) < 1e-9) quantity[fill.coin] = cost[fill.coin] = 0;
          }
        }
        let unrealised = 0;
        for (let coin = 0; coin < DECLARED_COINS.length; coin++) {
          unrealised += quantity[coin]! * panel.coins[coin]!.markClose[row]! - cost[coin]!;
        }
        assert.ok(Math.abs(run.equity[row]! - booked - unrealised) < 1e-8, `seed ${seed}, row ${row}`);
        assert.ok(Math.abs(run.book!.fees[row]! - fees) < 1e-8);
        assert.ok(Math.abs(run.book!.funding[row]! - funding) < 1e-8);
        assert.ok(Math.abs(run.book!.fees[row]! + run.book!.slippage[row]! - fees - slipped) < 1e-8);
        const grown = run.equity[row - 1]! * (1 + run.returns[row]!);
        assert.ok(Math.abs(run.equity[row]! - grown) < 1e-8);
      }
      assert.equal(next, fills.length);
    }),
    { seed: 7, numRuns: 40 },
  );
});

Deno.test("a flat plan leaves equity exactly as it was", () => {
  const run = simulate(
    arenaOf(randomPanel(1, ROWS)),
    createPlan(ROWS, DECLARED_COINS.length),
    wideLimits(ROWS),
    { from: FROM },
  );
  assert.ok(run.equity.every((equity) => equity === 10_000) && run.returns.every((r) => r === 0));
});

Deno.test("orders that are all refused earn exactly zero", () => {
  const limits = wideLimits(ROWS, { maxPosition: 0 });
  const run = simulate(arenaOf(randomPanel(1, ROWS)), randomPlan(1, ROWS), limits, { from: FROM });
  assert.ok(run.equity.every((equity) => equity === 10_000));
});

Deno.test("the same fills at higher costs leave less", () => {
  const costly = (factor: number): CostModel => ({
    ...bybitCosts,
    takerFee: factor * bybitCosts.takerFee,
    impact: factor,
    halfSpread: bybitCosts.halfSpread.map((floor) => factor * floor),
  });
  fc.assert(
    fc.property(seeds, (seed) => {
      // About 1.3 lots of BTC are wanted: one lot is held, whatever the costs have taken from equity.
      const plan = createPlan(ROWS, DECLARED_COINS.length);
      for (let row = 0; row < ROWS; row++) {
        wish(plan, row, 0, { conviction: [1, 0, -1, 0][row >> 3 & 3]!, leverage: 1, baseSize: 0.0078 });
      }
      const panel = randomPanel(seed, ROWS, 0.002);
      const runs = [0, 0.5, 1, 2, 5].map((factor) => {
        const costs = factor === 0 ? zeroCosts : costly(factor);
        return simulate(arenaOf(panel, costs), plan, wideLimits(ROWS), { from: FROM, trace: true });
      });
      const streams = runs.map((run) => listFills(run.trace!).map(({ row, quantity }) => [row, quantity]));
      for (const stream of streams) assert.deepEqual(stream, streams[0]);
      const finals = runs.map((run) => run.equity[ROWS - 1]!);
      for (let i = 1; i < finals.length; i++) assert.ok(finals[i]! < finals[i - 1]!, finals.join(" "));
    }),
    { seed: 7, numRuns: 20 },
  );
});

Deno.test("a short in prices reflected about the entry earns what the long earned, exits included", () => {
  const step = fc.integer({ min: -20, max: 20 });
  const distance = fc.double({ min: 0.001, max: 0.05, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(step, fc.nat(20), fc.nat(20)), { minLength: 8, maxLength: 8 }),
      distance,
      distance,
      (path, stop, target) => {
        const entry = 1000;
        const bars = [[entry, entry, entry, entry]];
        for (const [move, above, below] of path) {
          const open = bars.at(-1)![3]!, close = open + move;
          bars.push([open, Math.max(open, close) + above, Math.min(open, close) - below, close]);
        }
        const reflect = (price: number) => 2 * entry - price;
        const long = bars.map(([o, h, l, c]) => ({ bar: [o!, h!, l!, c!] as const }));
        const short = bars.map(([o, h, l, c]) => ({
          bar: [reflect(o!), reflect(l!), reflect(h!), reflect(c!)] as const,
        }));
        const trade = (hand: typeof long, conviction: number) => {
          const plan = createPlan(hand.length, DECLARED_COINS.length);
          for (let row = 0; row < hand.length; row++) {
            wish(plan, row, 0, { conviction, leverage: 1, baseSize: 0.5, stop, target });
          }
          return simulate(arenaOf(handPanel({ BTC: hand }), zeroCosts), plan, wideLimits(hand.length), {
            from: 1,
            to: 7,
          });
        };
        const up = trade(long, 1), down = trade(short, -1);
        up.equity.forEach((equity, row) =>
          assert.ok(Math.abs(equity - down.equity[row]!) < 1e-8, `row ${row}`)
        );
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("scaling one coin's prices and quantities changes nothing but rounding", () => {
  // Eight times the price on a tick eight times as large and a lot an eighth: the same trades to the last lot.
  const panel = randomPanel(5, ROWS);
  const scale = (bars: CoinBars): CoinBars => {
    const scaled: Record<string, unknown> = { ...bars };
    for (
      const name of ["open", "high", "low", "close", "markOpen", "markHigh", "markLow", "markClose"] as const
    ) {
      scaled[name] = bars[name].map((price) => price * 8);
    }
    return scaled as unknown as CoinBars;
  };
  const scaled = createPanel([scale(panel.coins[0]!), ...panel.coins.slice(1)], panel.openTime, panel.source);
  const instruments = INSTRUMENTS.map((one, i) =>
    i === 0
      ? {
        ...one,
        terms: one.terms.map((terms) => ({
          ...terms,
          tick: terms.tick * 8,
          tickFrom: terms.tickFrom * 8,
          lot: terms.lot / 8,
        })),
      }
      : one
  );
  const plan = randomPlan(5, ROWS), limits = wideLimits(ROWS, { maxLeverage: 10, maxPosition: 0.2 });
  const run = simulate(arenaOf(panel), plan, limits, { from: FROM });
  const other = simulate(createArena(scaled, bybitCosts, instruments), plan, limits, { from: FROM });
  run.equity.forEach((equity, row) => assert.ok(Math.abs(equity - other.equity[row]!) < 1e-6, `row ${row}`));
});

/** The first row up to `last` at which equity depends on what comes after `last`, or -1. */
function firstLeak(panel: Panel, seed: number, last: number, arena: (panel: Panel) => Arena): number {
  const plan = randomPlan(seed, ROWS), limits = randomLimits(seed, ROWS);
  const whole = simulate(arena(panel), plan, limits, { from: FROM });
  const others = [
    simulate(arena(truncatePanel(panel, last + 1)), plan, limits, { from: FROM }),
    ...[NaN, 10].map((factor) =>
      simulate(arena(spoil(panel, last, factor)), spoilPlan(plan, last), spoilLimits(limits, last), {
        from: FROM,
        to: last + 1,
      })
    ),
  ];
  for (let row = FROM; row <= last; row++) {
    for (const other of others) if (!Object.is(other.equity[row], whole.equity[row])) return row;
  }
  return -1;
}

function spoil(panel: Panel, last: number, factor: number): Panel {
  const coins = panel.coins.map((bars) =>
    Object.fromEntries(
      Object.entries(bars).map(([name, column]) => [
        name,
        column instanceof Float64Array
          ? column.map((value, row) => row > last ? value * factor : value)
          : column,
      ]),
    ) as unknown as CoinBars
  );
  return createPanel(coins, panel.openTime, panel.source);
}

/** Plan and limits of a row are used from the next open on, so those of the last row itself may be anything. */
function spoilPlan(plan: Plan, last: number): Plan {
  const values = plan.values.slice();
  for (let at = planIndex(DECLARED_COINS.length, last, 0); at < values.length; at += PLAN_WIDTH) {
    values[at + PLAN.conviction]! *= -1;
  }
  return { ...plan, values };
}

function spoilLimits(limits: Limits, last: number): Limits {
  const values = limits.values.slice();
  values.set(createLimits(limits.rows - last).values, last * values.length / limits.rows);
  return { ...limits, values };
}

Deno.test("no row's equity depends on a later row", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: FROM, max: ROWS - 2 }), (seed, last) => {
      assert.equal(firstLeak(randomPanel(seed, ROWS), seed, last, arenaOf), -1);
    }),
    { seed: 7, numRuns: 50 },
  );
});

/** True if an order at the open of row `last` fills otherwise when all of that row but its open is another. */
function openKnowsItsBar(panel: Panel, seed: number, last: number, arena: (panel: Panel) => Arena): boolean {
  const plan = randomPlan(seed, ROWS), limits = randomLimits(seed, ROWS);
  const coins = panel.coins.map((bars) => {
    const changed: Record<string, unknown> = { ...bars };
    for (const name of ["high", "low", "close", "turnover", "markHigh", "markLow", "markClose"] as const) {
      changed[name] = bars[name].map((value, row) => row === last ? value * 3 : value);
    }
    return changed as unknown as CoinBars;
  });
  const [one, other] = [panel, createPanel(coins, panel.openTime, panel.source)].map((market) => {
    const run = simulate(arena(market), plan, limits, { from: FROM, to: last + 1, trace: true });
    const atOpen = ["entry", "increase", "reduce", "close", "funding"];
    return listFills(run.trace!).filter(({ row, kind }) => row === last && atOpen.includes(kind));
  });
  return JSON.stringify(one) !== JSON.stringify(other);
}

Deno.test("what fills at an open does not depend on the rest of its bar", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: FROM, max: ROWS - 1 }), (seed, last) => {
      assert.equal(openKnowsItsBar(randomPanel(seed, ROWS), seed, last, arenaOf), false);
    }),
    { seed: 7, numRuns: 50 },
  );
});

Deno.test("the leak tests catch an arena whose costs forget their lag, and one whose costs know the next row", () => {
  const early = (lead: number) => (panel: Panel) => {
    const coins = panel.coins.map((bars) => ({
      ...bars,
      turnover: bars.turnover.slice().copyWithin(0, lead),
    }));
    return arenaOf(createPanel(coins, panel.openTime, panel.source));
  };
  const rows = Array.from({ length: 20 }, (_, i) => 100 + 4 * i);
  const panel = randomPanel(3, ROWS);
  assert.ok(rows.some((last) => openKnowsItsBar(panel, 3, last, early(1))));
  assert.ok(rows.some((last) => firstLeak(panel, 3, last, early(2)) >= 0));
});

Deno.test("running on window by window, through JSON, gives the same bits as running through", () => {
  const cuts = fc.array(fc.integer({ min: FROM, max: ROWS }), { maxLength: 8 });
  fc.assert(
    fc.property(seeds, cuts, (seed, at) => {
      const arena = arenaOf(randomPanel(seed, ROWS, 0.03));
      const plan = randomPlan(seed, ROWS), limits = randomLimits(seed, ROWS);
      const whole = simulate(arena, plan, limits, { from: FROM, record: "full", trace: true });
      const record = createRecord(ROWS, 10_000, "full"), trace = createTrace(1);
      let account = createAccount(DECLARED_COINS.length), from = FROM;
      for (const to of [...at, ROWS].sort((a, b) => a - b)) {
        account = readAccount(JSON.parse(JSON.stringify(writeAccount(account))));
        runAccount(account, arena, plan, limits, from, to, { adoptTeam: false, record, trace });
        from = to;
      }
      assert.deepEqual(account, whole.account);
      assert.deepEqual([record.equity, record.returns, record.book], [
        whole.equity,
        whole.returns,
        whole.book,
      ]);
      assert.deepEqual(listFills(trace), listFills(whole.trace!));
    }),
    { seed: 7, numRuns: 30 },
  );
});

Deno.test("simulate() with adopted rows is what the windows give", () => {
  const arena = arenaOf(randomPanel(9, ROWS));
  const plan = randomPlan(9, ROWS), limits = randomLimits(9, ROWS);
  const whole = simulate(arena, plan, limits, { from: FROM, adopt: [80, 130] });
  const account = createAccount(DECLARED_COINS.length);
  const none = { record: null, trace: null };
  runAccount(account, arena, plan, limits, FROM, 80, { adoptTeam: false, ...none });
  runAccount(account, arena, plan, limits, 80, 130, { adoptTeam: true, ...none });
  runAccount(account, arena, plan, limits, 130, ROWS, { adoptTeam: true, ...none });
  assert.deepEqual(account, whole.account);
});
