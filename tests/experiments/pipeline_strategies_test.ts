import assert from "node:assert/strict";
import { barReturns } from "popagent/experiments/account_series.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { configuredPipeline, pipelineStrategies } from "popagent/experiments/pipeline_strategies.ts";
import { tradePipeline } from "popagent/experiments/references/trade.ts";
import { type Desk, mandateOf } from "popagent/agents/desk.ts";
import { createAccount, writeAccount } from "popagent/simulation/account.ts";
import { runAccount } from "popagent/simulation/event_loop.ts";
import { nextOrders } from "popagent/simulation/next_orders.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import { pipelineConfig } from "../run_config.ts";

const config = pipelineConfig({
  market: { rows: 1000, mode: "planted", ic: 0.1 },
  coins: ["BTC", "SOL"],
  pipeline: { researcher: "bayesian" },
});
const { panel } = marketOf(config);
const pipeline = configuredPipeline(config);
const window = { from: 720, to: 899 };
const outcomeOn = (rows: number) =>
  pipelineStrategies(createDesk(truncatePanel(panel, rows), config, 2 ** 26), pipeline, {
    ...window,
    to: rows - 1,
  });
const outcome = outcomeOn(900);

Deno.test("pipelineStrategies() trades the pipeline as the field does, whether or not fills are listed", () => {
  const desk = createDesk(truncatePanel(panel, 900), config, 2 ** 26);
  const strategy = outcome.strategies.find(({ name }) => name === "pipeline")!;
  assert.deepEqual(strategy.series, tradePipeline(desk, pipeline, 720));
});

Deno.test("pipelineStrategies() lists the fills that the account's costs consist of, on coins that may be traded", () => {
  const { series } = outcome.strategies.find(({ name }) => name === "pipeline")!;
  const paid = outcome.fills.reduce((sum, { fee }) => sum + fee, 0);
  assert.ok(outcome.fills.length > 0);
  assert.ok(Math.abs(paid - series!.fees.reduce((sum, fee) => sum + fee, 0)) < 1e-8);
  assert.ok(outcome.fills.every(({ coin, row }) => (coin === 0 || coin === 2) && row >= 720 && row < 900));
});

Deno.test("pipelineStrategies() reads no row after the last: a longer market gives the same returns so far", () => {
  const longer = outcomeOn(960);
  outcome.strategies.forEach(({ name, series }, i) => {
    const other = longer.strategies[i]!;
    assert.equal(other.name, name);
    assert.deepEqual(barReturns(other.series!, "net").slice(0, 180), barReturns(series!, "net"));
  });
});

Deno.test("the evaluator judges the coins that may be traded, from the first decision on", () => {
  assert.equal(outcome.evaluation!.horizon, 6);
  assert.equal(outcome.evaluation!.count, 2 * 30); // decisions 719, 725 .. 893, the last of which matures in row 899
});

Deno.test("configuredPipeline() refuses a variant that its role does not have, with the names there are", () => {
  assert.throws(
    () => configuredPipeline({ ...config, pipeline: { ...config.pipeline, trader: "technical" } }),
    /trader as its name must be one of aggressive, conservative, momentum, contrarian, adaptive, .*: .*technical/,
  );
});

for (const [command, coins] of [["multi", null], ["run", ["ETH"]]] as const) {
  Deno.test(`${command}: what it orders at the newest row of a market is what it orders there on a longer one`, () => {
    const settings = pipelineConfig({ market: { rows: 1000 }, coins });
    const { panel } = marketOf(settings);
    const pipeline = configuredPipeline(settings);
    const whole = createDesk(panel, settings, 2 ** 27);
    const account = createAccount(panel.coins.length);
    let from = 720, orders = 0;
    for (const row of [719, 731, 767, 803, 850, 901, 950]) {
      const { plan, limits } = mandateOf(whole, pipeline);
      runAccount(account, whole.arena, plan, limits, from, row + 1, {
        adoptTeam: false,
        record: null,
        trace: null,
      });
      from = row + 1;
      const cut = createDesk(truncatePanel(panel, row + 1), settings, 2 ** 27);
      const ordersOn = (desk: Desk) =>
        nextOrders(desk.arena, writeAccount(account), mandateOf(desk, pipeline), row, false);
      assert.deepEqual(ordersOn(cut), ordersOn(whole), `row ${row}`);
      orders += ordersOn(cut).length;
    }
    assert.ok(orders > 0, "it orders something");
  });
}
