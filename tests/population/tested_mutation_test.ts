import assert from "node:assert/strict";
import { shadowReturns } from "popagent/agents/desk.ts";
import { rng } from "popagent/core/rng.ts";
import { countChanges, totalChanges } from "popagent/events/change_counts.ts";
import { byRole, ROLES } from "popagent/genome/role.ts";
import { promptAuthor } from "popagent/inventory/trader/prompts/listening.ts";
import type { Proposal } from "popagent/inventory/trader/proposal.ts";
import { drawSquare } from "popagent/population/design.ts";
import { createJudge } from "popagent/population/judge.ts";
import {
  declaredGenomes,
  type Genomes,
  membersOf,
  teamOf,
  teamPipeline,
} from "popagent/population/members.ts";
import { partnersIn } from "popagent/population/partners.ts";
import { scorerAt } from "popagent/population/scorer.ts";
import { step, type StepResult } from "popagent/population/step.ts";
import { TRANSFER_NAMES } from "popagent/population/config.ts";
import { bytesOf, contextOf, sharedDesk, smallDesk, steps, withoutLessons } from "./small_run.ts";
import { genomesIn } from "./busy_run.ts";

const TESTED = { mutation: "tested", transfer: "none", transferEvery: 1 } as const;
const run = steps(contextOf(TESTED), 5);

/** Mean score of the partners of an agent at t_k, among genomes that are all given. */
function partnersMean(
  { event: { k, row } }: StepResult,
  genomes: Genomes,
  role: typeof ROLES[number],
  agent: number,
) {
  const members = membersOf(genomes), draws = drawSquare(3, rng("design", 1, k));
  const teams = partnersIn(draws, 3)(role, agent);
  const score = scorerAt(contextOf().config, sharedDesk.from, row, () => []);
  const scores = teams.map((team) => score(shadowReturns(sharedDesk, teamPipeline(members, team))));
  return scores.reduce((sum, x) => sum + x, 0) / scores.length;
}

Deno.test("tested mutation: what is kept raised its partners' mean on rows <= t_k, what is refused did not", () => {
  const outcomes = new Set<string>();
  for (const result of run.slice(1)) {
    const { mutations, refused } = result.event;
    let standing: Genomes = byRole((role) => genomesIn(result, role));
    for (const role of ROLES) {
      const changed = standing[role].map((genome, agent) => {
        const kept = mutations.find((one) => one.role === role && one.agent === agent);
        const no = refused.find((one) => one.role === role && one.agent === agent);
        if (agent === result.event.champion[role]) return genome; // the best does not try
        const one = kept ?? no!;
        outcomes.add(kept ? "kept" : "refused");
        assert.deepEqual([one.before, one.tries], [genome.coordinates, 1]);
        const mutant = { variant: genome.variant, coordinates: one.after };
        const tried = standing[role].map((own, i) => i === agent ? mutant : own);
        const before = partnersMean(result, standing, role, agent);
        const after = partnersMean(result, { ...standing, [role]: tried }, role, agent);
        if (one.scores === null) assert.deepEqual(one.after, one.before); // no gene moved: nothing to test
        else assert.deepEqual(one.scores, [before, after]);
        assert.equal(kept !== undefined, after > before);
        return kept ? mutant : genome;
      });
      standing = { ...standing, [role]: changed };
    }
    assert.deepEqual(result.state.genomes, standing);
  }
  assert.deepEqual([...outcomes].sort(), ["kept", "refused"]);
});

Deno.test("tested mutation never lowers the mean score of the drawn teams that judge: role after role it only rises", () => {
  for (const result of run.slice(1)) {
    const before = byRole((role) => genomesIn(result, role)), after = result.state.genomes;
    // All drawn teams judge traders and risk agents; of three a role, six of nine judge analysts and researchers.
    const upper = { ...before, analyst: after.analyst, researcher: after.researcher };
    const mean = (genomes: Genomes) =>
      [0, 1, 2].reduce((sum, agent) => sum + partnersMean(result, genomes, "risk", agent), 0) / 3;
    assert.ok(mean(after) >= mean(upper) - 1e-15);
    const few = (genomes: Genomes) =>
      [0, 1, 2].reduce((sum, agent) => sum + partnersMean(result, genomes, "analyst", agent), 0) / 3;
    assert.ok(few({ ...before, analyst: after.analyst }) >= few(before) - 1e-15);
  }
});

