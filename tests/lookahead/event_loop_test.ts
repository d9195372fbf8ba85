import assert from "node:assert/strict";
import type { Panel } from "popagent/market/panel.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { randomLimits, randomPlan } from "../simulation/random_panel.ts";
import { ordersAtOpen } from "popagent/experiments/leakage/orders_at_open.ts";
import { boundaryRows, plantedPanel } from "popagent/experiments/leakage/planted_market.ts";
import { cuts, futures } from "popagent/experiments/leakage/trials.ts";
import { probe, report, type RowSeries } from "popagent/experiments/leakage/probe.ts";
import { deskOf } from "popagent/experiments/leakage/run_outputs.ts";
import { populationConfig } from "../run_config.ts";

const config = populationConfig();
const panel = plantedPanel(300);
const plan = randomPlan(7, panel.rows), limits = randomLimits(7, panel.rows);

/** One restless plan in a small account and in one so large that it meets the market's capacity. */
function accounts(world: Panel): RowSeries[] {
  const { arena } = deskOf(world, config);
  return [1e4, 1e8].flatMap((startingEquity) => {
    const simulation = simulate(arena, plan, limits, {
      from: 1,
      startingEquity,
      trace: true,
      record: "full",
    });
    const { book, returns } = simulation;
    return [
      ordersAtOpen(`${startingEquity} USDT`, simulation),
      ...Object.entries({ returns, ...book! }).map(([name, values]) => ({
        name: `${startingEquity} USDT ${name}`,
        values,
      })),
    ];
  });
}

Deno.test("an account: its accounting at or before t knows no row after t, its orders at an open not even their own bar", async () => {
  const rows = boundaryRows(panel, 1, 298, 50);
  const verdict = await probe(panel, [...cuts(panel, rows), ...futures(panel, rows)], (world) => ({
    series: accounts(world),
  }));
  assert.equal(verdict.violations.length, 0, report(verdict));
  const orders = accounts(panel).filter(({ known }) => known === "open");
  for (const { values } of orders) {
    assert.ok(values.filter((quantity) => quantity !== 0).length > 50, "the plan is restless");
  }
  console.log(`${verdict.trials} worlds, ${verdict.compared} values compared`);
});
