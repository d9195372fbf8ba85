import assert from "node:assert/strict";
import { pipelineKey, pipelineOf } from "popagent/agents/agent.ts";
import { type Role, ROLES } from "popagent/agents/contracts.ts";
import { limitsOf, planOf, shadowReturns } from "popagent/agents/desk.ts";
import { rng } from "popagent/core/rng.ts";
import { createArena } from "popagent/simulation/arena.ts";
import { bybitCosts } from "popagent/simulation/costs.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { bybitInstruments } from "popagent/simulation/instruments.ts";
import { createLimits, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { createPlan, planIndex } from "popagent/simulation/plan.ts";
import { CREDIT_NAMES, SCORE_NAMES, TRANSFER_NAMES } from "popagent/population/config.ts";
import { drawSquare } from "popagent/population/design.ts";
import type { LiveBars } from "popagent/population/live_window.ts";
import { byRole, membersOf, teamOf, teamPipeline } from "popagent/population/members.ts";
import { scoreReturns } from "popagent/population/score.ts";
import type { PopulationState, TeamGenomes } from "popagent/population/state.ts";
import { step, type StepResult } from "popagent/population/step.ts";
import { assertClose } from "../close_to.ts";
import { bytesOf, contextOf, panel, sharedDesk, smallDesk, steps, withoutLessons } from "./small_run.ts";

const ITERATIONS = 6;
// A run in which every kind of change happens: lessons at k = 2 and 4, mutants beside them.
const BUSY = { transferTau: .4, diversityTrigger: 1.05 } as const;
const busy = steps(contextOf(BUSY), ITERATIONS);

/** The genomes an iteration worked with, by role. */
function genomesIn({ event }: StepResult, role: Role) {
  return event.agents[role].map(({ variant, genome }) => ({ variant, coordinates: genome }));
}

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
  const cached = bytesOf(steps(contextOf(learning), 2));
  assert.ok(steps(contextOf(learning), 2)[1]!.event.transfers.length > 0);
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
    bytesOf(withoutLessons(steps(contextOf({ transfer, transferTau: .4, mutation: false }), 4)))
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
          context.config,
        )
      );
      assertClose(meanScore, scores.reduce((sum, x) => sum + x, 0) / 9, 1e-15);
      assert.equal(bestScore, Math.max(...scores));
    }
  }
});

Deno.test("all arms mutate by the same draws: the same genome moves alike whatever was taught before", () => {
  const moves = (transfer: "none" | "softUpdate") =>
    steps(contextOf({ transfer, diversityTrigger: 2, mutationSd: .01, transferTau: .1 }), 3)[2]!.event
      .mutations
      .map(({ role, agent, before, after }) =>
        [role, agent, ...after.slice(0, 5).map((x, i) => (x - before[i]!).toFixed(12))].join(" ")
      );
  const [none, soft] = [moves("none"), moves("softUpdate")];
  assert.equal(none.length, 8);
  assert.ok(none.filter((move, i) => move === soft[i]).length >= 6, "but for reflections at a bound");
});

Deno.test("the elite is kept, new genomes count from the next iteration on, all lessons start from the same genomes", () => {
  for (let k = 0; k + 1 < ITERATIONS; k++) {
    const { event } = busy[k]!;
    for (const role of ROLES) {
      const now = genomesIn(busy[k]!, role), next = genomesIn(busy[k + 1]!, role);
      assert.deepEqual(next, busy[k]!.state.genomes[role]);
      assert.deepEqual(next[event.champion[role]], now[event.champion[role]], "elite");
      const lessons = event.transfers.filter((lesson) => lesson.role === role);
      for (const { teacher, student, before, after, tau } of lessons) {
        assert.equal(teacher, event.champion[role]);
        assert.notEqual(student, teacher);
        assert.deepEqual(before, now[student]!.coordinates);
        const common = role === "trader" ? 6 : 5;
        after.forEach((x, i) => {
          const expected = i < common
            ? before[i]! + tau * (now[teacher]!.coordinates[i]! - before[i]!)
            : before[i]!;
          assertClose(x, expected, 1e-15);
        });
      }
      if (event.transfers.length > 0) assert.equal(lessons.length, 2);
      else assert.deepEqual(next, now);
      for (const { agent, before, after } of event.mutations.filter((one) => one.role === role)) {
        assert.notEqual(agent, event.champion[role]);
        assert.deepEqual(before, lessons.find(({ student }) => student === agent)!.after);
        assert.deepEqual(after, next[agent]!.coordinates);
      }
    }
  }
});

