import assert from "node:assert/strict";
import { createOutlook, type JobCost, shareDone } from "popagent/experiments/outlook.ts";
import { assertClose } from "../close_to.ts";

const EVEN: JobCost = { work: 1, first: 0, growth: 1 };

Deno.test("shareDone() is even, front-loaded or rising, from nothing to all", () => {
  assert.deepEqual([0, 1, 6, 11].map((done) => shareDone(EVEN, done, 11)), [0, 0, 0.5, 1]);
  assert.equal(shareDone({ first: 0.6, growth: 1 }, 1, 11), 0.6);
  assertClose(shareDone({ first: 0, growth: 3 }, 6, 11), 0.375, 1e-12); // half the steps at 1..2 of 1..3
});

Deno.test("an outlook foretells the end of jobs that cost what was said, from a tenth of the work on", () => {
  const jobs = new Map<string, JobCost>([
    ["population", { work: 4, first: 0.1, growth: 4 }],
    ["field", { work: 2, first: 0, growth: 1 }],
    ["selection", { work: 1, first: 0.5, growth: 1 }],
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
