import { DECLARED_COINS } from "popagent/core/universe.ts";
import assert from "node:assert/strict";
import type { Proposal } from "popagent/inventory/trader/proposal.ts";
import { limit } from "popagent/agents/risk/limit.ts";
import { planFromProposals } from "popagent/inventory/trader/styles/proposed.ts";
import { plainSimulation, simulate } from "popagent/simulation/event_loop.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";
import { declared, syntheticDesk } from "./small_desk.ts";

const PROPOSAL: Proposal = {
  row: 400,
  coin: "ETH",
  direction: "short",
  size: 0.2,
  leverage: 3,
  target: 0.05,
  stop: 0.02,
  confidence: 0.7,
  rationale: "a scripted reply",
  validRows: 12,
};
const ROWS = 600;
const convictions = (plan: { readonly values: Float64Array }, coin: number) =>
  Array.from(
    { length: ROWS },
    (_, t) => plan.values[planIndex(DECLARED_COINS.length, t, coin) + PLAN.conviction]!,
  );

Deno.test("a proposal stands from its row until it expires or the next one for its coin, then the coin is flat", () => {
  const next = { ...PROPOSAL, row: 408, direction: "long", confidence: 0.5 } as const;
  const eth = convictions(planFromProposals(ROWS, DECLARED_COINS, [next, PROPOSAL]), 1);
  const wanted = eth.map((_, t) => t < 400 ? 0 : t < 408 ? -0.7 : t < 420 ? 0.5 : 0);
  assert.deepEqual(eth, wanted);
  assert.ok(convictions(planFromProposals(ROWS, DECLARED_COINS, [PROPOSAL]), 0).every((x) => x === 0));
});

Deno.test("a later proposal changes no earlier row", () => {
  const alone = planFromProposals(ROWS, DECLARED_COINS, [PROPOSAL]);
  const both = planFromProposals(ROWS, DECLARED_COINS, [PROPOSAL, {
    ...PROPOSAL,
    row: 405,
    direction: "flat",
  }]);
  assert.deepEqual(
    both.values.subarray(0, planIndex(DECLARED_COINS.length, 405, 0)),
    alone.values.subarray(0, planIndex(DECLARED_COINS.length, 405, 0)),
  );
});

// Findings G.6: what an outsider says is taken as it is said, or refused.
for (
  const [field, value] of [
    ["row", 600],
    ["row", 1.5],
    ["row", -1],
    ["coin", "btc"],
    ["coin", "PEPE"],
    ["direction", "LONG"],
    ["direction", "buy"],
    ["direction", undefined],
    ["size", 1.5],
    ["size", "0.2"],
    ["size", null],
    ["leverage", 0],
    ["leverage", Infinity],
    ["target", -1],
    ["stop", 1],
    ["confidence", NaN],
    ["confidence", null],
    ["rationale", 7],
    ["validRows", 0],
  ] as const
) {
  Deno.test(`findings G.6: a proposal whose ${field} is ${JSON.stringify(value)} is an error that names it`, () => {
    const said = { ...PROPOSAL, [field]: value } as unknown as Proposal;
    assert.throws(
      () => planFromProposals(ROWS, DECLARED_COINS, [said]),
      (error) => error instanceof RangeError && error.message.includes(`proposal's ${field} `),
    );
  });
}

Deno.test("a proposal of another shape, or with a field too many, is an error", () => {
  for (const said of [null, "long", 7, [], { ...PROPOSAL, sizing: 1 }]) {
    assert.throws(() => planFromProposals(ROWS, DECLARED_COINS, [said as unknown as Proposal]), RangeError);
  }
});

Deno.test("two proposals for one coin at one row are an error", () => {
  assert.throws(
    () => planFromProposals(ROWS, DECLARED_COINS, [PROPOSAL, PROPOSAL]),
    /one proposal at row 400/,
  );
});

Deno.test("a scripted trader goes through the same limits and the same event loop as any other", () => {
  const desk = syntheticDesk();
  const rows = desk.market.panel.rows;
  const proposals = Array.from({ length: 20 }, (_, i): Proposal => ({
    ...PROPOSAL,
    row: 400 + 30 * i,
    leverage: 20,
    direction: i % 2 === 0 ? "long" : "short",
  }));
  const plan = planFromProposals(rows, DECLARED_COINS, proposals);
  const limits = limit(declared("risk", "strict"), plan, desk.market, null);
  const { totals, trace } = simulate(desk.arena, plan, limits, {
    ...plainSimulation,
    from: 360,
    trace: true,
  });
  assert.ok(totals.entries >= 10 && totals.softFail > 0, "leverage 20 is cut to 3");
  assert.ok(trace !== null);
});
