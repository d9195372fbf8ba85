import assert from "node:assert/strict";
import { forecastOf, shadowReturns } from "popagent/agents/desk.ts";
import { rng } from "popagent/core/rng.ts";
import { genomesOf } from "popagent/experiments/final_credit.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { agentPerformance } from "popagent/experiments/readings/agent_performance.ts";
import { forecastRows } from "popagent/experiments/readings/forecast_rows.ts";
import { readIteration } from "popagent/experiments/readings/iteration_readings.ts";
import { researcherQualities } from "popagent/experiments/readings/researcher_quality.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import { drawPipelines } from "popagent/population/design.ts";
import { membersOf, teamOf, teamPipeline } from "popagent/population/members.ts";
import { LEVELS } from "popagent/inventory/researcher/distribution/levels.ts";
import { quantilesAt } from "popagent/inventory/researcher/forecast.ts";
import { sortedQuantile } from "popagent/stats/bootstrap.ts";
import { crpsOfQuantiles } from "popagent/stats/crps_quantiles.ts";
import { annualSharpe } from "popagent/stats/sharpe.ts";
import { assertClose } from "../close_to.ts";
import { contextOf, panel, smallConfig, steps } from "../population/small_run.ts";

const context = contextOf({ transferEvery: 1 });
const { desk } = context;
const events = steps(context, 3).map(({ event }) => event);
const event = events[2]!;
const readings = readIteration(context, event, {});

Deno.test("an agent's return is the mean of the shadow accounts of the drawn teams that hold it, after t_k", () => {
  const members = membersOf(genomesOf(event));
  const teams = drawPipelines("square", 3, rng("design", 1, 2)).map(teamOf).filter(({ trader }) =>
    trader === 1
  );
  assert.equal(teams.length, 3);
  const [first, ...rest] = readings.agents!.row!;
  assert.deepEqual([first, rest.at(-1), rest.length], [event.row + 1, event.lastRow, 35]);
  for (let t = event.row + 1; t <= event.lastRow; t++) {
    const mean = teams.reduce((sum, team) => sum + shadowReturns(desk, teamPipeline(members, team))[t]!, 0) /
      3;
    assertClose(readings.agents!["trader.1"]![t - event.row - 1]!, mean, 1e-15);
  }
  assert.deepEqual(Object.keys(readings.agents!).length, 1 + 4 * 3);
});

Deno.test("a researcher is read behind the champion's analyst, and what it is held against was known at t_k", () => {
  const members = membersOf(genomesOf(event));
  const table = readings.forecasts!;
  const champion = teamPipeline(members, event.champion);
  for (let i = 0; i < table.row!.length; i++) {
    const [place, row, coin, horizon] = (["place", "row", "coin", "horizon"] as const).map((name) =>
      table[name]![i]!
    );
    const forecast = forecastOf(desk, { ...champion, researcher: members.researcher[place!]! });
    assert.equal(forecast.horizons[1], horizon);
    assert.equal((row! - event.row) % horizon!, 0);
    assert.ok(row! + horizon! <= event.lastRow, "the outcome came before the next decision");
    const { close } = panel.coins[coin!]!;
    const outcome = close[row! + horizon!]! / close[row!]! - 1;
    assert.equal(table.rise![i], forecast.coins[coin!]!.pUp[1]![row!]);
    assert.equal(table.outcome![i], outcome);
    const past = Array.from(
      { length: event.row - horizon! + 1 },
      (_, t) => close[t + horizon!]! / close[t]! - 1,
    );
    const sorted = Float64Array.from(past).sort(), quantiles = new Float64Array(LEVELS.length);
    const before = LEVELS.map((level) => sortedQuantile(sorted, level));
    assertClose(table.crpsOfPast![i]!, crpsOfQuantiles(LEVELS, before, outcome), 1e-15);
    quantilesAt(forecast, coin!, 1, row!, quantiles);
    assert.equal(table.crps![i], crpsOfQuantiles(LEVELS, quantiles, outcome));
    assert.deepEqual([table.low![i], table.high![i]], [quantiles[1], quantiles[19]]); // 5 % and 95 %
  }
  assert.deepEqual([...new Set(table.place!)], [0, 1, 2]);
});

Deno.test("readings read nothing after their window: a market that ends with it gives the same", () => {
  const short = truncatePanel(panel, event.lastRow + 1);
  const cut = { ...context, desk: createDesk(short, smallConfig(), 2 ** 27) };
  assert.deepEqual(readIteration(cut, event, {}), readings);
});

Deno.test("performance and quality are over the reported rows alone", () => {
  const from = event.row + 11;
  const found = agentPerformance(readings.agents!, event, from);
  const late = readings.agents!["risk.2"]!.slice(10);
  const risk = found.find(({ role, place }) => role === "risk" && place === 2)!;
  assert.deepEqual([risk.rows, risk.sharpe], [26, annualSharpe(late)]);
  const { forecasts } = readings;
  const rows = [...forecasts!.row!.keys()].filter((i) =>
    forecasts!.place![i] === 1 && forecasts!.row![i]! >= from - 1
  );
  const quality = researcherQualities(forecasts!, ["a", "b", "c"], from)[1]!;
  assert.deepEqual([quality.place, quality.variant, quality.count], [1, "b", rows.length]);
  const mean = (of: (i: number) => number) => rows.reduce((sum, i) => sum + of(i), 0) / rows.length;
  const { crps, low, high, outcome } = forecasts as Record<string, Float64Array>;
  assertClose(
    quality.covered,
    mean((i) => low![i]! <= outcome![i]! && outcome![i]! <= high![i]! ? 1 : 0),
    1e-15,
  );
  assertClose(quality.width, mean((i) => high![i]! - low![i]!), 1e-15);
  assertClose(quality.crps, mean((i) => crps![i]!), 1e-15);
});

Deno.test("where nothing has matured there is nothing to judge", () => {
  const forecast = forecastOf(desk, { analyst: null, researcher: null, trader: null, risk: null });
  const closes = panel.coins.map(({ close }) => close);
  const none = forecastRows(forecast, closes, 0, { from: forecast.horizons[1] - 1, to: 600, coins: [0] });
  assert.equal(none.row!.length, 0);
  assert.deepEqual(researcherQualities(none, ["a"], 0), []);
});
