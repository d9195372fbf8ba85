import assert from "node:assert/strict";
import {
  mostRaised,
  roleCredit,
  roleCreditChecks,
  roleCreditSchema,
} from "popagent/experiments/evidence/role_credit.ts";
import { roleVariance } from "popagent/experiments/evidence/role_variance.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { assertClose } from "../../close_to.ts";

Deno.test("on a small market the others are worth exactly 0 among default agents, and the values sum to the whole", async () => {
  const before = VARIANTS.trader.length;
  const credit = roleCreditSchema.parse(await roleCredit(3, 1000, 0.1));
  const [, alone, sums] = roleCreditChecks([credit]);
  assert.deepEqual([alone!.measured, alone!.holds, sums!.holds], ["0", true, true]);
  assert.notEqual(credit.alone.trader, 0);
  assert.equal(VARIANTS.trader.length, before, "the specialist is gone");
});

Deno.test("a market in which another role is raised most, a value that is not 0, a sum that is off: each fails its check", () => {
  const none = { analyst: 0, researcher: 0, trader: 0, risk: 0 };
  const found = {
    marketSeed: 1,
    withEdge: { ...none, trader: 2, risk: 1 },
    withoutEdge: none,
    alone: none,
    efficiency: 0,
  };
  assert.equal(mostRaised(found), "trader");
  const fails = (market: typeof found) => roleCreditChecks([market]).map(({ holds }) => holds);
  assert.deepEqual(fails(found), [true, true, true]);
  assert.deepEqual(fails({ ...found, withoutEdge: { ...none, trader: 2 } }), [false, true, true]);
  assert.deepEqual(fails({ ...found, alone: { ...none, risk: 1e-12 } }), [true, false, true]);
  assert.deepEqual(fails({ ...found, efficiency: 1e-8 }), [true, true, false]);
});

// By hand, two agents a role, f = a + 2 t + 4 a r with a, r, t in {-1, 1} and no risk agent: variances 1, 4 and 16 of 21.
Deno.test("shares of variance match a field worked by hand", () => {
  const signs = [-1, 1];
  const field = signs.flatMap((a) =>
    signs.flatMap((r) => signs.flatMap((t) => signs.map(() => a + 2 * t + 4 * a * r)))
  );
  const { main, pairs, rest, shapley } = roleVariance(field, 2);
  assertClose(main.analyst, 1 / 21, 1e-12);
  assertClose(main.trader, 4 / 21, 1e-12);
  assertClose(main.researcher + main.risk, 0, 1e-12);
  assertClose(pairs["analyst researcher"]!, 16 / 21, 1e-12);
  assertClose(rest, 0, 1e-12);
  assertClose(shapley.analyst, 9 / 21, 1e-12);
  assertClose(shapley.researcher, 8 / 21, 1e-12);
  assertClose(shapley.analyst + shapley.researcher + shapley.trader + shapley.risk, 1, 1e-12);
});
