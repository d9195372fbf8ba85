import type { KnownRows } from "popagent/core/memo.ts";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import assert from "node:assert/strict";
import { type Agent, agentOf, type Pipeline } from "popagent/agents/agent.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { packPlan } from "popagent/simulation/packed_plan.ts";
import type { Desk } from "popagent/agents/desk.ts";
import { startGenome } from "popagent/agents/variant.ts";
import { committeeMandate } from "popagent/population/committee.ts";
import { LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { createPlan, PLAN, type Plan, planIndex } from "popagent/simulation/plan.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { wish } from "../simulation/small_market.ts";
import { panel, sharedDesk } from "./small_run.ts";

const ROW = 400;

/** A desk on which traders plan what is written here, by hand. */
function deskWithPlans(plans: Readonly<Record<string, Plan>>): Desk {
  return {
    ...sharedDesk,
    market: {
      ...sharedDesk.market,
      memo: {
        get: <Value>(_rows: KnownRows, what: string, compute: (before: Value | null) => Value) => {
          const plan = plans[Object.keys(plans).find((name) => what.endsWith(`/${name}`))!];
          return plan ? packPlan(plan) as Value : compute(null); // limits are made
        },
        counts: () => ({ hits: 0, misses: 0, evictions: 0, bytes: 0 }),
        peek: () => null,
        turn: () => {},
      },
    },
  };
}

function team(trader: string, risk: Agent<"risk"> | null): Pipeline {
  return {
    analyst: null,
    researcher: null,
    trader: { key: trader, variant: VARIANTS.trader[0] } as Agent<"trader">,
    risk,
  };
}

// Fixed limits of the declared moderate agent, 5 / .35 / .20 / .03 / .10, and of the default one, 1 / 1 / 0 / 1 / 1.
const moderate = agentOf("risk", startGenome(VARIANTS.risk[1]!));

/** Two teams that agree, quarrel, or leave the field to one of them, one coin each. */
function twoTeams(): { readonly desk: Desk; readonly teams: readonly Pipeline[] } {
  const [a, b] = [
    createPlan(panel.rows, DECLARED_COINS.length),
    createPlan(panel.rows, DECLARED_COINS.length),
  ];
  const both = (coin: number, ofA: Parameters<typeof wish>[3], ofB: Parameters<typeof wish>[3]) => {
    wish(a, ROW, coin, ofA);
    wish(b, ROW, coin, ofB);
  };
  // Wanted .5 x .2 x 4 = .4, but .02 of equity at a stop of .1 allows .2; against -.4 x .25 x 2 = -.2.
  both(0, { conviction: .5, leverage: 4, baseSize: .2, riskPerTrade: .02, stop: .1, target: .3 }, {
    conviction: -.4,
    leverage: 2,
    baseSize: .25,
  });
  // .4 and .2, both long.
  both(1, { conviction: 1, leverage: 4, baseSize: .1, stop: .02, target: .06 }, {
    conviction: .5,
    leverage: 2,
    baseSize: .2,
    stop: .04,
    target: .1,
  });
  // .4 long against .1 short: the long side wins.
  both(2, { conviction: 1, leverage: 4, baseSize: .1, stop: .02, target: .06 }, {
    conviction: -.25,
    leverage: 2,
    baseSize: .2,
    stop: .5,
    target: .9,
  });
  // Flat, and .6 short.
  both(3, { conviction: 0, leverage: 4, baseSize: .1, stop: .02, target: .06 }, {
    conviction: -1,
    leverage: 2,
    baseSize: .3,
    stop: .05,
    target: .08,
  });
  both(4, { conviction: 0, leverage: 4 }, { conviction: 0, leverage: 2 });
  return {
    desk: deskWithPlans({ traderA: a, traderB: b }),
    teams: [team("traderA", moderate), team("traderB", null)],
  };
}

function read(plan: Plan, row: number, coin: number) {
  const at = planIndex(DECLARED_COINS.length, row, coin);
  const [conviction, leverage, baseSize, , stop, target] = plan.values.subarray(at, at + 6);
  return { share: conviction! * leverage! * baseSize!, leverage: leverage!, stop: stop!, target: target! };
}

Deno.test("the committee wants the mean of its teams' targets, at their mean leverage", () => {
  const { desk, teams } = twoTeams();
  const { plan } = committeeMandate(desk, teams, ROW, ROW);
  const table = [
    { share: 0, stop: 0, target: 0 },
    { share: .3, stop: .03, target: .08 },
    { share: .15, stop: .02, target: .06 }, // exits of the side that wins
    { share: -.3, stop: .05, target: .08 },
    { share: 0, stop: 0, target: 0 },
  ];
  table.forEach((expected, coin) => {
    const found = read(plan, ROW, coin);
    assertClose(found.leverage, 3, 1e-15);
    for (const name of ["share", "stop", "target"] as const) {
      assertClose(found[name], expected[name], 1e-15, name);
    }
    assert.equal(plan.values[planIndex(DECLARED_COINS.length, ROW, coin) + PLAN.riskPerTrade], Infinity); // cut once, team by team
    assert.ok(Math.abs(plan.values[planIndex(DECLARED_COINS.length, ROW, coin) + PLAN.conviction]!) <= 1);
  });
});

Deno.test("the committee's limits are the mean of its teams'", () => {
  const { desk, teams } = twoTeams();
  const { limits } = committeeMandate(desk, teams, ROW, ROW);
  const row = limits.values.slice(ROW * LIMITS_WIDTH, (ROW + 1) * LIMITS_WIDTH);
  assertAllClose(row, [3, .675, .1, .515, .55, 3], 1e-12);
});

Deno.test("where orders come late a committee holds the decisions that its first rows trade, of the rows before", () => {
  const { desk, teams } = twoTeams();
  const late = { ...desk, arena: { ...desk.arena, delay: 2 } };
  const { plan } = committeeMandate(late, teams, ROW + 2, ROW + 4);
  [0, .3, .15, -.3, 0].forEach((share, coin) => assertClose(read(plan, ROW, coin).share, share, 1e-15));
});

Deno.test("a committee of one wants what its team wants", () => {
  const { desk, teams } = twoTeams();
  const { plan } = committeeMandate(desk, [teams[1]!], ROW, ROW);
  [-.2, .2, -.1, -.6, 0].forEach((share, coin) => assertClose(read(plan, ROW, coin).share, share, 1e-15));
});

Deno.test("the committee is flat outside the rows it is asked for", () => {
  const { desk, teams } = twoTeams();
  const { plan, limits } = committeeMandate(desk, teams, ROW + 1, ROW + 3);
  assert.ok(plan.values.subarray(0, planIndex(DECLARED_COINS.length, ROW + 1, 0)).every((x) => x === 0));
  assert.ok(limits.values.subarray(0, (ROW + 1) * LIMITS_WIDTH).every((x) => x === 0));
  assert.ok(plan.values.subarray(planIndex(DECLARED_COINS.length, ROW + 4, 0)).every((x) => x === 0));
});
