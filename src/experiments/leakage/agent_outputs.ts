/** What agents say, and what their accounts do, as outputs by row. */
import type { Pipeline } from "../../agents/agent.ts";
import { analysisOf, type Desk, forecastOf, limitsOf, planOf } from "../../agents/desk.ts";
import type { Memo } from "../../core/memo.ts";
import { DECLARED_COINS } from "../../core/universe.ts";
import type { Role } from "../../genome/role.ts";
import type { Forecast } from "../../inventory/researcher/forecast.ts";
import type { Panel } from "../../market/panel.ts";
import { declaredGenomes, membersOf } from "../../population/members.ts";
import { simulate } from "../../simulation/event_loop.ts";
import { LIMITS_WIDTH } from "../../simulation/limits.ts";
import { PLAN_WIDTH } from "../../simulation/plan.ts";
import { ordersAtOpen } from "./orders_at_open.ts";
import type { Outputs, RowSeries } from "./probe.ts";
import { probedConfig } from "./probed_config.ts";
import { deskOf } from "./run_outputs.ts";

const CONFIG = probedConfig(), MEMBERS = membersOf(declaredGenomes(5));

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

/** Everything that a forecast states, by coin and horizon. */
export function forecastSeries(name: string, { coins, levels }: Forecast): RowSeries[] {
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

/** Default agents alone. */
export const nobody: Pipeline = { analyst: null, researcher: null, trader: null, risk: null };
/** The i-th declared agents of all roles. */
export const team = (i: number): Pipeline => ({
  analyst: MEMBERS.analyst[i]!,
  researcher: MEMBERS.researcher[i]!,
  trader: MEMBERS.trader[i]!,
  risk: MEMBERS.risk[i]!,
});

/** What the agent of one role says in a pipeline. */
export function roleSeries(desk: Desk, role: Role, pipeline: Pipeline): RowSeries[] {
  const name = pipeline[role]?.variant.name ?? "default";
  switch (role) {
    case "analyst":
      return analysisSeries(desk, name, pipeline);
    case "researcher":
      return forecastSeries(name, forecastOf(desk, pipeline));
    case "trader":
      return [planSeries(desk, name, pipeline)];
    case "risk":
      return [limitsSeries(desk, name, pipeline)];
  }
}

/**
 * What all variants and default agents say row by row, and what their accounts do.
 *
 * @param memo One for all worlds: content addresses must keep them apart.
 */
export function agentOutputs(world: Panel, memo: Memo): Outputs {
  const desk = deskOf(world, CONFIG, memo);
  const series = [
    ...analysisSeries(desk, "default", nobody),
    ...forecastSeries("default", forecastOf(desk, nobody)),
    planSeries(desk, "default", nobody),
    limitsSeries(desk, "default", nobody),
    ...accountSeries(desk, "default", nobody, 40),
  ];
  for (let i = 0; i < MEMBERS.analyst.length; i++) {
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
