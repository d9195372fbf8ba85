import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import type { StepResult } from "popagent/population/step.ts";
import { annualSharpe } from "popagent/stats/sharpe.ts";
import { returnsOf } from "popagent/features/market_view.ts";
import { shadowReturns } from "popagent/agents/desk.ts";
import { pipelineKey, pipelineOf } from "popagent/agents/agent.ts";
import { barReturns } from "popagent/experiments/account_series.ts";
import { strategyMetrics } from "popagent/experiments/metrics.ts";
import {
  additiveBest,
  hindsightBest,
  pastSharpe,
  tradeField,
} from "popagent/experiments/references/field.ts";
import { tradeMandate, tradePipeline } from "popagent/experiments/references/trade.ts";
import {
  buyAndHold,
  timeSeriesMomentum,
  volatilityTargetedHold,
} from "popagent/experiments/references/passive.ts";
import { plantedMandate } from "popagent/experiments/references/planted_oracle.ts";
import { randomSwitchingSeries } from "popagent/experiments/references/random_switching.ts";
import { DECLARED_COINS, INSTRUMENTS } from "popagent/core/universe.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { grid } from "popagent/population/design.ts";
import { byRole } from "popagent/genome/role.ts";
import { declaredGenomes } from "popagent/population/members.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { openLimits } from "popagent/experiments/references/passive.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { contextOf, panel, sharedDesk as desk, steps } from "../population/small_run.ts";

const FROM = 420;
const progress: [number, number][] = [];
const field = tradeField(desk, declaredGenomes(5), FROM, (done, total) => progress.push([done, total]));

Deno.test("the field is every declared pipeline in an account of its own", () => {
  assert.equal(field.pipelines.length, 625);
  assert.equal(new Set(field.pipelines.map(pipelineKey)).size, 625);
  assert.deepEqual(progress.at(-1), [625, 625]);
  const i = field.draws.findIndex((draw) => String(draw) === "4,0,2,1");
  const genomes = declaredGenomes(5);
  const named = pipelineOf({
    analyst: genomes.analyst[4]!,
    researcher: genomes.researcher[0]!,
    trader: genomes.trader[2]!,
    risk: genomes.risk[1]!,
  });
  assert.equal(pipelineKey(field.pipelines[i]!), pipelineKey(named));
  const alone = tradePipeline(desk, named, FROM);
  assert.deepEqual(field.returns[i], barReturns(alone, "net"));
  assert.equal(alone.equity.length, panel.rows - FROM);
  assert.ok(field.metrics.filter(({ orders }) => orders > 0).length > 300, "most of the field trades");
});

Deno.test("the ensemble's return is the mean of the field's, bar by bar", () => {
  const mean = field.returns[0]!.map((_, t) => field.returns.reduce((sum, r) => sum + r[t]!, 0) / 625);
  assertAllClose(barReturns(field.ensemble, "net"), mean, 1e-13);
});

Deno.test("the hindsight best has the largest Sharpe ratio of the rows traded", () => {
  const sharpes = field.returns.map((returns) => {
    const centre = returns.reduce((sum, r) => sum + r, 0) / returns.length;
    return centre / Math.sqrt(returns.reduce((sum, r) => sum + (r - centre) ** 2, 0) / (returns.length - 1));
  });
  assertClose(sharpes[hindsightBest(field)]!, Math.max(...sharpes.filter(Number.isFinite)), 1e-15);
});

Deno.test("the static best is chosen by rows before the first traded one alone", () => {
  const short = pastSharpe(desk, field.pipelines, FROM);
  const past = shadowReturns(desk, field.pipelines[137]!).slice(360, FROM);
  const centre = past.reduce((sum, r) => sum + r, 0) / past.length;
  const sd = Math.sqrt(past.reduce((sum, r) => sum + (r - centre) ** 2, 0) / (past.length - 1));
  assertClose(short[137]!, centre === 0 ? 0 : centre / sd * Math.sqrt(2190), 1e-9);
});