Deno.test("a mutant that is refused leaves the bytes of a run in which nobody tried", () => {
  const at = run[3]!.state;
  const { event, state } = step(at, contextOf(TESTED));
  const calm = step(at, contextOf({ ...TESTED, mutation: "off" }));
  const changed = new Set(event.mutations.map(({ role, agent }) => `${role} ${agent}`));
  assert.ok(event.refused.length > 0);
  for (const role of ROLES) {
    state.genomes[role].forEach((genome, agent) => {
      const same = JSON.stringify(genome) === JSON.stringify(calm.state.genomes[role][agent]);
      assert.equal(same, !changed.has(`${role} ${agent}`));
    });
  }
  // mutants that are all refused: nobody gains by a rate of 0
  const idle = { ...TESTED, mutationRate: 0 } as const;
  const quiet = (results: StepResult[]) =>
    bytesOf(results.map((one) => ({ ...one, event: { ...one.event, refused: [] } })));
  const still = steps(contextOf(idle), 4);
  assert.equal(quiet(still), quiet(steps(contextOf({ ...TESTED, mutation: "off" }), 4)));
  assert.equal(still[3]!.event.refused.length, 8);
});

Deno.test("tested mutation and tested lessons: the same bits from a cache that keeps forgetting", () => {
  const both = { mutation: "tested", transferTest: true, transferTau: .4, transferEvery: 1 } as const;
  const cached = bytesOf(steps(contextOf(both), 2)), forgetful = smallDesk(3e6);
  assert.equal(bytesOf(steps(contextOf(both, forgetful), 2)), cached);
  assert.ok(forgetful.market.memo.counts().evictions > 0);
});

Deno.test("tested mutation on a desk that another arm has used, as on one worker, is that on its own, to the byte", () => {
  const warm = smallDesk();
  steps(contextOf({ ...TESTED, mutation: "off" }, warm), 3);
  steps(contextOf(TESTED, warm, 2), 3);
  assert.equal(bytesOf(steps(contextOf(TESTED, warm), 5)), bytesOf(run));
});

Deno.test("where diversity is low three are tried, then the most distant is taken untested, and counted", () => {
  const at = run[1]!.state;
  const alike = { ...at, startDiversity: byRole(() => 10) };
  const { event } = step(alike, contextOf(TESTED));
  assert.equal(event.refused.length, 0); // somebody is taken for every agent
  assert.equal(event.mutations.length, 8);
  const untested = event.mutations.filter(({ outcome }) => outcome === "untested");
  assert.ok(untested.length > 0);
  for (const { tries, cause, scores, before, after } of untested) {
    assert.deepEqual([tries, cause], [3, "lowDiversity"]);
    assert.ok(scores === null || scores[1] <= scores[0]);
    assert.notDeepEqual(after, before);
  }
  for (const { outcome, tries, cause } of event.mutations) {
    if (outcome === "kept") assert.ok(tries >= 1 && tries <= 3 && cause === "tested");
  }
  const { mutations } = totalChanges(countChanges([event]));
  assert.equal(mutations.untested, untested.length);
  assert.equal(mutations.tried, event.mutations.reduce((sum, { tries }) => sum + tries, 0));
  assert.equal(mutations.kept + mutations.refused, mutations.tried);
  assert.equal(mutations.fired, 4);
});

for (const transfer of TRANSFER_NAMES.filter((name) => name !== "none")) {
  Deno.test(`transfer ${transfer}, tested: a lesson is kept only if it raises its student's partners`, () => {
    const config = { transfer, transferTest: true, transferTau: .4, mutation: "off" } as const;
    const result = steps(contextOf(config), 3)[2]!;
    const { transfers, refused } = result.event;
    assert.equal(transfers.length + refused.length, 8); // two students a role, each asked once
    for (const { scores } of transfers) assert.ok(scores![1] > scores![0]);
    for (const { scores, change } of refused) {
      assert.equal(change, "transfer");
      assert.ok(scores![1] <= scores![0]);
    }
    for (const role of ROLES) {
      result.state.genomes[role].forEach((genome, agent) => {
        const lesson = transfers.find((one) => one.role === role && one.student === agent);
        const own = genomesIn(result, role)[agent]!.coordinates;
        assert.deepEqual(genome.coordinates, lesson ? lesson.after : own);
      });
    }
  });
}

