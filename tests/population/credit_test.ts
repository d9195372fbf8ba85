import assert from "node:assert/strict";
import fc from "fast-check";
import { type Pipeline, pipelineKey } from "popagent/agents/agent.ts";
import { ROLES } from "popagent/genome/role.ts";
import { rng } from "popagent/core/rng.ts";
import {
  CREDIT_SCHEMES,
  type Credits,
  inheritCredit,
  pipelineShapley,
  rememberCredit,
} from "popagent/population/credit.ts";
import { type Draw, drawSquare, grid, square } from "popagent/population/design.ts";
import { byRole } from "popagent/genome/role.ts";
import { type Members, teamOf, teamPipeline } from "popagent/population/members.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { namedMembers } from "./small_run.ts";

/** The agent of each role, -1 for the default one. */
function indices(pipeline: Pipeline): number[] {
  return ROLES.map((role) => pipeline[role] ? Number(pipeline[role].key.slice(role.length)) : -1);
}

/** A value for every pipeline, defaults included, that no formula ties together. */
function anyValue(seed: number): (pipeline: Pipeline) => number {
  return (pipeline) => rng("value", seed, pipelineKey(pipeline)).normal();
}

function flat(credits: Credits): number[] {
  return ROLES.flatMap((role) => credits[role]);
}

// Golden: the free-rider example of protocol 4.4 (computed in Python). Effects add up; the risk agents do nothing.
const EFFECTS = [[0, .02, .05], [0, .01, .02], [-.02, 0, .04], [0, 0, 0]];
const MAIN_EFFECTS = [
  [-.023333, -.003333, .026667],
  [-.01, 0, .01],
  [-.026667, -.006667, .033333],
  [0, 0, 0],
];

for (const [name, draws] of [["square", square(3)], ["grid", grid([3, 3, 3, 3])]] as const) {
  Deno.test(`the pipeline scheme on a ${name} finds the main effects and gives free riders nothing`, () => {
    const credits = CREDIT_SCHEMES.pipeline({
      members: namedMembers(3),
      draws,
      previousChampion: null,
      value: (pipeline) => indices(pipeline).reduce((sum, agent, role) => sum + EFFECTS[role]![agent]!, 0),
    });
    assertAllClose(flat(credits), MAIN_EFFECTS.flat(), 5e-7);
  });
}

// Functional ANOVA (protocol 4.4 B): with v(S) = E[f | agents of S] under uniform partners, Shapley averaged
// over the whole grid is the centred mean. It is the default agents that make the two schemes differ.
Deno.test("with a balanced design and a uniform reference the shapley scheme gives the centred mean", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const members = namedMembers(3);
      const value = anyValue(seed);
      const all = grid([3, 3, 3, 3]).map((draw) => teamPipeline(members, teamOf(draw)));
      const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
      const uniform = (pipeline: Pipeline) =>
        mean(
          all.filter((other) => ROLES.every((role) => !pipeline[role] || other[role] === pipeline[role]))
            .map(value),
        );
      const draws = grid([3, 3, 3, 3]);
      const shapley = CREDIT_SCHEMES.shapley({ members, draws, previousChampion: null, value: uniform });
      const pipeline = CREDIT_SCHEMES.pipeline({ members, draws, previousChampion: null, value });
      assertAllClose(flat(shapley), flat(pipeline), 1e-9);
    }),
    { seed: 7, numRuns: 5 },
  );
});

Deno.test("the schemes shapley, pipeline and individual differ", () => {
  const input = { members: namedMembers(5), draws: square(5), previousChampion: null, value: anyValue(1) };
  const credits = Object.values(CREDIT_SCHEMES).map((scheme) => flat(scheme(input)));
  for (const [i, j] of [[0, 1], [0, 2], [1, 2]] as const) {
    const apart = credits[i]!.map((x, at) => Math.abs(x - credits[j]![at]!));
    assert.ok(Math.min(...apart) > 1e-6, `schemes ${i} and ${j} differ for every agent`);
  }
});

Deno.test("null player: an agent that acts like the default gets nothing, in any company", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...ROLES), fc.nat({ max: 4 }), (seed, role, agent) => {
      const members = namedMembers(5);
      const like = anyValue(seed);
      const value = (pipeline: Pipeline) =>
        like(pipeline[role]?.key === `${role}${agent}` ? { ...pipeline, [role]: null } : pipeline);
      const draws = drawSquare(5, rng("design", seed));
      const credits = CREDIT_SCHEMES.shapley({ members, draws, previousChampion: null, value });
      assertClose(credits[role][agent]!, 0, 1e-12);
      assert.ok(credits[role].filter((x) => Math.abs(x) > 1e-6).length === 4, "the others do get something");
    }),
    { seed: 7, numRuns: 20 },
  );
});