Deno.test("variants, and so identities, never move", () => {
  for (const role of ROLES) {
    const names = busy.map((result) => genomesIn(result, role).map(({ variant }) => variant).join());
    assert.equal(new Set(names).size, 1);
  }
});

Deno.test("tau schedules are applied, not only computed", () => {
  const taus = (tauSchedule: "constant" | "linear" | "exponential") =>
    steps(contextOf({ tauSchedule, transferTau: .4, transferTauEnd: .1 }), 5).flatMap(({ event }) => {
      const applied = event.transfers.map((lesson) => {
        const teacher = event.agents[lesson.role][lesson.teacher]!.genome;
        const i = lesson.before.findIndex((x, at) => Math.abs(teacher[at]! - x) > .01);
        return (lesson.after[i]! - lesson.before[i]!) / (teacher[i]! - lesson.before[i]!);
      });
      for (const [i, tau] of applied.entries()) assertClose(tau, event.transfers[i]!.tau, 1e-9);
      return applied.slice(0, 1);
    });
  // Seven iterations, so the last has index 6: lessons at k = 2 and 4 lie a third and two thirds of the way.
  const table = {
    constant: [.4, .4],
    linear: [.3, .2],
    exponential: [.4 * .25 ** (1 / 3), .4 * .25 ** (2 / 3)],
  };
  for (const [schedule, expected] of Object.entries(table)) {
    const found = taus(schedule as keyof typeof table);
    expected.forEach((tau, i) => assertClose(found[i]!, tau, 1e-9, schedule));
  }
});

Deno.test("a role below its trigger mutates all but its elite, a role above it nobody; off is off", () => {
  const at = busy[1]!.state; // k = 2, a learning step
  const context = contextOf({ transfer: "none" });
  const startDiversity = { analyst: 10, researcher: 0, trader: 0, risk: 0 };
  const { event, state } = step({ ...at, startDiversity }, context);
  assert.deepEqual(event.mutations.map(({ role }) => role), ["analyst", "analyst"]);
  assert.ok(event.mutations.every(({ agent }) => agent !== event.champion.analyst));
  for (const role of ["researcher", "trader", "risk"] as const) {
    assert.deepEqual(state.genomes[role], at.genomes[role]);
  }
  const narrow = byRole(() => 10);
  const calm = { ...at, startDiversity: narrow };
  assert.equal(step(calm, contextOf({ transfer: "none", mutation: false })).event.mutations.length, 0);
  assert.equal(step(calm, contextOf({ transfer: "none", diversityTrigger: 0 })).event.mutations.length, 0);
  const between = { ...busy[0]!.state, startDiversity: narrow }; // k = 1, not a learning step
  assert.equal(step(between, context).event.mutations.length, 0);
});

Deno.test("clones raise the collapse alarm, and the trigger moves all but the elite apart", () => {
  const at = busy[1]!.state;
  const clones = byRole((role) => at.genomes[role].map(() => at.genomes[role][0]!));
  const { event, state } = step({ ...at, genomes: clones }, contextOf({ transfer: "none" }));
  assert.deepEqual(event.collapse, ROLES);
  for (const role of ROLES) {
    assert.equal(event.diversity[role].parameter, 0);
    assert.equal(event.champion[role], 0); // nothing tells them apart: the lower index
    assert.deepEqual(state.genomes[role][0], clones[role][0]);
    for (const genome of state.genomes[role].slice(1)) assert.notDeepEqual(genome, clones[role][0]);
  }
  assert.equal(event.mutations.length, 8);
  assert.deepEqual(busy[0]!.event.collapse, []);
});

