import assert from "node:assert/strict";
import { agentOf, pipelineOf } from "popagent/agents/agent.ts";
import { variantNamed } from "popagent/agents/catalogue.ts";
import { ROLES } from "popagent/genome/role.ts";
import type { Genome } from "popagent/genome/genome.ts";
import { geneSet } from "popagent/agents/variant.ts";
import { byRole } from "popagent/genome/role.ts";
import { channelScales, trialRunner } from "popagent/population/reference_states.ts";
import { step } from "popagent/population/step.ts";
import { geneImportance, importantGenes } from "popagent/population/transfer.ts";
import { assertClose } from "../close_to.ts";
import { contextOf, sharedDesk, steps } from "./small_run.ts";
import { busy, genomesIn, ITERATIONS } from "./busy_run.ts";

Deno.test("importance is measured in a run: for every role it tells genes apart, and selective lessons follow it", () => {
  const result = steps(contextOf({ transfer: "selective", selectiveShare: .4, mutation: "off" }), 3)[2]!;
  const { champion, row, transfers } = result.event;
  const pipeline = pipelineOf(byRole((role) => genomesIn(result, role)[champion[role]]!));
  for (const role of ROLES) {
    const genomes = genomesIn(result, role);
    const trial = trialRunner(sharedDesk, pipeline, role, row);
    const run = (genome: Genome) => trial(agentOf(role, genome) as Parameters<typeof trial>[0]);
    const teacher = genomes[champion[role]]!;
    const set = geneSet(variantNamed(role, teacher.variant));
    const importance = geneImportance(teacher, set, run, channelScales(genomes.map(run)));
    // Every gene of a risk agent is a limit and every gene of a trader a column of its plan: none is without effect.
    if (role === "trader" || role === "risk") {
      assert.ok(importance.every((x) => x > 0), `${role} ${importance}`);
    }
    assert.ok(new Set(importance).size > 3, `${role} ${importance}`);
    const lessons = transfers.filter((lesson) => lesson.role === role);
    assert.equal(lessons.length, 2);
    const most = importantGenes(importance, .4);
    for (const { before, after } of lessons) {
      const moved = before.map((x, i) => x !== after[i]);
      assert.deepEqual(moved.slice(0, most.length), most);
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
  assert.equal(step(calm, contextOf({ transfer: "none", mutation: "off" })).event.mutations.length, 0);
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
  const ups: number[] = [];
  for (const { role, agent, before, after } of event.mutations) {
    assert.deepEqual(state.genomes[role][agent]!.coordinates, after);
    ups.push(...after.map((x, i) => Math.sign(x - before[i]!)));
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
  assert.ok(ups.includes(1) && ups.includes(-1), "some up, some down");
});
