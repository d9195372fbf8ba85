import assert from "node:assert/strict";
import { pipelineOf } from "popagent/agents/agent.ts";
import { type Desk, shadowReturns } from "popagent/agents/desk.ts";
import { scoreReturns } from "popagent/population/score.ts";
import { assembleRun, fieldPercentile, warningsOf } from "popagent/experiments/assemble.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { iterationsOf, type JobInput } from "popagent/experiments/jobs/job.ts";
import { jobResultJson, jobResultOf } from "popagent/experiments/jobs/job_result.ts";
import { type JobName, JOBS } from "popagent/experiments/jobs/registry.ts";
import { selectionOnlyConfig } from "popagent/experiments/jobs/selection_only.ts";
import { singleAgentLearner } from "popagent/experiments/learners/single_agent.ts";
import { advance } from "popagent/experiments/prequential.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { populationMean } from "popagent/experiments/population_mean.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { trialConfigHash, trialKey } from "popagent/experiments/trials.ts";
import { joinBooks } from "popagent/simulation/bar_book.ts";
import { contextOf, panel, sharedDesk, smallConfig, steps } from "../population/small_run.ts";
import { assertClose } from "../close_to.ts";
import { assertInOrder } from "../in_order.ts";
import { jobInput } from "./job_input.ts";

const runJob = (job: JobName, config: PopulationRunConfig, given: Partial<JobInput> = {}) =>
  JOBS[job].run(jobInput(smallRun(config), config, given));

/** The shared desk, or one whose market ends where the run does. */
function smallRun(config: PopulationRunConfig): Desk {
  const { panel: rows } = planRun(config, panel);
  return rows.rows === panel.rows ? sharedDesk : createDesk(rows, config, 2 ** 27);
}

const config: PopulationRunConfig = { ...smallConfig(), iterations: 3 };

Deno.test("the job population reports what its iterations traded, and its events", async () => {
  const done: string[] = [];
  const { strategies, events } = await runJob("population", config, {
    onProgress: (count, total) => done.push(`${count}/${total}`),
  });
  const results = steps({ ...contextOf(), iterations: 3 }, 3);
  assert.deepEqual(events, results.map(({ event }) => event));
  assert.deepEqual(strategies.map(({ name }) => name), [
    "champion",
    "committee",
    "mirrored",
    "mirroredHedge",
  ]);
  assert.deepEqual(
    [...strategies[1]!.series!.equity],
    results.flatMap(({ bars }) => [...bars.committee.equity]),
  );
  assert.deepEqual(done, ["0/3", "1/3", "2/3", "3/3"]);
});

Deno.test("rows before reportFrom are traded, but not reported", async () => {
  const whole = (await runJob("population", config)).strategies[0]!.series!;
  const late = { ...config, clock: { ...config.clock, reportFrom: 460 } };
  const { series } = (await runJob("population", late)).strategies[0]!;
  assert.equal(series!.startingEquity, whole.equity[39]);
  assert.deepEqual(series!.equity, whole.equity.slice(40));
});

Deno.test("the job references: the field's mean, best and chosen ones, every account over the reported rows", async () => {
  const { strategies, field } = await runJob("references", { ...config, iterations: 7 });
  const fieldSharpes = field!.sharpes;
  const found = new Map(strategies.map((strategy) => [strategy.name, strategy]));
  assertInOrder([...found.keys()], [
    "ensemble",
    "wholeCommittee",
    "fieldMirroredEqual",
    "fieldMirroredEqualOverSd",
    "fieldMirroredSoftmax",
    "fieldMirroredHedge",
    "staticShort",
    "staticShortAdditive",
    "random",
    "buyAndHold",
    "volatilityTarget",
    "momentum180",
    "hindsight",
    "plantedOracle",
  ]);
  assert.equal(fieldSharpes.length, 625);
  assert.deepEqual(fieldSharpes, [...fieldSharpes].sort((a, b) => a - b));
  const mean = fieldSharpes.reduce((sum, x) => sum + x, 0) / 625;
  assertClose(found.get("random")!.metrics.sharpe, mean, 1e-9);
  assert.equal(found.get("random")!.series, null); // a mean of metrics has no account
  assert.equal(found.get("hindsight")!.metrics.sharpe, fieldSharpes.at(-1));
  assert.ok(found.get("staticShort")!.metrics.sharpe < fieldSharpes.at(-1)!, "nobody knew");
  for (const { name, series } of strategies) {
    if (name !== "random") assert.equal(series!.equity.length, 220, name);
  }
});

Deno.test("with history in front of the reported rows the static best is chosen by all of it, too", async () => {
  const late = { ...config, iterations: 7, clock: { ...config.clock, reportFrom: 520 } };
  const { strategies } = await runJob("references", late);
  const long = strategies.filter(({ name }) => name.startsWith("static"));
  assert.deepEqual(long.map(({ name }) => name), [
    "staticShort",
    "staticShortAdditive",
    "staticLong",
    "staticLongAdditive",
  ]);
  assert.ok(strategies.every(({ series }) => series === null || series.equity.length === 120));
});

