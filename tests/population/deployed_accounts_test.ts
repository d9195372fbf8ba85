import { DECLARED_COINS } from "popagent/core/universe.ts";
import assert from "node:assert/strict";
import { pipelineKey, pipelineOf } from "popagent/agents/agent.ts";
import { limitsOf, planOf } from "popagent/agents/desk.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { createLimits, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import { createPlan, planIndex } from "popagent/simulation/plan.ts";
import type { Mandate } from "popagent/simulation/mandate.ts";
import { committeeMandate } from "popagent/population/committee.ts";
import { BAR_BOOK_COLUMNS, type BarBook } from "popagent/simulation/bar_book.ts";
import { byRole } from "popagent/genome/role.ts";
import type { StepResult } from "popagent/population/step.ts";
import { contextOf, panel, sharedDesk, steps } from "./small_run.ts";
import { genomesIn, ITERATIONS, joined } from "./busy_run.ts";

/** Runs one fresh account through the windows' mandates in one go, adopting a team where its key changes. */
function inOneGo(
  results: readonly StepResult[],
  of: (result: StepResult) => { mandate: Mandate; key: string },
) {
  const plan = createPlan(panel.rows, DECLARED_COINS.length), limits = createLimits(panel.rows);
  const adopt: number[] = [];
  let traded: string | null = null;
  for (const result of results) {
    const { row, lastRow } = result.event;
    const { mandate, key } = of(result);
    const [from, to] = [
      planIndex(DECLARED_COINS.length, row, 0),
      planIndex(DECLARED_COINS.length, lastRow, 0),
    ];
    plan.values.set(mandate.plan.values.subarray(from, to), from);
    const rows = mandate.limits.values.subarray(row * LIMITS_WIDTH, lastRow * LIMITS_WIDTH);
    limits.values.set(rows, row * LIMITS_WIDTH);
    if (traded !== null && traded !== key) adopt.push(row + 1);
    traded = key;
  }
  const first = results[0]!.event.row + 1, last = results.at(-1)!.event.lastRow + 1;
  const whole = simulate(sharedDesk.arena, plan, limits, { from: first, to: last, adopt, record: "full" });
  const columns = whole.book!;
  return { adopt, column: (name: keyof BarBook) => columns[name].slice(first, last) };
}

/** Asserts that the deployed account is that one account, and that it held positions over the ends of windows. */
function assertRunsOn(
  results: readonly StepResult[],
  account: "champion" | "committee",
  whole: ReturnType<typeof inOneGo>,
): void {
  for (const name of BAR_BOOK_COLUMNS) {
    assert.deepEqual(joined(results, account, name), whole.column(name), name);
  }
  assert.ok(whole.adopt.length > 0 && whole.adopt.length < ITERATIONS - 1, "it changes, but not always");
  assert.ok(results.filter(({ bars }) => bars[account].grossExposure.at(-1)! > 0).length > 1);
}

Deno.test("the champion's account runs on through all windows; a team is adopted only when it changes", () => {
  const results = steps(contextOf({}, sharedDesk, 2), ITERATIONS); // its champion sometimes stays
  const whole = inOneGo(results, (result) => {
    const genomes = byRole((role) => genomesIn(result, role)[result.event.champion[role]]!);
    assert.deepEqual(result.state.champion, genomes);
    const pipeline = pipelineOf(genomes);
    const mandate = { plan: planOf(sharedDesk, pipeline), limits: limitsOf(sharedDesk, pipeline) };
    return { mandate, key: pipelineKey(pipeline) };
  });
  assertRunsOn(results, "champion", whole);
});

// All 81 teams: in whatever order they rank, the committee is another only after a lesson.
Deno.test("the committee's account runs on through all windows; another order of its teams is no other committee", () => {
  const results = steps(contextOf({ committeeShare: 1 }, sharedDesk, 3), ITERATIONS);
  const whole = inOneGo(results, (result) => {
    const { row, lastRow, committee } = result.event;
    const genomes = committee.map((team) => byRole((role) => genomesIn(result, role)[team[role]]!));
    assert.deepEqual(result.state.committee, genomes);
    const pipelines = genomes.map(pipelineOf);
    const mandate = committeeMandate(sharedDesk, pipelines, row, lastRow);
    return { mandate, key: pipelines.map(pipelineKey).sort().join() };
  });
  assert.deepEqual(whole.adopt, [528, 600]); // the lessons of k = 2 and 4 count from 3 and 5 on
  assertRunsOn(results, "committee", whole);
});
