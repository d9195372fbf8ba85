import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import { ROLES } from "popagent/genome/role.ts";
import { drawSquare, square } from "popagent/population/design.ts";
import { teamOf } from "popagent/population/members.ts";
import { partnersIn } from "popagent/population/partners.ts";

// Teams that hold each agent: of 9 three, of 25 five, of 18 two.
const JUDGES = { 3: [2, 2, 3, 3], 5: [2, 2, 5, 5], 9: [2, 2, 2, 2] } as const;

for (const size of [3, 5, 9] as const) {
  Deno.test(`partners of ${size} agents a role: drawn teams that hold the agent, few where forecasts are the cost`, () => {
    for (const draws of [square(size), drawSquare(size, rng("design", 1, 10)), drawSquare(size, rng(3))]) {
      const partners = partnersIn(draws, size);
      const drawn = new Set(draws.map((draw) => JSON.stringify(teamOf(draw))));
      ROLES.forEach((role, i) => {
        for (let agent = 0; agent < size; agent++) {
          const teams = partners(role, agent);
          assert.equal(teams.length, JUDGES[size][i], `${role} ${agent}`);
          assert.ok(teams.every((team) => team[role] === agent && drawn.has(JSON.stringify(team))));
          for (const other of ROLES) { // every partner another one: they cancel out of the mean
            if (other !== role) assert.equal(new Set(teams.map((team) => team[other])).size, teams.length);
          }
        }
      });
    }
  });
}

Deno.test("of 25 teams ten judge analysts and researchers alike: ten forecasts and not sixteen", () => {
  const partners = partnersIn(drawSquare(5, rng("design", 1, 20)), 5);
  const pairs = (["analyst", "researcher"] as const).flatMap((role) =>
    [0, 1, 2, 3, 4].flatMap((agent) =>
      partners(role, agent).map((team) => `${team.analyst} ${team.researcher}`)
    )
  );
  assert.equal(pairs.length, 20);
  assert.equal(new Set(pairs).size, 10);
});
