import assert from "node:assert/strict";
import { ROLES } from "popagent/genome/role.ts";
import { finalCredit } from "popagent/experiments/final_credit.ts";
import type { PopulationConfig } from "popagent/population/config.ts";
import { contextOf, steps } from "../population/small_run.ts";

const creditOf = (change: Partial<PopulationConfig>) => {
  const context = contextOf(change);
  const events = steps(context, 3).map(({ event }) => event);
  return { last: events.at(-1)!, credits: finalCredit(context, events) };
};

Deno.test("finalCredit() finds the Shapley values again that a run under shapley was ranked by", () => {
  const { last, credits } = creditOf({ credit: "shapley", creditMemory: 0 });
  assert.equal(credits.length, ROLES.length * 3);
  for (const { credit, shapley, shapleyError } of credits) {
    assert.equal(shapley, credit);
    assert.ok(shapleyError > 0);
  }
  assert.deepEqual(
    credits.map(({ variant }) => variant),
    ROLES.flatMap((role) => last.agents[role].map((a) => a.variant)),
  );
});

Deno.test("finalCredit() keeps the credit of the scheme in use apart from the Shapley values", () => {
  const { last, credits } = creditOf({ credit: "pipeline", creditMemory: .9 });
  assert.deepEqual(
    credits.map(({ credit }) => credit),
    ROLES.flatMap((role) => last.agents[role].map((a) => a.credit)),
  );
  assert.ok(credits.some(({ credit, shapley }) => Math.abs(credit - shapley) > 1e-6));
});