Deno.test("orders that are all refused earn exactly zero, and their pipeline is scored", () => {
  // A market so thin that every order is cut below what the exchange accepts.
  const arena = createArena(panel, { ...bybitCosts, participation: 1e-12 }, bybitInstruments);
  const context = contextOf({}, { ...smallDesk(), arena });
  for (const { event, bars } of steps(context, 3)) {
    assert.deepEqual([event.championScore, event.meanScore, event.bestScore], [0, 0, 0]);
    assert.deepEqual(event.equity, { champion: 10_000, committee: 10_000 });
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

/** The bars of all windows one after another. */
function joined(results: readonly StepResult[], account: "champion" | "committee", column: keyof LiveBars) {
  return Float64Array.from(results.flatMap(({ bars }) => [...bars[account][column]]));
}

// One plan spliced of all champions' and one account run through it in one go, stops and resting orders adopted
// only where the team changes: positions stay over every window's end.
Deno.test("the champion's account runs on through all windows; a team is adopted only when it changes", () => {
  const results = steps(contextOf({}, sharedDesk, 3), ITERATIONS); // its champion sometimes stays
  const plan = createPlan(panel.rows), limits = createLimits(panel.rows);
  const adopt: number[] = [];
  let traded = "";
  results.forEach((result) => {
    const { row, lastRow, champion } = result.event;
    const genomes = byRole((role) => genomesIn(result, role)[champion[role]]!) as TeamGenomes;
    const pipeline = pipelineOf(genomes);
    assert.deepEqual(result.state.champion, genomes);
    const [from, to] = [planIndex(row, 0), planIndex(lastRow, 0)];
    plan.values.set(planOf(sharedDesk, pipeline).values.subarray(from, to), from);
    limits.values.set(
      limitsOf(sharedDesk, pipeline).values.subarray(row * LIMITS_WIDTH, lastRow * LIMITS_WIDTH),
      row * LIMITS_WIDTH,
    );
    if (traded !== "" && traded !== pipelineKey(pipeline)) adopt.push(row + 1);
    traded = pipelineKey(pipeline);
  });
  assert.ok(adopt.length > 0 && adopt.length < ITERATIONS - 1, "the champion changes, but not always");
  const first = results[0]!.event.row + 1;
  const last = results.at(-1)!.event.lastRow + 1;
  const whole = simulate(sharedDesk.arena, plan, limits, { from: first, to: last, adopt, record: "full" });
  for (const column of ["fees", "slippage", "funding", "tradedNotional", "grossExposure"] as const) {
    assert.deepEqual(joined(results, "champion", column), whole.detail![column].slice(first, last), column);
  }
  assert.deepEqual(joined(results, "champion", "equity"), whole.equity.slice(first, last));
  const held = results.filter(({ bars }) => bars.champion.grossExposure.at(-1)! > 0);
  assert.ok(held.length > 1, "positions are held over the end of a window");
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
  assert.deepEqual(runs.map(({ event }) => event.agents.risk.length), [3, 3, 3, 3, 3, 3, 3, 5, 9]);
});

Deno.test("homogeneous PBT: the worst copies the best, then every gene is times 1.2 or 0.8, clipped", () => {
  const context = contextOf({ variants: "homogeneous", learning: "pbt" });
  const { event, state } = steps(context, 3)[2]!;
  assert.equal(event.transfers.length, 4);
  for (const { role, teacher, student, before, after } of event.transfers) {
    const agents = event.agents[role];
    assert.equal(teacher, event.champion[role]);
    assert.equal(agents[student]!.score, Math.min(...agents.map(({ score }) => score)));
    assert.deepEqual(before, agents[student]!.genome);
    assert.deepEqual(after, agents[teacher]!.genome);
  }
  for (const { role, agent, before, after } of event.mutations) {
    assert.deepEqual(state.genomes[role][agent]!.coordinates, after);
    state.genomes[role].forEach((genome, i) => {
      if (i !== agent) assert.deepEqual(genome.coordinates, event.agents[role][i]!.genome);
    });
    if (role !== "trader") continue;
    // Base size: linear in .02 .. .6. Leverage: log in 1 .. 10.
    const size = (x: number) => .02 + .58 * x, leverage = (x: number) => 10 ** x;
    for (const [i, natural, min, max] of [[0, size, .02, .6], [1, leverage, 1, 10]] as const) {
      const clipped = [1.2, .8].map((by) => Math.min(max, Math.max(min, by * natural(before[i]!))));
      const found = natural(after[i]!);
      assert.ok(clipped.some((value) => Math.abs(value - found) < 1e-9), `${found} of ${clipped}`);
    }
  }
});
