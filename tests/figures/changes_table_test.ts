import assert from "node:assert/strict";
import { countChanges, totalChanges } from "popagent/events/change_counts.ts";
import { eventSummary } from "popagent/events/event.ts";
import type { IterationEvent } from "popagent/events/iteration.ts";
import { changesTable, changesText } from "popagent/figures/changes_table.ts";
import { genealogyTable } from "popagent/figures/genealogy_table.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const [first] = createRunFixture({ iterations: 1 }).events as [IterationEvent];
const genes = { before: [.1, .2], after: [.1, .3] };
const mutation = { role: "trader", ...genes, cause: "tested", outcome: "kept" } as const;
const event: IterationEvent = {
  ...first,
  transfers: [],
  mutations: [
    { ...mutation, agent: 0, tries: 2, scores: [.01, .02] },
    { ...mutation, agent: 1, tries: 3, scores: [.01, .005], cause: "lowDiversity", outcome: "untested" },
    { ...mutation, role: "risk", agent: 2, tries: 0, scores: null, cause: "worst", outcome: "untested" },
  ],
  refused: [
    { change: "mutation", role: "risk", agent: 2, ...genes, tries: 1, scores: [.01, .009] },
    { change: "transfer", role: "analyst", agent: 3, ...genes, tries: 1, scores: [.01, .01] },
  ],
};

// By hand: 2 + 3 + 1 mutants were tried, one of them kept.
Deno.test("changes are counted by role and outcome, and the table shows them", () => {
  const changes = countChanges([event]);
  const { tried, kept, refused, untested, fired } = changes.trader.mutations;
  assert.deepEqual([tried, kept, refused, untested, fired], [5, 1, 4, 1, 1]);
  assert.deepEqual(changes.analyst.transfers, { taken: 0, refused: 1 });
  assert.deepEqual(totalChanges(changes).mutations, { tried: 6, kept: 1, refused: 5, untested: 2, fired: 2 });
  const rows = changesTable({ changes }).rows.map(({ cells }) => cells.join(" "));
  assert.deepEqual(rows.slice(2), ["Trader 0 0 5 1 4 1 1", "Risk 0 0 1 0 1 1 1", "All 0 1 6 1 5 2 2"]);
  assert.deepEqual(changesTable({ changes: null }).rows, []);
  assert.equal(
    changesText([event]),
    "0 transfers and 3 mutations (6 mutants tested: 1 kept, 5 refused; 2 taken untested; 1 lessons refused).",
  );
});

Deno.test("the genealogy and an event's line name what was kept, refused and untested by role and variant", () => {
  const name = (role: "analyst" | "trader" | "risk", agent: number) =>
    `${role} ${event.agents[role][agent]!.variant}`;
  const line = eventSummary(event);
  assert.ok(line.includes(`${name("trader", 0)} (kept)`), line);
  assert.ok(line.includes(`${name("risk", 2)} (untested); refused: ${name("risk", 2)} (mutation)`), line);
  const rows = genealogyTable([event]).rows.map(({ cells }) => [cells[2], cells[4], cells[8]]);
  assert.deepEqual(rows, [
    ["mutation, kept (2 tries)", name("trader", 0), "0.0100 → 0.0200"],
    ["mutation, untested (3 tries)", name("trader", 1), "0.0100 → 0.0050"],
    ["mutation, untested", name("risk", 2), "–"],
    ["mutation, refused", name("risk", 2), "0.0100 → 0.0090"],
    ["transfer, refused", name("analyst", 3), "0.0100 → 0.0100"],
  ]);
});
