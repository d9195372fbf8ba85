import assert from "node:assert/strict";
import { statedForecast } from "popagent/agents/desk.ts";
import { createMemo } from "popagent/core/memo.ts";
import { declaredGenomes, membersOf } from "popagent/population/members.ts";
import { boundaryRows, plantedPanel } from "popagent/experiments/leakage/planted_market.ts";
import { cuts, futures } from "popagent/experiments/leakage/trials.ts";
import { probe, report } from "popagent/experiments/leakage/probe.ts";
import { agentOutputs, forecastSeries, nobody, team } from "popagent/experiments/leakage/agent_outputs.ts";
import { deskOf } from "popagent/experiments/leakage/run_outputs.ts";
import { populationConfig } from "../run_config.ts";

const config = populationConfig();
const members = membersOf(declaredGenomes(5));
const panel = plantedPanel(640);
const trials = [
  ...cuts(panel, [...boundaryRows(panel, 40, 360, 12), ...boundaryRows(panel, 360, 639, 40)]),
  ...futures(panel, boundaryRows(panel, 300, 630, 4)),
];

/** Everything that agents say, over one memo for all worlds: content addresses must keep them apart. */
const memo = createMemo(64 * 2 ** 20);
Deno.test("all variants and default agents: what they say at or before t, and what their accounts do, knows no row after t", async () => {
  const verdict = await probe(panel, trials, (world) => agentOutputs(world, memo));
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