// By hand: the single best pipeline holds analyst 0, but analyst 3 is better on average.
Deno.test("additiveBest() picks role by role from the mean over all partners", () => {
  const draws = grid([5, 5, 5, 5]);
  const effects = [[0, 0, 0, 3, 0], [0, 2, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 1]];
  const scores = draws.map((draw) => draw.reduce((sum, agent, role) => sum + effects[role]![agent]!, 0));
  const lucky = draws.findIndex((draw) => String(draw) === "0,0,1,0");
  scores[lucky] = 100;
  assert.deepEqual(draws[additiveBest({ draws }, scores)], [3, 1, 0, 4]);
  assert.deepEqual(draws[additiveBest({ draws }, scores.map(() => 0))], [0, 0, 0, 0]); // ties to the lower index
});

Deno.test("the committee of all trades one account at real costs", () => {
  const committee = field.committee;
  assert.ok(committee.fees.some((fee) => fee > 0));
  assert.equal(committee.equity.length, panel.rows - FROM);
});

/** USDT that whole lots may leave unspent: at most one of each coin. */
const lots = INSTRUMENTS.reduce(
  (sum, { terms }, i) => sum + terms.at(-1)!.lot * panel.coins[i]!.open[FROM]!,
  0,
);

Deno.test("buy and hold buys one fifth of equity in each coin at the first open and never trades again", () => {
  const series = tradeMandate(desk, buyAndHold(desk, FROM), FROM);
  assert.equal(series.passed.reduce((sum, x) => sum + x, 0), DECLARED_COINS.length);
  assert.ok(series.tradedNotional[0]! > 9_950 - lots && series.tradedNotional[0]! < 10_100);
  assert.ok(series.tradedNotional.subarray(1).every((x) => x === 0), "never touched");
  assert.ok(series.fees.subarray(1).every((x) => x === 0));
  assert.ok(series.grossExposure.every((x) => x > 0.5), "never closed");
  assert.ok(series.funding.some((x) => x !== 0), "funding is paid");
  // Equity moves by a fifth of each coin's price since the first open, less costs and funding.
  const paid = (column: Float64Array) => column.reduce((sum, x) => sum + x, 0);
  const growth = panel.coins.reduce(
    (sum, { open, markClose }) => sum + markClose.at(-1)! / open[FROM]! / 5,
    0,
  );
  const expected = 10_000 * growth - paid(series.fees) - paid(series.funding) - paid(series.slippage);
  assertClose(series.equity.at(-1)!, expected, lots);
});

Deno.test("buy and hold leaves coins alone that may not be traded", () => {
  const alone = { ...desk, tradable: [false, true, false, false, false] };
  const series = tradeMandate(alone, buyAndHold(alone, FROM), FROM);
  assert.ok(series.tradedNotional[0]! > 9_950 - lots && series.tradedNotional[0]! < 10_100);
});

/** Rows of a plan that ask for anything. */
function settings(
  mandate: { readonly plan: { readonly rows: number; readonly values: Float64Array } },
): number[] {
  const { plan } = mandate;
  return Array.from({ length: plan.rows }, (_, t) => t)
    .filter((t) => !Number.isNaN(plan.values[planIndex(DECLARED_COINS.length, t, 0) + PLAN.conviction]!));
}

/** Signed notional over equity that a plan wants at a row, by coin. */
function shares(values: Float64Array, row: number): number[] {
  return Array.from({ length: DECLARED_COINS.length }, (_, coin) => {
    const at = planIndex(DECLARED_COINS.length, row, coin);
    return values[at + PLAN.conviction]! * values[at + PLAN.baseSize]! * values[at + PLAN.leverage]!;
  });
}