Deno.test("a tested lesson with tau = 0 is none, and a student that was refused inherits no credit", () => {
  const off = { transferTau: 0, transferTest: true, transferEvery: 1 } as const;
  const quiet = (results: readonly StepResult[]) =>
    bytesOf(withoutLessons(results).map((one) => ({ ...one, event: { ...one.event, refused: [] } })));
  const none = quiet(steps(contextOf({ ...off, transfer: "none" }), 3));
  assert.equal(quiet(steps(contextOf(off), 3)), none);
});

Deno.test("mutateWorst: a role in which nobody mutated takes one untested mutant for its worst agent", () => {
  const at = run[1]!.state;
  const startDiversity = { analyst: 10, researcher: 0, trader: 0, risk: 0 };
  const { event, state } = step(
    { ...at, startDiversity },
    contextOf({
      transfer: "none",
      transferEvery: 1,
      mutateWorst: true,
    }),
  );
  const causes = event.mutations.map(({ role, cause }) => `${role} ${cause}`);
  assert.deepEqual(causes, [
    "analyst lowDiversity",
    "analyst lowDiversity",
    "researcher worst",
    "trader worst",
    "risk worst",
  ]);
  for (const { role, agent, after, outcome, tries } of event.mutations.slice(2)) {
    const scores = event.agents[role].map(({ score }) => score);
    assert.equal(scores[agent], Math.min(...scores));
    assert.notEqual(agent, event.champion[role]);
    assert.deepEqual(state.genomes[role][agent]!.coordinates, after);
    assert.deepEqual([outcome, tries], ["untested", 0]);
  }
  const off = contextOf({ transfer: "none", transferEvery: 1, mutateWorst: true, mutation: "off" });
  assert.equal(step({ ...at, startDiversity }, off).event.mutations.length, 0); // off is off
});

Deno.test("issue 14: tested mutation judges a team that asks a language model on the rows of its own, shrunk to the others", () => {
  const trader = ["languageGeneral", "languageForecast", "momentum"];
  const { config, clock, desk: bare } = contextOf({
    ...TESTED,
    agents: { analyst: null, researcher: null, trader, risk: null },
  });
  const long: Proposal = {
    ...{ row: 500, coin: "ETH", direction: "long", size: 0.2, leverage: 3, target: 0, stop: 0 },
    ...{ confidence: 0.8, rationale: "", validRows: 20 },
  };
  const author = promptAuthor("generalist"), desk = { ...bare, proposals: { [author]: [long] } };
  const genomes = declaredGenomes(3, config.agents), row = 527, since = 491, k = 3;
  const told = { since: { [author]: since }, calls: 1 };
  const judge = createJudge({ desk, config, clock, seed: 1, k, row, genomes, told });
  const [standing, tried] = judge(genomes, "trader", 0, genomes.trader[1]!); // it would ask what nobody has asked yet

  const members = membersOf(genomes), draws = drawSquare(3, rng("design", 1, k));
  const teams = draws.map((draw) => teamPipeline(members, teamOf(draw)));
  const scoreOn = (from: number) => scorerAt(config, from, row, () => []);
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const others = mean(
    teams.filter((one) => one.trader!.variant.name === "momentum").map((one) =>
      scoreOn(desk.from)(shadowReturns(desk, one))
    ),
  );
  const believed = (row - since) / (row - since + config.language.shrinkRows);
  const partners = partnersIn(draws, 3)("trader", 0).map((team) => teamPipeline(members, team));
  const own = partners.map((one) => scoreOn(since + 1)(shadowReturns(desk, one)));
  assert.ok(own.some((x) => x !== 0));
  assert.ok(Math.abs(standing - mean(own.map((x) => others + (x - others) * believed))) < 1e-12);
  assert.ok(Math.abs(tried - others) < 1e-12);
});
