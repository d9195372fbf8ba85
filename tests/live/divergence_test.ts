import assert from "node:assert/strict";
import { arenaOf } from "popagent/experiments/market.ts";
import { runAgain } from "popagent/live/compare_session.ts";
import { DECLARED_GUARDS } from "popagent/live/guards.ts";
import { divergenceOf } from "popagent/live/divergence.ts";
import type { DivergencePart } from "popagent/live/divergence_part.ts";
import type { Mind } from "popagent/live/mind.ts";
import type { ReplayParts } from "popagent/live/replay_session.ts";
import { PLAN_WIDTH } from "popagent/simulation/plan.ts";
import { HISTORY, ITERATIONS, market, MEMO, sessionConfig, smallSession } from "./small_session.ts";

const UNTIL = 436; // one decision's team, no learning inside
const config = sessionConfig();

async function eventsOf(given: Partial<ReplayParts> = {}) {
  const { loop, journal } = smallSession({ until: UNTIL, ...given });
  while (await loop.bar());
  return journal.events();
}
const session = {
  id: "t",
  config,
  panel: market,
  history: HISTORY,
  until: UNTIL,
  iterations: ITERATIONS,
  memoBytes: MEMO,
  limits: DECLARED_GUARDS,
};
const replay = await runAgain(session, null);
const reportOf = async (events: typeof replay) =>
  divergenceOf(events, await runAgain(session, events), replay, market);
const faultsOf = (report: readonly DivergencePart[]) =>
  report.filter(({ fault }) => fault).map(({ part }) => part);

Deno.test("a recorded session replays without a mismatch, and its report has no fault", async () => {
  const report = await reportOf(await eventsOf());
  assert.deepEqual(report.filter(({ fault, first }) => fault || first !== ""), []);
  assert.ok(report.find(({ part }) => part === "decisions")!.compared > 10);
  assert.ok(report.find(({ part }) => part === "funding")!.compared > 2);
});

Deno.test("a fee error of 5 basis points is located in the fees, and nowhere else", async () => {
  const dear = { ...config, costs: { ...config.costs, takerFee: config.costs.takerFee + 0.0005 } };
  const events = await eventsOf({ venueArena: arenaOf(market, dear) });
  const report = await reportOf(events);
  assert.deepEqual(faultsOf(report), ["fees"]);
  const fees = report.find(({ part }) => part === "fees")!;
  assert.ok(Math.abs(fees.value - 5) < 0.01, `${fees.value}`);
  assert.match(fees.first, /^row 420 \w+: 5\.00 bp$/);
});

/** Trades at each open what was wished for a bar before. */
function lateBy1(mind: Mind): Mind {
  let before: Float64Array | null = null;
  return {
    ...mind,
    trades: () => {
      const now = mind.trades();
      if (now === null) return null;
      const { plan } = now.mandate, row = mind.panel().rows - 1, width = plan.coins * PLAN_WIDTH;
      const own = plan.values.slice(row * width, (row + 1) * width);
      const values = plan.values.slice();
      values.set(before ?? own.map((_, i) => i % PLAN_WIDTH === 0 ? 0 : own[i]!), row * width);
      if (seen !== row) [before, next, seen] = [next, own, row];
      values.set(
        before ?? new Float64Array(width).map((_, i) => i % PLAN_WIDTH === 0 ? 0 : own[i]!),
        row * width,
      );
      return { ...now, mandate: { ...now.mandate, plan: { ...plan, values } } };
    },
  };
}
let next: Float64Array | null = null, seen = -1;

Deno.test("a delay of one bar is located: the orders are the replay's of a bar before", async () => {
  const events = await eventsOf({ thinking: lateBy1 });
  const report = await reportOf(events);
  const lag = report.find(({ part }) => part === "lag")!;
  assert.deepEqual([lag.value, lag.fault], [1, true], lag.first);
  assert.ok(faultsOf(report).includes("decisions"));
  assert.ok(!faultsOf(report).includes("fees"));
});

Deno.test("a wrong tick is located in the prices of its coin", async () => {
  const instruments = market.instruments.map((one) =>
    one.coin === "ETH"
      ? { ...one, terms: one.terms.map((terms) => ({ ...terms, tick: terms.tick * 10 })) }
      : one
  );
  const events = await eventsOf({ venueArena: arenaOf({ ...market, instruments }, config) });
  const report = await reportOf(events);
  assert.ok(!faultsOf(report).includes("decisions"), "its decisions were right");
  const tick = report.find(({ part }) => part === "tick")!;
  assert.ok(tick.fault);
  assert.match(tick.first, /^row \d+ ETH: all \d+ prices are multiples of 10 ticks$/);
});
