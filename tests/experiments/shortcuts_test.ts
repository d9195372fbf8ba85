/** Every shortcut is off and on again, and memory is short: the same bytes each time. */
import assert from "node:assert/strict";
import { ALL_SHORTCUTS, type Desk, NO_SHORTCUTS, type Shortcuts } from "popagent/agents/desk.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { jobResultJson } from "popagent/experiments/jobs/job_result.ts";
import { type JobName, JOBS } from "popagent/experiments/jobs/registry.ts";
import { afterPopulation } from "popagent/experiments/population_run.ts";
import type { Checkpoints, StoredIteration, StoredProgress } from "popagent/experiments/ports/checkpoints.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { populationConfig } from "../run_config.ts";
import { jobInput } from "./job_input.ts";

const settings = {
  market: { mode: "planted", ic: 0.1, rows: 1000 },
  population: { size: 3, transferEvery: 2, committeeShare: 5 / 81 },
  iterations: 4,
};
const config = populationConfig(settings);
const plan = planRun(config, marketOf(config).panel);
const NAMES = ["randomSwitching", "homogeneousPbt", "singleAgent", "references"] as const;
/** Those that take every shortcut between them. */
const MOST = ["randomSwitching", "references"] as const;
const AMPLE = 256 * 2 ** 20;

/** What the population and other jobs give on a desk with these shortcuts and so much memory. */
async function results(
  shortcuts: Shortcuts,
  memoBytes: number,
  others: readonly JobName[] = NAMES,
): Promise<Record<string, string>> {
  const desk: Desk = { ...createDesk(plan.panel, config, memoBytes), shortcuts };
  const input = jobInput(desk, config);
  const population = await JOBS.population.run(input);
  const jobs: [JobName, string][] = [["population", jobResultJson(population)]];
  for (const name of others) {
    jobs.push([name, jobResultJson(await JOBS[name].run({ ...input, ...afterPopulation(population) }))]);
  }
  return Object.fromEntries(jobs);
}

const expected = await results(NO_SHORTCUTS, AMPLE);

Deno.test("findings H: with every shortcut the jobs leave the same bytes as with none", async () => {
  assert.deepEqual(await results(ALL_SHORTCUTS, AMPLE), expected);
});

for (const name of Object.keys(ALL_SHORTCUTS) as (keyof Shortcuts)[]) {
  Deno.test(`findings H: without the shortcut ${name} alone the jobs leave the same bytes`, async () => {
    const found = await results({ ...ALL_SHORTCUTS, [name]: false }, AMPLE, MOST);
    for (const [job, bytes] of Object.entries(found)) assert.equal(bytes, expected[job], job);
  });
}

Deno.test("findings H.1: the jobs leave the same bytes with memory for a tenth of their series", async () => {
  const found = await results(ALL_SHORTCUTS, 2 * 2 ** 20, MOST);
  for (const [job, bytes] of Object.entries(found)) assert.equal(bytes, expected[job], job);
});

Deno.test("findings H.2: random switching along with the population is what its own job gives", async () => {
  const desk = createDesk(plan.panel, config, AMPLE), input = jobInput(desk, config);
  const population = await JOBS.population.run(input);
  const followers = [JOBS.randomSwitching.follower!({ plan, desk })];
  const along = await JOBS.population.run({ ...input, followers });
  const alone = await JOBS.randomSwitching.run({ ...input, ...afterPopulation(population) });
  assert.deepEqual(along.strategies, [...population.strategies, ...alone.strategies]);
});

Deno.test("random switching along with a population that is resumed is what it would have been", async () => {
  const desk = createDesk(plan.panel, config, AMPLE), input = jobInput(desk, config);
  const population = (checkpoints: Checkpoints) =>
    JOBS.population.run({
      ...input,
      checkpoints,
      followers: [JOBS.randomSwitching.follower!({ plan, desk })],
    });
  const kept: StoredProgress[] = [];
  const append = (_: string, state: unknown, iteration: StoredIteration) => {
    kept.push({ state, iterations: [...kept.at(-1)?.iterations ?? [], iteration] });
  };
  const whole = await population({ load: () => null, append });
  for (const stored of [kept[1]!, kept.at(-1)!]) { // killed after two iterations, and after all of them
    const resumed = await population({ load: () => stored, append: () => {} });
    assert.equal(jobResultJson(resumed), jobResultJson(whole));
  }
});

Deno.test("findings H.2: an arm whose market's field another arm has traded gives what it gives alone", async () => {
  const warm = populationConfig({
    ...settings,
    population: { ...settings.population, mirror: { temperature: 0.7 } },
  });
  const references = async (desk: Desk, arm: typeof config) =>
    jobResultJson(await JOBS.references.run(jobInput(desk, arm)));
  const desk = createDesk(plan.panel, config, AMPLE);
  const first = await references(desk, config), second = await references(desk, warm);
  assert.notEqual(second, first);
  assert.equal(second, await references(createDesk(plan.panel, config, AMPLE), warm));
  assert.equal(first, expected.references);
});
