/** What a new genome costs: its own stage and what lies below it, nothing else. Counted, not timed. */
import assert from "node:assert/strict";
import { agentKey, agentOf, type Pipeline } from "popagent/agents/agent.ts";
import { type Desk, shadowReturns } from "popagent/agents/desk.ts";
import { geneSet } from "popagent/agents/variant.ts";
import { createMemo, type Memo } from "popagent/core/memo.ts";
import { viewMarket } from "popagent/features/market_view.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { settle } from "popagent/genome/genome.ts";
import { type Role, ROLES } from "popagent/genome/role.ts";
import { square } from "popagent/population/design.ts";
import { type Genomes, membersOf, startGenomes, teamOf, teamPipeline } from "popagent/population/members.ts";
import { populationConfig } from "../run_config.ts";

const config = populationConfig({ market: { rows: 1000 }, population: { size: 3 } });
const SIZE = 3;

/** A memo that takes note of every address it had to compute. */
function watched(): { readonly memo: Memo; readonly made: string[] } {
  const memo = createMemo(256 * 2 ** 20), made: string[] = [];
  return {
    made,
    memo: {
      ...memo,
      get: (rows, what, compute, bytes, worth) =>
        memo.get(
          rows,
          what,
          (before: Parameters<typeof compute>[0]) => {
            made.push(what);
            return compute(before);
          },
          bytes,
          worth,
        ),
    },
  };
}

const { memo, made } = watched();
const bare = createDesk(marketOf(config).panel, config, 0);
const desk: Desk = {
  ...bare,
  market: viewMarket(bare.market.panel, memo, config.signals),
};

function scoreAll(genomes: Genomes): string[] {
  const before = made.length, members = membersOf(genomes);
  for (const draw of square(SIZE)) shadowReturns(desk, teamPipeline(members, teamOf(draw)));
  return made.slice(before);
}

const start = startGenomes(config.population, 1);
const first = scoreAll(start);

/** The start genomes with another one at a place of a role. */
function withNew(role: Role, place: number): { readonly genomes: Genomes; readonly key: string } {
  const old = start[role][place]!, set = geneSet(agentOf(role, old).variant);
  const moved = { ...old, coordinates: settle(set, old.coordinates.map((x) => Math.min(1, x + 0.07))) };
  const genomes = { ...start, [role]: start[role].map((genome, i) => i === place ? moved : genome) };
  return { genomes, key: agentKey(agentOf(role, moved) as Pipeline[Role]) };
}

/** What was computed, by stage; columns of the market are no stage. */
function stagesOf(addresses: readonly string[]): Record<string, number> {
  const stages: Record<string, number> = {};
  for (const what of addresses) {
    const stage = what.split("|")[0]!;
    if (([...ROLES, "shadow"] as string[]).includes(stage)) stages[stage] = (stages[stage] ?? 0) + 1;
  }
  return stages;
}

Deno.test("findings H: a population's start computes each agent's output once for each team upstream", () => {
  // of nine teams: three analysts, nine pairs, nine teams of three and of four
  assert.deepEqual(stagesOf(first), { analyst: 3, researcher: 9, trader: 9, risk: 9, shadow: 9 });
  assert.deepEqual(stagesOf(scoreAll(start)), {}); // nothing again
});

const COSTS: Readonly<Record<Role, Record<string, number>>> = { // an agent plays in three of the nine teams
  analyst: { analyst: 1, researcher: 3, trader: 3, risk: 3, shadow: 3 },
  researcher: { researcher: 3, trader: 3, risk: 3, shadow: 3 },
  trader: { trader: 3, risk: 3, shadow: 3 },
  risk: { risk: 3, shadow: 3 },
};

for (const role of ROLES) {
  Deno.test(`findings H: a new ${role} costs its own stage and what lies below it, nothing else`, () => {
    const { genomes, key } = withNew(role, 1);
    const computed = scoreAll(genomes);
    assert.deepEqual(stagesOf(computed), COSTS[role]);
    const stages = computed.filter((what) => Object.keys(stagesOf([what])).length > 0);
    assert.ok(
      stages.every((what) => what.includes(key)),
      "every one of them with the new agent in its chain",
    );
  });
}
