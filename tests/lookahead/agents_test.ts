import assert from "node:assert/strict";
import type { Pipeline } from "popagent/agents/agent.ts";
import type { Forecast } from "popagent/inventory/researcher/forecast.ts";
import { analysisOf, type Desk, forecastOf, limitsOf, planOf, statedForecast } from "popagent/agents/desk.ts";
import { createMemo } from "popagent/core/memo.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import type { Panel } from "popagent/market/panel.ts";
import { declaredGenomes, membersOf } from "popagent/population/members.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { PLAN_WIDTH } from "popagent/simulation/plan.ts";
import { ordersAtOpen } from "popagent/experiments/leakage/orders_at_open.ts";
import { boundaryRows, plantedPanel } from "popagent/experiments/leakage/planted_market.ts";
import { cuts, futures } from "popagent/experiments/leakage/trials.ts";
import { type Outputs, probe, report, type RowSeries } from "popagent/experiments/leakage/probe.ts";
import { deskOf } from "popagent/experiments/leakage/run_outputs.ts";
import { populationConfig } from "../run_config.ts";

const config = populationConfig();
const members = membersOf(declaredGenomes(5));
const panel = plantedPanel(640);
const trials = [
  ...cuts(panel, [...boundaryRows(panel, 40, 360, 12), ...boundaryRows(panel, 360, 639, 40)]),
  ...futures(panel, boundaryRows(panel, 300, 630, 4)),
];

function analysisSeries(desk: Desk, name: string, pipeline: Pipeline): RowSeries[] {
  const analysis = analysisOf(desk, pipeline);
  return analysis.coins.flatMap(({ trend, sd, regimes, features }, coin) => [
    { name: `${name} ${DECLARED_COINS[coin]} trend`, values: trend },
    { name: `${name} ${DECLARED_COINS[coin]} sd`, values: sd },
    { name: `${name} ${DECLARED_COINS[coin]} regimes`, values: regimes, width: 3 },
    ...(analysis.width > 0
      ? [{ name: `${name} ${DECLARED_COINS[coin]} features`, values: features, width: analysis.width }]
      : []),
  ]);
}

function forecastSeries(name: string, { coins, levels }: Forecast): RowSeries[] {
  return coins.flatMap((coin, c) =>
    coin.mean.flatMap((mean, h) => [
      { name: `${name} ${DECLARED_COINS[c]} mean ${h}`, values: mean },
      { name: `${name} ${DECLARED_COINS[c]} sd ${h}`, values: coin.sd[h]! },
      { name: `${name} ${DECLARED_COINS[c]} pUp ${h}`, values: coin.pUp[h]! },
      ...(levels.length > 0
        ? [{
          name: `${name} ${DECLARED_COINS[c]} quantiles ${h}`,
          values: coin.quantiles[h]!,
          width: levels.length,
        }]
        : []),
    ])
  );
}

function planSeries(desk: Desk, name: string, pipeline: Pipeline): RowSeries {
  return {
    name: `${name} plan`,
    values: planOf(desk, pipeline).values,
    width: DECLARED_COINS.length * PLAN_WIDTH,
  };
}

function limitsSeries(desk: Desk, name: string, pipeline: Pipeline): RowSeries {
  return { name: `${name} limits`, values: limitsOf(desk, pipeline).values, width: LIMITS_WIDTH };
}

/** The shadow account of a pipeline: its equity at each close, and what it did at each open. */
function accountSeries(desk: Desk, name: string, pipeline: Pipeline, from: number): RowSeries[] {
  const simulation = simulate(desk.arena, planOf(desk, pipeline), limitsOf(desk, pipeline), {
    from,
    trace: true,
  });
  return [{ name: `${name} equity`, values: simulation.equity }, ordersAtOpen(name, simulation)];
}

const nobody: Pipeline = { analyst: null, researcher: null, trader: null, risk: null };
const team = (i: number): Pipeline => ({
  analyst: members.analyst[i]!,
  researcher: members.researcher[i]!,
  trader: members.trader[i]!,
  risk: members.risk[i]!,
});

/** Everything that agents say, over one memo for all worlds: content addresses must keep them apart. */
const memo = createMemo(64 * 2 ** 20);
function agentOutputs(world: Panel): Outputs {
  const desk = deskOf(world, config, memo);
  const series = [
    ...analysisSeries(desk, "default", nobody),
    ...forecastSeries("default", forecastOf(desk, nobody)),
    planSeries(desk, "default", nobody),
    limitsSeries(desk, "default", nobody),
    ...accountSeries(desk, "default", nobody, 40),
  ];
  for (let i = 0; i < members.analyst.length; i++) {
    const pipeline = team(i);
    const { analyst, researcher, trader, risk } = pipeline;
    series.push(
      ...analysisSeries(desk, `analyst ${analyst!.variant.name}`, pipeline),
      ...forecastSeries(`researcher ${researcher!.variant.name}`, forecastOf(desk, pipeline)),
      planSeries(desk, `trader ${trader!.variant.name}`, pipeline),
      limitsSeries(desk, `risk ${risk!.variant.name}`, pipeline),
      ...accountSeries(desk, `team ${i}`, pipeline, 40),
    );
  }
  return { series };
}

Deno.test("all variants and default agents: what they say at or before t, and what their accounts do, knows no row after t", async () => {
  const verdict = await probe(panel, trials, agentOutputs);
  assert.equal(verdict.violations.length, 0, report(verdict));
  console.log(`${verdict.trials} worlds, ${verdict.compared} values compared`);
});

Deno.test("all researchers: the whole forecasts they state, quantiles included, know no row after t", async () => {
  const fewer = [
    ...cuts(panel, boundaryRows(panel, 60, 639, 9)),
    ...futures(panel, boundaryRows(panel, 400, 600, 1)),
  ];
  const verdict = await probe(panel, fewer, (world) => {
    const desk = deskOf(world, config, memo);
    return {
      series: [nobody, ...members.analyst.map((_, i) => team(i))].flatMap((pipeline) =>
        forecastSeries(pipeline.researcher?.variant.name ?? "default", statedForecast(desk, pipeline))
      ),
    };
  });
  assert.equal(verdict.violations.length, 0, report(verdict));
  console.log(`${verdict.trials} worlds, ${verdict.compared} values compared`);
});
