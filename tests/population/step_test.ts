import assert from "node:assert/strict";
import { ROLES } from "popagent/genome/role.ts";
import { shadowReturns } from "popagent/agents/desk.ts";
import { rng } from "popagent/core/rng.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { bybitCosts } from "popagent/simulation/costs.ts";
import { INSTRUMENTS } from "popagent/core/universe.ts";
import { CREDIT_NAMES, SCORE_NAMES, TRANSFER_NAMES } from "popagent/population/config.ts";
import { drawSquare } from "popagent/population/design.ts";
import { byRole } from "popagent/genome/role.ts";
import { membersOf, teamOf, teamPipeline } from "popagent/population/members.ts";
import { scoreReturns } from "popagent/population/score.ts";
import type { PopulationState } from "popagent/population/state.ts";
import { step } from "popagent/population/step.ts";
import { assertClose } from "../close_to.ts";
import { bytesOf, contextOf, panel, sharedDesk, smallDesk, steps, withoutLessons } from "./small_run.ts";
import { BUSY, busy, genomesIn, ITERATIONS, joined } from "./busy_run.ts";

Deno.test("the run under test teaches, mutates, trades and changes its champion", () => {
  for (const k of [2, 4]) {
    assert.ok(busy[k]!.event.transfers.length > 0 && busy[k]!.event.mutations.length > 0);
  }
  assert.ok(new Set(busy.map(({ event }) => JSON.stringify(event.champion))).size > 1);
  for (const account of ["champion", "committee"] as const) {
    assert.ok(busy.some(({ bars }) => bars[account].fees.some((fee) => fee > 0)));
  }
});

Deno.test("the same configuration and seed give the same bytes; another seed gives others", () => {
  assert.equal(bytesOf(steps(contextOf(BUSY, smallDesk()), ITERATIONS)), bytesOf(busy));
  assert.notEqual(bytesOf(steps(contextOf(BUSY, sharedDesk, 2), ITERATIONS)), bytesOf(busy));
});

Deno.test("cached equals uncached bit for bit, and so does a cache that keeps forgetting", () => {
  const learning = { ...BUSY, transferEvery: 1, transfer: "hybrid" } as const;
  const taught = steps(contextOf(learning), 2);
  assert.ok(taught[1]!.event.transfers.length > 0);
  const cached = bytesOf(taught);
  assert.equal(bytesOf(steps(contextOf(learning, smallDesk(0)), 2)), cached);
  const forgetful = smallDesk(3e6);
  assert.equal(bytesOf(steps(contextOf(learning, forgetful), 2)), cached);
  assert.ok(forgetful.market.memo.counts().evictions > 0);
});

Deno.test("what reaches a cache by way of another run, arm or desk changes nothing", () => {
  const warm = smallDesk();
  steps(contextOf({ transfer: "none" }, warm, 5), 3);
  steps(contextOf({ transfer: "distillation", transferEvery: 1 }, warm, 1), 3);
  const oneCoin = { ...warm, tradable: [true, false, false, false, false] };
  const alone = bytesOf(steps(contextOf(BUSY, oneCoin), 3)); // shares the warm desk's memos
  assert.equal(bytesOf(steps(contextOf(BUSY, warm), ITERATIONS)), bytesOf(busy));
  const coldCoin = { ...smallDesk(), tradable: oneCoin.tradable };
  assert.equal(bytesOf(steps(contextOf(BUSY, coldCoin), 3)), alone);
});

for (const transfer of TRANSFER_NAMES) {
  Deno.test(`transfer ${transfer} with tau = 0 is a run without transfer, mutation and all`, () => {
    const off = { ...BUSY, transferTau: 0, transferEvery: 1 } as const;
    const none = withoutLessons(steps(contextOf({ ...off, transfer: "none" }), 4));
    assert.equal(bytesOf(withoutLessons(steps(contextOf({ ...off, transfer }), 4))), bytesOf(none));
    assert.ok(none.some(({ event }) => event.mutations.length > 0));
  });
}

Deno.test("every transfer operator makes another run", () => {
  const runs = TRANSFER_NAMES.map((transfer) =>
    bytesOf(withoutLessons(steps(contextOf({ transfer, transferTau: .4, mutation: "off" }), 4)))
  );
  assert.equal(new Set(runs).size, TRANSFER_NAMES.length);
});