Deno.test("selection only neither teaches nor mutates", async () => {
  const { strategies, events } = await runJob("selectionOnly", config);
  assert.deepEqual(strategies.map(({ name }) => name), [
    "selectionOnly",
    "selectionOnlyCommittee",
    "selectionOnlyMirrored",
  ]);
  assert.deepEqual(events, []);
  const context = { ...contextOf(), config: selectionOnlyConfig(contextOf({ diversityTrigger: 9 }).config) };
  const results = steps(context, 3);
  assert.ok(results.every(({ event }) => event.transfers.length + event.mutations.length === 0));
  assert.deepEqual(results[2]!.state.genomes, results[0]!.state.genomes);
  assert.deepEqual(
    [...strategies[0]!.series!.equity],
    results.flatMap(({ bars }) => [...bars.champion.equity]),
  );
});

Deno.test("the single agent and the fixed one are one draw; only the first ever changes, and only for the better", async () => {
  const context = contextOf({ transferEvery: 1 });
  const follow = async (learns: boolean) => {
    const learner = singleAgentLearner("single", context, learns);
    let state = learner.start();
    const seen = [], books = [];
    for (let k = 0; k < 4; k++) {
      const advanced = await advance(learner, state);
      seen.push({ before: state, after: advanced.state, event: advanced.events[0]! });
      books.push(advanced.bars.single);
      state = advanced.state;
    }
    return { seen, bars: joinBooks(books) };
  };
  const [learning, fixed] = [await follow(true), await follow(false)];
  assert.deepEqual(fixed.seen.at(-1)!.after.genomes, fixed.seen[0]!.before.genomes);
  assert.deepEqual(learning.seen[0]!.before.genomes, fixed.seen[0]!.before.genomes);
  assert.equal(learning.seen[0]!.event.replaced, false); // k = 0 teaches nobody
  assert.ok(learning.seen.some(({ event }) => event.replaced));
  assert.deepEqual(learning.bars.equity.slice(0, 72), fixed.bars.equity.slice(0, 72));
  for (const { before, after, event } of learning.seen) {
    const changed = Object.keys(after.genomes).filter((role) =>
      JSON.stringify(after.genomes[role as "risk"]) !== JSON.stringify(before.genomes[role as "risk"])
    );
    assert.equal(changed.length, event.replaced ? 1 : 0, "one role changed in each mutant");
    const returns = shadowReturns(sharedDesk, pipelineOf(after.genomes));
    const score = scoreReturns(returns, 360, event.row, { ...context.config, score: "sharpe" });
    assert.ok(event.replaced ? score > event.score : score === event.score);
  }
});

Deno.test("assembleRun() lists strategies in the order of the strategy table and the last third's mean score", async () => {
  const plan = planRun(config, panel);
  const jobs = [await runJob("singleAgent", config), await runJob("population", config)];
  const iterations = iterationsOf(jobs[1]!);
  jobs.push(await runJob("randomSwitching", config, { iterations }));
  const { result, series, placeReturns } = assembleRun("population", plan, "champion", jobs);
  assertInOrder(result.strategies.map(({ name }) => name), [
    "champion",
    "committee",
    "singleAgent",
    "fixedSingle",
    "randomSwitching",
  ]);
  assert.equal(result.populationMeanInSample, iterations[2]!.meanScore); // the last of three
  const { places } = jobs[1]!.population!;
  assert.deepEqual(result.populationMean, populationMean(places));
  assert.deepEqual(result.otherPopulationMeans, {});
  assert.deepEqual(placeReturns, { population: places });
  assert.equal(result.reported.start, panel.openTime[420]);
  assert.equal(series.openTime.length, 108);
  assert.ok(Object.values(series.equity).every((equity) => equity.length === 108));
  assert.equal(result.strategies[0]!.fieldPercentile, null); // no field was traded
  assert.match(result.warnings[0]!, /^SYNTHETIC DATA \(planted/);
  assert.equal(result.startingEquity, 10_000);
  assert.ok(result.strategies.every(({ startingEquity }) => startingEquity === 10_000));
  assert.deepEqual(result.config.clock, config.clock);
});

Deno.test("a percentile is the share of the field below", () => {
  assert.equal(fieldPercentile([-1, 0, 1, 2], 1), .5);
  assertClose(fieldPercentile([1, 2, 3], 9)!, 1, 0);
  assert.equal(fieldPercentile([], 1), null);
});

Deno.test("real bars carry a warning only from the sealed months", () => {
  const source = { kind: "bybit", folder: "data/bybit", unsealed: false, sealedRows: 0 } as const;
  assert.deepEqual(warningsOf({ ...panel, source }), []);
  assert.equal(warningsOf({ ...panel, source: { ...source, unsealed: true, sealedRows: 0 } }).length, 1);
});

Deno.test("a trial is a command, a configuration without its seed, the rows, and the reported rows", () => {
  const plan = planRun(config, panel);
  const key = trialKey("population", plan);
  assert.equal(trialKey("population", { ...plan, config: { ...config, seed: 99 } }), key);
  assert.equal(trialConfigHash({ ...config, seed: 99 }), trialConfigHash(config));
  const others = [
    trialKey("multi", plan),
    trialKey("population", { ...plan, config: { ...config, startingEquity: 1 } }),
    trialKey("population", { ...plan, panel: { ...plan.panel, hash: "other rows" } }), // as another market has
    trialKey("population", { ...plan, window: { ...plan.window, to: 528 } }),
  ];
  assert.equal(new Set([key, ...others]).size, 5);
});

Deno.test("a job's result survives JSON", async () => {
  for (const job of ["population", "references"] as const) {
    const result = await runJob(job, config);
    assert.deepEqual(jobResultOf(jobResultJson(result)), result, job);
  }
});
