import assert from "node:assert/strict";
import { createOutlook, type JobCost, shareDone } from "popagent/experiments/outlook.ts";
import { assertClose } from "../close_to.ts";

const EVEN: JobCost = { work: 1, first: 0, growth: 1, every: 1 };

Deno.test("shareDone() is even, front-loaded or rising, from nothing to all", () => {
  assert.deepEqual([0, 1, 6, 11].map((done) => shareDone(EVEN, done, 11)), [0, 0, 0.5, 1]);
  assert.equal(shareDone({ first: 0.6, growth: 1, every: 1 }, 1, 11), 0.6);
  assertClose(shareDone({ first: 0, growth: 3, every: 1 }, 6, 11), 0.375, 1e-12); // half the steps at 1..2 of 1..3
});

Deno.test("an outlook foretells the end of jobs that cost what was said, from a tenth of the work on", () => {
  const jobs = new Map<string, JobCost>([
    ["population", { work: 4, first: 0.1, growth: 4, every: 1 }],
    ["field", { work: 2, first: 0, growth: 1, every: 1 }],
    ["selection", { work: 1, first: 0.5, growth: 1, every: 1 }],
  ]);
  const outlook = createOutlook(jobs, 2), pace = 10; // seconds a unit of work and worker
  assert.equal(outlook.left(3), null);
  for (const seconds of [6, 12, 18]) { // both workers at the same pace
    for (const name of ["population", "field"]) {
      const cost = jobs.get(name)!, share = seconds / pace / cost.work;
      const steps = Array.from({ length: 1001 }, (_, i) => i).findLast((i) =>
        shareDone(cost, i, 1000) <= share
      )!;
      outlook.update(name, steps, 1000, seconds);
    }
    assertClose(outlook.left(seconds)!, 40 - seconds, 2); // population is the longest: 4 units at one worker
  }
  assertClose(outlook.left(20)!, outlook.left(18)! - 2, 1e-9); // time goes on between two reports
  outlook.update("population", 5, 5, 40);
  outlook.update("field", 5, 5, 40);
  outlook.update("selection", 5, 5, 40);
  assert.equal(outlook.share(), 1);
  assert.equal(outlook.left(40), 0);
});

Deno.test("findings H.5: what a run spends on starting says nothing of its pace", () => {
  const jobs = new Map([["one", { ...EVEN, work: 2 }], ["two", EVEN]]), outlook = createOutlook(jobs, 2);
  for (let step = 1; step <= 20; step++) { // eight seconds until both have begun, then a unit of work takes 100 s
    outlook.update("one", step, 201, 8 + step - 1);
    outlook.update("two", step, 101, 8 + step - 1);
  }
  assertClose(outlook.left(27)!, 2 * 100 * (1 - 19 / 200), 1e-9);
});

Deno.test("shareDone() of a job that learns rises where a lesson has made new agents, a little in between", () => {
  const learner = { first: 0.1, growth: 1, every: 10 };
  const [begun, before, after, end] = [1, 11, 12, 101].map((done) => shareDone(learner, done, 102));
  assert.equal(begun, 0.1);
  assertClose(before!, 0.1 + 0.9 * 0.15 * 10 / 101, 1e-12);
  assertClose(after! - before!, 0.9 * (0.15 / 101 + 0.85 / 10), 1e-12);
  assert.ok(end! > 0.9 && end! < 1);
  assert.equal(shareDone(learner, 2, 3), 0.55); // a run without a lesson: all steps alike
});
