import assert from "node:assert/strict";
import { createArena } from "popagent/simulation/arena.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import { createPlan } from "popagent/simulation/plan.ts";
import { listFills } from "popagent/simulation/trace.ts";
import { assertClose } from "../close_to.ts";
import { handPanel, oneBasisPoint, wideLimits, wish } from "./small_market.ts";

/*
A short, a long that is liquidated, and a change of team, worked by hand (taker 5.5 bp, maker 2 bp, slip 1 bp).

Row 0 decides  ETH -.5 x .4 x 4 x 10,000 = -8,000; SOL .1 x 20 x 10,000 = 20,000
Row 1 04:00    ETH sells at 2000 (1 - 1e-4) = 1999.80: 8000 / 1999.8 = 4.0004 -> 4.00; fee 7999.2 x .00055 = 4.39956
               SOL buys at 100.01: 199.98 -> 199.9; notional 19,991.999; fee 10.99559945; margin 999.59995
               liquidation at max(100.01 (.95 + .005), 100.01 x .95 / .995) = max(95.50955, 95.4869)
               cash 9,984.60484055; unrealised 4 (1999.8 - 1990) + 199.9 (98 - 100.01) = 39.2 - 401.799
               equity 9,622.00584055; targets -.8 and 2 of it are within 25 % of -7,960 and 19,590.2
Row 2 08:00    funding: ETH receives 4 x 1990 x 1e-4 = .796; SOL receives 199.9 x 98 x 2e-4 = 3.91804
               SOL's mark low 95 <= 95.50955: the margin is lost, and the fee to close at the bankruptcy price,
               199.9 x 95.0095 x .00055 = 10.4458194775
               cash 9,984.60484055 + 4.71404 - 999.59995 - 10.4458194775 = 8,979.2731110725; ETH -60.8
               equity 8,918.4731110725
Row 2 decides  a new team: ETH -1 x .2 x 5 = -1 of equity, within 25 % of -8,060: adopted at the open 2015
               stop 2015 x 1.02 = 2055.30 (from the entry it would be 2039.80), target 2015 x .97 = 1954.55
               SOL -.1 x 2 = -.2 of equity = -1,783.694622: the other side, so no cooldown
Row 3 12:00    SOL sells at 96 (1 - 1e-4) = 95.9904 -> 95.99: 18.5821 -> 18.5; fee 1775.815 x .00055 = .97669825
               stop 95.99 x 1.05 = 100.7895 -> 100.79, target 95.99 x .96 = 92.1504 -> 92.15
               ETH's high 2045 would have met the old team's 2039.80
               cash 8,978.2964128225; ETH 4 (1999.8 - 2040) = -160.8, SOL 18.5 (95.99 - 95.5) = 9.065
               equity 8,826.5614128225
Row 4 16:00    funding received: 4 x 2040 x 1e-4 + 18.5 x 95.5 x 1e-4 = .816 + .176675
               ETH stops: 2055.30 x 1.0001 = 2055.50553 -> 2055.51; -222.84; fee 8222.04 x .00055 = 4.522122
               SOL's low 92 trades through 92.15: +71.04; maker fee 1704.775 x .0002 = .340955
               cash = equity = 8,822.6260108225
*/
const panel = handPanel({
  ETH: [
    { bar: [2000, 2000, 2000, 2000] },
    { bar: [2000, 2010, 1980, 1990] },
    { bar: [1990, 2020, 1985, 2015], funding: 1e-4 },
    { bar: [2015, 2045, 2010, 2040] },
    { bar: [2040, 2060, 2030, 2050], funding: 1e-4 },
  ],
  SOL: [
    { bar: [100, 100, 100, 100] },
    { bar: [100, 101, 97, 98] },
    { bar: [98, 98.5, 95, 96], funding: -2e-4 },
    { bar: [96, 97, 95, 95.5] },
    { bar: [95.5, 96, 92, 93], funding: 1e-4 },
  ],
});
const ETH = 1, SOL = 2;

Deno.test("simulate() follows the second ledger: short, liquidation, change of team", () => {
  const plan = createPlan(5, DECLARED_COINS.length);
  for (const row of [0, 1]) {
    wish(plan, row, ETH, { conviction: -0.5, leverage: 4, baseSize: 0.4 });
    wish(plan, row, SOL, { conviction: 1, leverage: 20, baseSize: 0.1 });
  }
  for (const row of [2, 3, 4]) {
    wish(plan, row, ETH, { conviction: -1, leverage: 5, baseSize: 0.2, stop: 0.02, target: 0.03 });
    wish(plan, row, SOL, { conviction: -1, leverage: 2, baseSize: 0.1, stop: 0.05, target: 0.04 });
  }
  const arena = createArena(panel, oneBasisPoint, INSTRUMENTS);
  const run = simulate(arena, plan, wideLimits(5), { from: 1, trace: true, adopt: [3] });

  const expected = [10_000, 9_622.00584055, 8_918.4731110725, 8_826.5614128225, 8_822.6260108225];
  expected.forEach((equity, row) => assertClose(run.equity[row]!, equity, 1e-6, `equity of row ${row}`));
  const fills = listFills(run.trace!).map((
    { row, coin, kind, quantity, price },
  ) => [row, coin, kind, quantity, Number(price.toFixed(6))]);
  assert.deepEqual(fills, [
    [1, ETH, "entry", -4, 1999.8],
    [1, SOL, "entry", 199.9, 100.01],
    [2, ETH, "funding", -4, 1990],
    [2, SOL, "funding", 199.9, 98],
    [2, SOL, "liquidation", -199.9, 95.0095],
    [3, SOL, "entry", -18.5, 95.99],
    [4, ETH, "funding", -4, 2040],
    [4, SOL, "funding", -18.5, 95.5],
    [4, ETH, "stop", 4, 2055.51],
    [4, SOL, "target", 18.5, 92.15],
  ]);
  assert.equal(run.totals.pass, 3); // three orders, nothing cut or refused
});

Deno.test("simulate() would have stopped the adopted position at the old entry's distance", () => {
  const plan = createPlan(5, DECLARED_COINS.length);
  for (let row = 0; row < 5; row++) {
    wish(plan, row, ETH, { conviction: -0.5, leverage: 4, baseSize: 0.4, stop: 0.02 });
  }
  const arena = createArena(panel, oneBasisPoint, INSTRUMENTS);
  const kept = simulate(arena, plan, wideLimits(5), { from: 1, trace: true });
  const adopted = simulate(arena, plan, wideLimits(5), { from: 1, trace: true, adopt: [3] });
  const stopRow = (run: typeof kept) => listFills(run.trace!).find((fill) => fill.kind === "stop")!.row;
  assert.deepEqual([stopRow(kept), stopRow(adopted)], [3, 4]);
});