Deno.test("a run resumed from the JSON of any state goes on as if it had never stopped", () => {
  for (let k = 1; k < ITERATIONS; k++) {
    const state = JSON.parse(JSON.stringify(busy[k - 1]!.state)) as PopulationState;
    assert.equal(
      bytesOf(steps(contextOf(BUSY, smallDesk()), ITERATIONS - k, state)),
      bytesOf(busy.slice(k)),
      `from k = ${k}`,
    );
  }
});

Deno.test("a step changes nothing that it was given", () => {
  const state = busy[1]!.state;
  const before = JSON.stringify(state);
  step(state, contextOf(BUSY));
  assert.equal(JSON.stringify(state), before);
});

Deno.test("all arms draw the same pipelines at the same k", () => {
  for (
    const change of [{ transfer: "none" }, { transfer: "softUpdate" }, { transfer: "selective" }] as const
  ) {
    const context = contextOf({ ...BUSY, ...change });
    for (const result of steps(context, 5)) {
      const { k, row, meanScore, bestScore } = result.event;
      const members = membersOf(byRole((role) => genomesIn(result, role)));
      const scores = drawSquare(3, rng("design", 1, k)).map((draw) =>
        scoreReturns(
          shadowReturns(sharedDesk, teamPipeline(members, teamOf(draw))),
          360,
          row,
          { ...context.config, score: "sharpe" },
        )
      );
      assertClose(meanScore, scores.reduce((sum, x) => sum + x, 0) / 9, 1e-15);
      assert.equal(bestScore, Math.max(...scores));
    }
  }
});

Deno.test("orders that are all refused earn exactly zero, and their pipeline is scored", () => {
  // A market so thin that every order is cut below what the exchange accepts.
  const arena = createArena(panel, { ...bybitCosts, participation: 1e-12 }, INSTRUMENTS);
  const context = contextOf({}, { ...smallDesk(), arena });
  for (const { event, bars } of steps(context, 3)) {
    assert.deepEqual([event.championScore, event.meanScore, event.bestScore], [0, 0, 0]);
    assert.deepEqual(event.equity, {
      champion: 10_000,
      committee: 10_000,
      mirrored: 10_000,
      mirroredHedge: 10_000,
    });
    for (const role of ROLES) {
      assert.ok(event.agents[role].every(({ credit }) => credit === 0));
      const novelty = event.agents[role].map((agent) => agent.novelty);
      assert.equal(event.champion[role], novelty.indexOf(Math.max(...novelty))); // novelty alone decides
    }
    for (const column of [bars.champion.fees, bars.committee.tradedNotional]) {
      assert.ok(column.every((x) => x === 0));
    }
  }
});

Deno.test("windows follow one another without a gap, and the last is shorter", () => {
  const results = steps(contextOf(), 7);
  assert.deepEqual(results.map(({ event }) => [event.row, event.lastRow]), [
    [419, 455],
    [455, 491],
    [491, 527],
    [527, 563],
    [563, 599],
    [599, 635],
    [635, 639],
  ]);
  assert.equal(joined(results, "champion", "equity").length, 220);
  for (const { event, state } of results) {
    assert.equal(event.time, panel.openTime[event.row]! + 4 * 3_600_000); // the close of row t_k
    assert.equal(state.k, event.k + 1);
  }
});

Deno.test("credit that is remembered is the mean of iterations that memory says", () => {
  const alone = steps(contextOf(), 2).map(({ event }) => event.agents.trader);
  const kept = steps(contextOf({ creditMemory: .75 }), 2).map(({ event }) => event.agents.trader);
  alone[0]!.forEach(({ credit }, i) => {
    assert.equal(kept[0]![i]!.credit, credit);
    assert.equal(kept[1]![i]!.credit, .75 * credit + .25 * alone[1]![i]!.credit);
  });
});

Deno.test("every score, credit, draw and size is a run of its own", () => {
  const runs = [
    ...SCORE_NAMES.map((score) => ({ score })),
    ...CREDIT_NAMES.slice(1).map((credit) => ({ credit })),
    { draw: "grid" as const },
    { diversityWeight: 2 },
    { size: 5 as const },
    { size: 9 as const },
  ].map((change) => steps(contextOf(change), 1)[0]!);
  assert.equal(new Set(runs.map(({ event }) => JSON.stringify(event.agents))).size, runs.length);
  assert.deepEqual(runs.map(({ event }) => event.agents.risk.length), [3, 3, 3, 3, 3, 3, 3, 3, 5, 9]);
});
