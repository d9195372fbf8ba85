import assert from "node:assert/strict";
import type { Genome } from "popagent/genome/genome.ts";
import { startGenome } from "popagent/agents/variant.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { byRole } from "popagent/genome/role.ts";
import { type Genomes, membersOf } from "popagent/population/members.ts";
import { bestTeam, committeeTeams, rank } from "popagent/population/ranking.ts";
import { assertAllClose } from "../close_to.ts";

/** Three agents of one variant per role, apart in their first common gene alone. */
function apart(first: readonly number[]): Genomes {
  return byRole((role) => {
    const start = startGenome(VARIANTS[role][0]!);
    return first.map((x): Genome => ({ ...start, coordinates: [x, ...start.coordinates.slice(1)] }));
  });
}

// By hand: z of credits (0, 0, 3) is (-1, -1, 2)/sqrt(2). Agents at 0, .5 and .6 of one gene of d have novelty
// (.55, .3, .35)/sqrt(d), z-scored (.15, -.1, -.05)/sqrt(.035/3): the gene count cancels.
Deno.test("rank() adds lambda z(novelty) to z(credit)", () => {
  const genomes = apart([0, .5, .6]);
  const credits = byRole(() => [0, 0, 3]);
  for (const lambda of [0, .1, 2]) {
    const { trader } = rank(membersOf(genomes), genomes, credits, lambda);
    const novelty = [.15, -.1, -.05].map((x) => x / Math.sqrt(.035 / 3));
    const expected = [-1, -1, 2].map((x, i) => x / Math.SQRT2 + lambda * novelty[i]!);
    assertAllClose(trader.score, expected, 1e-12);
    assertAllClose(trader.novelty, [.55, .3, .35].map((x) => x / Math.sqrt(6)), 1e-12);
    assert.equal(trader.best, lambda === 2 ? 0 : 2);
  }
});

Deno.test("rank() lets novelty decide between equal credits, and the lower index where nothing does", () => {
  const genomes = apart([.5, .5, .9]);
  const equal = byRole(() => [.2, .2, .2]);
  assert.deepEqual(bestTeam(rank(membersOf(genomes), genomes, equal, .1)), byRole(() => 2));
  assert.deepEqual(bestTeam(rank(membersOf(genomes), genomes, equal, 0)), byRole(() => 0));
});

Deno.test("committeeTeams() takes the largest sums of credit, ties in the order of the grid", () => {
  const credits = { analyst: [1, 0], researcher: [0, 2], trader: [0, 0], risk: [0, .5] };
  assert.deepEqual(committeeTeams(credits, 5), [
    { analyst: 0, researcher: 1, trader: 0, risk: 1 }, // 3.5
    { analyst: 0, researcher: 1, trader: 1, risk: 1 }, // 3.5, later in the grid
    { analyst: 0, researcher: 1, trader: 0, risk: 0 }, // 3
    { analyst: 0, researcher: 1, trader: 1, risk: 0 }, // 3
    { analyst: 1, researcher: 1, trader: 0, risk: 1 }, // 2.5
  ]);
  assert.equal(committeeTeams(credits, 16).length, 16);
});
