import assert from "node:assert/strict";
import { barSize, shareDone } from "popagent/cli/progress.ts";

Deno.test("findings I.5: a bar's line keeps to 100 signs, and to a narrower terminal", () => {
  // name 26, " [" and "] " 4, a count such as 3658/3658 11, percentage 6, time left 19: 66 beside the bar
  assert.deepEqual([60, 80, 100, 200].map(barSize), [8, 14, 34, 34]);
});

Deno.test("findings I.5: the whole run counts jobs that have not begun as not done", () => {
  assert.equal(shareDone(new Map([["population", 1], ["references", .5]]), 6), .25);
  assert.equal(shareDone(new Map([["a", 1], ["b", 1]]), 1), 1); // more than were foretold
  assert.equal(shareDone(new Map(), 6), 0);
});