Deno.test("the managed references re-set every 42 rows, to 20 % annual volatility, gross at most 2x", () => {
  for (const make of [volatilityTargetedHold, timeSeriesMomentum]) {
    const mandate = make(desk, FROM);
    assert.deepEqual(settings(mandate), [419, 461, 503, 545, 587, 629]);
    for (const row of settings(mandate)) {
      const wanted = shares(mandate.plan.values, row);
      const gross = wanted.reduce((sum, share) => sum + Math.abs(share), 0);
      assert.ok(gross <= 2 + 1e-12 && gross > 0);
      // The volatility of these very weights, by EWMA .97 spelled out.
      let variance = 0, weight = 0;
      for (let s = 1; s <= row; s++) {
        const r = wanted.reduce((sum, share, coin) => sum + share * returnsOf(desk.market, coin)[s]!, 0);
        variance = .97 * variance + .03 * r * r;
        weight = .97 * weight + .03;
      }
      const volatility = Math.sqrt(variance / weight * 2190);
      if (gross < 2 - 1e-9) assertClose(volatility, .2, 1e-9);
      else assert.ok(volatility <= .2);
    }
    assert.ok(tradeMandate(desk, mandate, FROM).fees.some((fee) => fee > 0));
  }
  const long = shares(volatilityTargetedHold(desk, FROM).plan.values, 419);
  assert.equal(new Set(long.map((share) => share.toFixed(12))).size, 1); // all long, in equal parts
  const signs = (row: number, lag: number) =>
    panel.coins.map(({ close }) => Math.sign(close[row]! - close[row - lag]!));
  const rows = [419, 461, 503, 545, 587, 629];
  const momentum = timeSeriesMomentum(desk, FROM).plan.values;
  for (const row of rows) assert.deepEqual(shares(momentum, row).map(Math.sign), signs(row, 180));
  assert.ok(rows.some((row) => String(signs(row, 180)) !== String(signs(row, 42))), "the lag matters");
});

Deno.test("the planted oracle earns what nobody on the planted market does, and is flat where it may not trade", () => {
  const market = syntheticMarket({ mode: "planted", ic: 0.1, seed: 1, rows: 640 });
  const oracle = strategyMetrics(tradeMandate(desk, plantedMandate(desk, market.truth, .1), FROM));
  const random = field.metrics.reduce((sum, { sharpe }) => sum + sharpe, 0) / 625;
  assert.ok(oracle.sharpe > random + 2, `${oracle.sharpe} against ${random}`);
  const idle = { ...desk, tradable: [false, false, false, false, false] };
  assert.equal(strategyMetrics(tradeMandate(idle, plantedMandate(idle, market.truth, .1), FROM)).orders, 0);
});

Deno.test("random switching draws from the agents of the moment and repeats itself", () => {
  const events = steps(contextOf(), 3).map(({ event }) => event);
  const run = (seed: number, skip = 0) => randomSwitchingSeries(desk, events, seed, skip, () => {});
  const series = run(1);
  assert.deepEqual(run(1), series);
  assert.notDeepEqual(run(2), series);
  assert.equal(series.equity.length, 108);
  assert.deepEqual(run(1, 36).equity.length, 72);
  // Where all agents are clones there is only one team to draw: every stream is that pipeline.
  const clone = byRole((role) => events[0]!.agents[role].map(() => events[0]!.agents[role][1]!));
  const clones = events.slice(0, 1).map((event) => ({ ...event, agents: clone }));
  const pipeline = pipelineOf(byRole((role) => ({
    variant: clone[role][0]!.variant,
    coordinates: clone[role][0]!.genome,
  })));
  const alone = tradePipeline(desk, pipeline, FROM);
  assert.deepEqual(randomSwitchingSeries(desk, clones, 1, 0, () => {}).equity, alone.equity.slice(0, 36));
});

// One window, so that a stream is a drawn pipeline: the tenth of twenty by Sharpe ratio is the lower middle one.
Deno.test("random switching reports the lower of its two middle streams", () => {
  const [{ event }] = steps(contextOf(), 1) as [StepResult];
  const streams = Array.from({ length: 20 }, (_, stream) => {
    const pipeline = pipelineOf(byRole((role) => {
      const { variant, genome } = event.agents[role][rng("random switching", 1, 0, role, stream).int(3)]!;
      return { variant, coordinates: genome };
    }));
    return tradePipeline(desk, pipeline, FROM).equity.slice(0, 36);
  });
  const returns = (equity: Float64Array) => equity.map((x, t) => x / (t > 0 ? equity[t - 1]! : 10_000) - 1);
  streams.sort((a, b) => annualSharpe(returns(a)) - annualSharpe(returns(b)));
  assert.deepEqual(randomSwitchingSeries(desk, [event], 1, 0, () => {}).equity, streams[9]);
});

Deno.test("the limits of the passive references never bind on them", () => {
  const { plan } = volatilityTargetedHold(desk, FROM);
  const { account } = simulate(desk.arena, plan, openLimits(plan.rows), { from: FROM });
  assert.ok(account.every(Number.isFinite));
  assert.equal(
    strategyMetrics(tradeMandate(desk, { plan, limits: openLimits(plan.rows) }, FROM)).refusals,
    0,
  );
});
