import assert from "node:assert/strict";
import { pipelineOf } from "popagent/agents/agent.ts";
import { shadowReturns } from "popagent/agents/desk.ts";
import { scoreReturns } from "popagent/population/score.ts";
import { memoryCheckpoints } from "popagent/adapters/checkpoint_files.ts";
import { assembleRun, fieldPercentile, warningsOf } from "popagent/experiments/assemble.ts";
import { type RunConfig, runConfigSchema } from "popagent/experiments/config.ts";
import { type JobInput, JOBS, placebo, runWindow } from "popagent/experiments/jobs.ts";
import { selectionOnlyConfig, singleAgentLearner } from "popagent/experiments/learners.ts";
import { advance, startProgress } from "popagent/experiments/prequential.ts";
import { trialConfigHash, trialKey } from "popagent/experiments/trials.ts";
import { contextOf, panel, sharedDesk, smallConfig, steps } from "../population/small_run.ts";
import { assertClose } from "../close_to.ts";

const window = (rows: number, settings: unknown) => runWindow(rows, runConfigSchema.parse(settings));

Deno.test("runWindow(): two years are 102 iterations, reported from row 720 on", () => {
  assert.deepEqual(window(4378, {}), { iterations: 102, from: 720, to: 4377 });
  assert.deepEqual(window(4380, {}), { iterations: 102, from: 720, to: 4379 });
  assert.deepEqual(window(4380, { iterations: 3 }), { iterations: 3, from: 720, to: 827 });
  // The sealed year: all three years in one run, the last reported.
  assert.deepEqual(window(6574, { clock: { reportFrom: 4378 } }), { iterations: 163, from: 4378, to: 6573 });
});

Deno.test("runWindow() refuses what the rows do not hold", () => {
  assert.throws(() => window(720, {}), /must have more than 720 rows: current value is 720/);
  assert.throws(
    () => window(4380, { iterations: 103 }),
    /iterations must be at most 102 on 4380 rows: current value is 103/,
  );
  const reported = /at least 6 rows must be reported, from one of 720\.\.4379 on: current value is/;
  for (const reportFrom of [0, 719, 4375, 5000]) {
    assert.throws(() => window(4380, { clock: { reportFrom } }), reported, `${reportFrom}`);
  }
  assert.equal(window(4380, { clock: { reportFrom: 4374 } }).from, 4374);
  assert.throws(() => window(725, {}), /at least 6 rows must be reported/);
});

function inputOf(config: RunConfig): JobInput {
  return { desk: sharedDesk, config, checkpoints: memoryCheckpoints(), onProgress: () => {} };
}

const config: RunConfig = { ...smallConfig(), iterations: 3 };

Deno.test("the job population reports what its iterations traded, and its events", () => {
  const done: string[] = [];
  const { strategies, events } = JOBS.population({
    ...inputOf(config),
    onProgress: (count, total) => done.push(`${count}/${total}`),
  });
  const results = steps({ ...contextOf(), iterations: 3 }, 3);
  assert.deepEqual(events, results.map(({ event }) => event));
  assert.deepEqual(strategies.map(({ name }) => name), ["champion", "committee"]);
  assert.deepEqual(
    [...strategies[1]!.series!.equity],
    results.flatMap(({ bars }) => [...bars.committee.equity]),
  );
  assert.deepEqual(done, ["0/3", "1/3", "2/3", "3/3"]);
});

Deno.test("rows before reportFrom are traded, but not reported", () => {
  const whole = JOBS.population(inputOf(config)).strategies[0]!.series!;
  const late = { ...config, clock: { ...config.clock, reportFrom: 460 } };
  const { series } = JOBS.population(inputOf(late)).strategies[0]!;
  assert.equal(series!.startingEquity, whole.equity[39]);
  assert.deepEqual(series!.equity, whole.equity.slice(40));
});