Deno.test("efficiency within a pipeline: its credits sum to its score over the default team's", () => {
  const members = namedMembers(5);
  const value = anyValue(3);
  const team: Pipeline = teamPipeline(members, { analyst: 1, researcher: 4, trader: 0, risk: 2 });
  const nobody: Pipeline = { analyst: null, researcher: null, trader: null, risk: null };
  const total = pipelineShapley(team, value).reduce((sum, x) => sum + x, 0);
  assertClose(total, value(team) - value(nobody), 1e-12);
});

for (const name of ["shapley", "pipeline", "individual"] as const) {
  Deno.test(`the ${name} scheme does not know the agents' numbers`, () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const members = namedMembers(5);
        const value = anyValue(seed);
        const draws = square(5);
        const previousChampion = teamPipeline(members, { analyst: 2, researcher: 0, trader: 3, risk: 1 });
        const credits = CREDIT_SCHEMES[name]({ members, draws, previousChampion, value });
        // Agent i takes the number place[i]; the same pipelines are drawn under their new numbers.
        const place = byRole((role) => rng("labels", seed, role).shuffle([0, 1, 2, 3, 4]));
        const renumbered = byRole((role) =>
          [0, 1, 2, 3, 4].map((i) => members[role][place[role].indexOf(i)]!)
        ) as unknown as Members;
        const redrawn = draws.map((draw) => draw.map((i, r) => place[ROLES[r]!][i]!)) as unknown as Draw[];
        const again = CREDIT_SCHEMES[name]({ members: renumbered, draws: redrawn, previousChampion, value });
        for (const role of ROLES) {
          for (let i = 0; i < 5; i++) assertClose(again[role][place[role][i]!]!, credits[role][i]!, 1e-12);
        }
      }),
      { seed: 7, numRuns: 10 },
    );
  });
}

Deno.test("individual credit is the champion with the agent in its role, minus the champion", () => {
  const members = namedMembers(3);
  const value = anyValue(5);
  const team = { analyst: 2, researcher: 0, trader: 1, risk: 1 };
  const champion = teamPipeline(members, team);
  const credits = CREDIT_SCHEMES.individual({ members, draws: [], previousChampion: champion, value });
  for (const role of ROLES) {
    credits[role].forEach((credit, i) =>
      assert.equal(credit, value(teamPipeline(members, { ...team, [role]: i })) - value(champion))
    );
    assert.equal(credits[role][team[role]], 0); // the incumbent replaces itself
  }
  const nobody: Pipeline = { analyst: null, researcher: null, trader: null, risk: null };
  const first = CREDIT_SCHEMES.individual({ members, draws: [], previousChampion: null, value });
  assert.equal(first.trader[1], value({ ...nobody, trader: members.trader[1]! }) - value(nobody));
});

// By hand with memory .75: .75 x 1 + .25 x 3 = 1.5; .75 x 0 + .25 x -2 = -.5.
Deno.test("rememberCredit() keeps a share of what was; memory 0 or a first iteration keeps nothing", () => {
  const credits = (a: number, b: number) => ({
    analyst: [a, b],
    researcher: [a, b],
    trader: [a, b],
    risk: [a, b],
  });
  const now = credits(3, -2);
  assert.deepEqual(rememberCredit(credits(1, 0), now, 0.75), credits(1.5, -0.5));
  assert.equal(rememberCredit(credits(1, 0), now, 0), now);
  assert.equal(rememberCredit(null, now, 0.75), now);
});

// By hand: a quarter of the way from 1 to 3 is 1.5; a copy (tau 1) is 3; other roles and the teacher keep theirs.
Deno.test("inheritCredit() moves a student's credit as far as its genes", () => {
  const credits = byRole(() => [3, 1, 0]);
  const lesson = { role: "trader", teacher: 0 } as const;
  assert.deepEqual(
    inheritCredit(credits, [{ ...lesson, student: 1, tau: .25 }, { ...lesson, student: 2, tau: 1 }]),
    { ...credits, trader: [3, 1.5, 3] },
  );
  assert.deepEqual(inheritCredit(credits, [{ ...lesson, student: 1, tau: 0 }]), credits);
});
