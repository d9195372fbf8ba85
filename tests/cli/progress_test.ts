import assert from "node:assert/strict";
import { barSize } from "popagent/cli/progress.ts";
import { createRunProgress, earlyText } from "popagent/cli/run_progress.ts";
import { STRATEGIES, type StrategyName } from "popagent/experiments/strategies.ts";
import { TEXT_WIDTH } from "popagent/report/text/width.ts";

Deno.test("findings I.5: a bar's line keeps to 100 signs, and to a narrower terminal", () => {
  // name 26, " [" and "] " 4, a count such as 3658/3658 11, percentage 6, time left 19: 66 beside the bar
  assert.deepEqual([60, 80, 100, 200].map(barSize), [8, 14, 34, 34]);
});

// Two seeds: the population's job (work 2) twice, what both share (work 4) once; 8 in all, on one worker.
Deno.test("findings I.5: the whole run weighs jobs by their cost, those that have not begun as not done", () => {
  const even = { first: 0, growth: 1, every: 1 }, seen: [number, number | null][] = [], named: string[] = [];
  const view = {
    update: (job: string) => void named.push(job),
    whole: (share: number, left: number | null) => void seen.push([share, left]),
    log: () => {},
    stop: () => {},
  };
  const costs = new Map([["population", { work: 2, ...even }], ["references", { work: 4, ...even }]]);
  let seconds = 0;
  const shown = createRunProgress(
    view,
    costs,
    (job) => job === "references",
    [1, 2],
    1,
    () => 1000 * seconds,
  );
  seconds = 10;
  shown.progress(1, "population", 3, 5);
  seconds = 20;
  shown.progress(1, "population", 5, 5);
  assert.deepEqual(seen, [[0, null], [1 / 8, 70], [1 / 4, 60]]);
  assert.deepEqual(named, ["seed 1 population", "seed 1 population"]);
});

Deno.test("a result so far is one line of at most 100 signs", () => {
  const early = { strategy: "champion", totalReturn: .0123, sharpe: null, after: [20, 111] as const };
  assert.equal(earlyText(early), "Population (champion) after 20 of 111 iterations: +1.2%");
  for (const strategy of Object.keys(STRATEGIES) as StrategyName[]) {
    const line = earlyText({ strategy, totalReturn: -10, sharpe: -12.34, after: null });
    assert.ok(`seed 4294967295 ${line}`.length <= TEXT_WIDTH, line);
  }
});