Deno.test("the job references: the field's mean, best and chosen ones, every account over the reported rows", () => {
  const market = { mode: "planted", ic: .1, seed: 1, rows: 1000 } as const; // whose first rows are the panel's
  const { strategies, field } = JOBS.references(inputOf({ ...config, market }));
  const fieldSharpes = field!.sharpes;
  const found = new Map(strategies.map((strategy) => [strategy.name, strategy]));
  assert.deepEqual([...found.keys()], [
    "ensemble",
    "wholeCommittee",
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

Deno.test("with history in front of the reported rows the static best is chosen by all of it, too", () => {
  const late = { ...config, clock: { ...config.clock, reportFrom: 520 } };
  const { strategies } = JOBS.references(
    inputOf({ ...late, market: { mode: "planted", ic: .1, seed: 1, rows: 1000 } }),
  );
  const long = strategies.filter(({ name }) => name.startsWith("static"));
  assert.deepEqual(long.map(({ name }) => name), [
    "staticShort",
    "staticShortAdditive",
    "staticLong",
    "staticLongAdditive",
  ]);
  assert.ok(strategies.every(({ series }) => series === null || series.equity.length === 120));
});

Deno.test("selection only neither teaches nor mutates", () => {
  const { strategies, events } = JOBS.selectionOnly(inputOf(config));
  assert.deepEqual(strategies.map(({ name }) => name), ["selectionOnly", "selectionOnlyCommittee"]);
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

Deno.test("the single agent and the fixed one are one draw; only the first ever changes, and only for the better", () => {
  const context = contextOf({ transferEvery: 1 });
  const follow = (learns: boolean) => {
    const learner = singleAgentLearner("single", context, learns);
    let progress = startProgress(learner);
    const seen = [];
    for (let k = 0; k < 4; k++) {
      const advanced = advance(learner, progress);
      seen.push({ before: progress.state, after: advanced.progress.state, event: advanced.event });
      progress = advanced.progress;
    }
    return { seen, bars: progress.bars.single };
  };
  const [learning, fixed] = [follow(true), follow(false)];
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
    const score = scoreReturns(returns, 360, event.row, context.config);
    assert.ok(event.replaced ? score > event.score : score === event.score);
  }
});

Deno.test("assembleRun() lists strategies in the order of the strategy table and the last third's mean score", () => {
  const jobs = [JOBS.singleAgent(inputOf(config)), JOBS.population(inputOf(config))];
  const { events } = jobs[1]!;
  jobs.push(placebo(inputOf(config), events));
  const { result, series } = assembleRun({
    command: "population",
    config,
    panel,
    jobs,
    reported: { from: 420, to: 527 },
    headline: "champion",
  });
  assert.deepEqual(result.strategies.map(({ name }) => name), [
    "champion",
    "committee",
    "singleAgent",
    "fixedSingle",
    "randomSwitching",
  ]);
  assert.equal(result.populationMean, events[2]!.meanScore); // the last of three
  assert.equal(result.reported.start, panel.openTime[420]);
  assert.equal(series.openTime.length, 108);
  assert.ok(Object.values(series.equity).every((equity) => equity.length === 108));
  assert.equal(result.strategies[0]!.fieldPercentile, null); // no field was traded
  assert.match(result.warnings[0]!, /^SYNTHETIC DATA \(planted/);
});

Deno.test("a percentile is the share of the field below", () => {
  assert.equal(fieldPercentile([-1, 0, 1, 2], 1), .5);
  assertClose(fieldPercentile([1, 2, 3], 9)!, 1, 0);
  assert.equal(fieldPercentile([], 1), null);
});

Deno.test("real bars carry a warning only from the sealed months", () => {
  const source = { kind: "bybit", folder: "data/bybit", unsealed: false } as const;
  assert.deepEqual(warningsOf({ ...panel, source }), []);
  assert.equal(warningsOf({ ...panel, source: { ...source, unsealed: true } }).length, 1);
});

Deno.test("a trial is a configuration without its seed, the rows, and the reported rows", () => {
  const reported = { from: 420, to: 527 };
  const key = trialKey(config, "rows", reported);
  assert.equal(trialKey({ ...config, seed: 99 }, "rows", reported), key);
  assert.equal(trialConfigHash({ ...config, seed: 99 }), trialConfigHash(config));
  const others = [
    trialKey({ ...config, startingEquity: 1 }, "rows", reported),
    trialKey({ ...config, market: { ...config.market, seed: 2 } }, "rows", reported), // another market is another trial
    trialKey(config, "other rows", reported),
    trialKey(config, "rows", { ...reported, to: 528 }),
  ];
  assert.equal(new Set([key, ...others]).size, 5);
});
