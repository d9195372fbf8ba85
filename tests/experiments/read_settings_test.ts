import assert from "node:assert/strict";
import fc from "fast-check";
import type { Desk } from "popagent/agents/desk.ts";
import { canonicalJson } from "popagent/core/hash.ts";
import { plainPath } from "popagent/core/plain_path.ts";
import type { PipelineRunConfig, PopulationRunConfig, TradingConfig } from "popagent/experiments/config.ts";
import { pipelineRunConfig, populationRunConfig, settingsSchema } from "popagent/experiments/config.ts";
import { JOB_NAMES, JOBS } from "popagent/experiments/jobs/registry.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { runPipeline } from "popagent/experiments/pipeline_run.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { afterPopulation, outcomeOfJobs } from "popagent/experiments/population_run.ts";
import { readSettings } from "popagent/experiments/read_settings.ts";
import { runId } from "popagent/experiments/run_id.ts";
import { panelWithItems, syntheticItems } from "popagent/experiments/market_news.ts";
import { planRun, type RunPlan } from "popagent/experiments/run_plan.ts";
import { trialKey } from "popagent/experiments/trials.ts";
import type { Panel } from "popagent/market/panel.ts";
import { INSTRUMENTS } from "popagent/core/universe.ts";

type Tree = { readonly [key: string]: unknown };

/** A tree with one dotted key set. */
function withKey(tree: Tree, path: string, value: unknown): Tree {
  const [key, ...rest] = path.split(".");
  const inner = rest.length === 0 ? value : withKey((tree[key!] ?? {}) as Tree, rest.join("."), value);
  return { ...tree, [key!]: inner };
}

/** The dotted keys of a tree's leaves; lists are leaves. */
function leavesOf(tree: object, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = path === "" ? key : `${path}.${key}`;
    const isTree = typeof value === "object" && value !== null && !Array.isArray(value);
    return isTree && Object.keys(value).length > 0 ? leavesOf(value, here) : [here];
  });
}

/** Settings of runs that take a fraction of a second, four iterations with lessons at k = 2. */
const SHORT: Tree = {
  market: { mode: "planted", ic: 0.1, rows: 1000 },
  clock: { firstDecision: 419 },
  iterations: 4,
  population: {
    size: 3,
    transferEvery: 2,
    committeeShare: 5 / 81,
    creditMemory: 0.5,
    diversityTrigger: 1.05,
  },
  references: false,
};

/** Another value of every setting, as far from its default as shows in a short run. */
const OTHER: Readonly<Record<string, unknown>> = {
  "data.source": "synthetic",
  "data.folder": "elsewhere",
  "market.mode": "default",
  "market.ic": 0.15,
  "market.seed": 2,
  "market.rows": 1200,
  "universe.coins": ["BTC", "SOL", "ETH", "DOGE", "XRP"],
  "universe.instruments": { ETH: { tick: 1, lot: 1 } },
  "news.source": "synthetic",
  "news.file": "elsewhere.jsonl",
  "news.time": "published",
  "news.halfLife": 100,
  "news.informative": 1,
  "coins": ["BTC", "ETH"],
  "costs.takerFee": 0.002,
  "costs.makerFee": 0.002,
  "costs.impact": 5,
  "costs.spread": 5,
  "costs.participation": 1e-6,
  "startingEquity": 500,
  "trading.targets": "off",
  "trading.targetStretch": 0.2,
  "account.drawdown": "pause",
  "account.orderDelay": 1,
  "clock.warmUpRows": 400,
  "clock.firstDecision": 425,
  "clock.stepRows": 20,
  "clock.reportFrom": 450,
  "extensions": ["mine.ts"],
  "population.agents.analyst": ["hybrid", "volatility", "momentum"],
  "population.agents.researcher": ["adaptive", "quantile", "bayesian"],
  "population.agents.trader": ["contrarian", "momentum", "aggressive"],
  "population.agents.risk": ["drawdown", "var_based", "strict"],
  "population.size": 5,
  "population.variants": "homogeneous",
  "population.draw": "grid",
  "population.score": "growth",
  "population.scoreHalfLife": 20,
  "population.riskAversion": 50,
  "population.credit": "individual",
  "population.creditMemory": 0.99,
  "population.diversityWeight": 5,
  "population.learning": "pbt",
  "population.transfer": "distillation",
  "population.transferEvery": 1,
  "population.transferTau": 0.9,
  "population.tauSchedule": "linear",
  "population.transferTauEnd": 0.9,
  "population.selectiveShare": 1,
  "population.mutation": "off",
  "population.mutateWorst": true,
  "population.frozen": ["risk"],
  "population.teacher": "random",
  "population.transferTest": true,
  "population.diversityTrigger": 0,
  "population.mutationRate": 1,
  "population.mutationSd": 1,
  "population.startJitter": 0.3,
  "population.committeeShare": 0.6,
  "population.mirror.rules": ["equal"],
  "population.mirror.halfLife.analyst": 20,
  "population.mirror.halfLife.researcher": 20,
  "population.mirror.halfLife.trader": 20,
  "population.mirror.halfLife.risk": 20,
  "population.mirror.temperature": 5,
  "population.mirror.hedgeRate": 10,
  "population.mirror.hedgeShare": 0.5,
  "population.deploy": "committee",
  "pipeline.analyst": "momentum",
  "pipeline.researcher": "adaptive",
  "pipeline.trader": "contrarian",
  "pipeline.risk": "strict",
  "references": true,
  "signals": false,
  "iterations": 3,
  "seed": 2,
};

Deno.test("findings G.3: every setting there is has another value in this test", () => {
  const all = leavesOf(settingsSchema.parse({})).filter((path) => !path.startsWith(LANGUAGE));
  assert.deepEqual(all.sort(), Object.keys(OTHER).sort());
});

/** Settings of traders that ask a language model: read together or not at all, so they are tested by a test of their own. */
const LANGUAGE = "population.language.";

Deno.test("issue 14: how language traders ask makes another run and another trial where any plays, and none where none does", () => {
  const changed: Tree = {
    "population.language.model": "other",
    "population.language.every": 7,
    "population.language.signal": 1,
    "population.language.validRows": 7,
    "population.language.mostCalls": 7,
    "population.language.maxTokens": 70,
    "population.language.shrinkRows": 7,
    "population.language.research.analyst": "hybrid",
    "population.language.research.researcher": "bayesian",
    "population.language.mask.coins": false,
    "population.language.mask.dates": false,
    "population.language.mutants": ["trader"],
    "population.language.distil": [1],
  };
  const paths = leavesOf(settingsSchema.parse({})).filter((path) => path.startsWith(LANGUAGE));
  assert.deepEqual(paths.sort(), Object.keys(changed).sort());
  const asking = applied(SHORT, {
    "references": false,
    "population.agents.trader": ["languageGeneral", "momentum", "adaptive"],
  });
  for (const [path, value] of Object.entries(changed)) {
    for (const [base, same] of [[SHORT, true], [asking, false]] as const) {
      const before = planned("population", base)!.plan,
        after = planned("population", withKey(base, path, value))!.plan;
      assert.equal(trialKey("population", before) === trialKey("population", after), same, path);
      assert.equal(
        runId({ command: "population", plan: before }) === runId({ command: "population", plan: after }),
        same,
        path,
      );
    }
  }
});

const desks = new Map<string, Desk>();

/** A desk for a plan, shared by plans whose desks are alike. */
function deskOf({ config, panel }: RunPlan): Desk {
  const { costs, coins, clock, startingEquity, trading, account } = config;
  const key = JSON.stringify([
    panel.hash,
    panel.instruments,
    costs,
    coins,
    clock,
    startingEquity,
    trading,
    account,
    panel.source,
  ]);
  const desk = desks.get(key) ?? createDesk(panel, config, 256 * 2 ** 20);
  if (desks.size > 8) desks.clear();
  desks.set(key, desk);
  return desk;
}

type Command = "population" | "multi";

/** A run of settings, and the same run with everything it was given, read or not. */
interface Planned {
  readonly plan: RunPlan;
  readonly asGiven: RunPlan;
}

/** The run of some settings; null where they contradict one another. */
function planned(command: Command, settings: Tree, source?: Panel["source"]): Planned | null {
  const parsed = settingsSchema.safeParse(settings);
  if (!parsed.success) return null;
  const config: TradingConfig = command === "population"
    ? populationRunConfig(parsed.data)
    : pipelineRunConfig(parsed.data);
  if (config.market.mode !== "planted" && config.market.ic !== 0) return null;
  const bars = marketOf(config).panel, { news } = config;
  const panel = news.source === "off" ? bars : panelWithItems(bars, syntheticItems(bars, news), news);
  const plan = planRun(config, source ? { ...panel, source } : panel);
  return { plan, asGiven: { ...plan, config } };
}

/** What a run measured, as text: numbers and events, without what was asked for. */
async function measured(command: Command, plan: RunPlan): Promise<string> {
  const { result, series, events } = command === "multi"
    ? runPipeline("multi", plan as RunPlan<PipelineRunConfig>, 256 * 2 ** 20)
    : await populationOutcome(plan as RunPlan<PopulationRunConfig>);
  const { config: _config, configHash: _hash, source: _source, warnings: _warnings, ...numbers } = result;
  const columns = Object.entries({ ...series.equity, openTime: series.openTime }).map((
    [name, x],
  ) => [name, [...x]]);
  return canonicalJson([numbers, columns, events]);
}

async function populationOutcome(plan: RunPlan<PopulationRunConfig>) {
  const results = new Map<(typeof JOB_NAMES)[number], JobResult>();
  const alone = { iterations: [], proposals: {} };
  for (const name of plan.config.references ? JOB_NAMES : ["population" as const]) {
    const after = JOBS[name].followsPopulation ? afterPopulation(results.get("population")!) : alone;
    const input = { plan, desk: deskOf(plan), checkpoints: noCheckpoints, ...after, onProgress: () => {} };
    results.set(name, await JOBS[name].run(input));
  }
  return outcomeOfJobs(plan, results);
}

/** Settings under which others are not read, each a base from which every setting is changed in turn. */
const BASES: readonly (readonly [Command, string, Tree])[] = [
  ["population", "teaching", {}],
  ["population", "no transfer", { "population.transfer": "none" }],
  ["population", "nothing learned", { "population.transfer": "none", "population.mutation": "off" }],
  ["population", "PBT, scored by a blend", {
    "population.learning": "pbt",
    "population.variants": "homogeneous",
    "population.score": "blend",
  }],
  ["population", "selective, moving tau", {
    "population.transfer": "selective",
    "population.tauSchedule": "linear",
    "population.score": "utility",
  }],
  ["population", "nothing learned, with references", {
    "population.transfer": "none",
    "population.mutation": "off",
    "references": true,
    "signals": false,
  }],
  ["multi", "one pipeline", {}],
];

const applied = (tree: Tree, changes: Tree) =>
  Object.entries(changes).reduce((settings, [path, value]) => withKey(settings, path, value), tree);

for (const [command, name, changes] of BASES) {
  Deno.test(`findings G.3: ${name}: one key means one measurement, and these settings alone are not read`, async () => {
    const base = applied(SHORT, changes);
    const { plan } = planned(command, base)!;
    const key = trialKey(command, plan), id = runId({ command, plan });
    const bytes = await measured(command, plan);
    const oneTrial: string[] = [];
    for (const [path, value] of Object.entries(OTHER)) {
      if (JSON.stringify(valueAt(base, path)) === JSON.stringify(value)) continue; // it has that value already
      const other = planned(command, withKey(base, path, value));
      if (other === null) continue;
      const sameKey = trialKey(command, other.plan) === key,
        sameId = runId({ command, plan: other.plan }) === id;
      if (path === "seed") {
        assert.ok(sameKey && !sameId, "a seed is a run of its own and no trial");
        continue;
      }
      assert.ok(sameKey || !sameId, `${path}: one run is one trial`);
      if (sameKey) oneTrial.push(path);
    }
    assert.deepEqual(oneTrial.sort(), [...ONE_TRIAL[name]!].sort());
    const read = await readAmong(oneTrial, async (paths) => {
      const all = planned(
        command,
        applied(base, Object.fromEntries(paths.map((path) => [path, OTHER[path]]))),
      );
      return all !== null && trialKey(command, all.plan) === key &&
        await measured(command, all.asGiven) === bytes;
    });
    assert.deepEqual(read, [], "they make no trial, so they must change nothing");
  });
}

/**
 * The settings that change what is measured: all are changed at once and, where that makes a difference or cannot
 * be, each half of them, down to those whose change alone does.
 */
async function readAmong(
  paths: readonly string[],
  areUnread: (paths: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  if (paths.length === 0 || await areUnread(paths)) return [];
  if (paths.length === 1) return paths;
  const half = paths.length >> 1;
  return [
    ...await readAmong(paths.slice(0, half), areUnread),
    ...await readAmong(paths.slice(half), areUnread),
  ];
}

function valueAt(tree: Tree, path: string): unknown {
  return path.split(".").reduce<unknown>((branch, key) => (branch as Tree | undefined)?.[key], tree);
}

/** Settings that a run of a base does not read: changing them is no trial. */
const DATA = ["data.source", "data.folder", "market.rows"];
/** Where no news is read. */
const NEWS = ["news.file", "news.time", "news.halfLife", "news.informative"];
const LEARNING_ONLY = [
  "pipeline.analyst",
  "pipeline.researcher",
  "pipeline.trader",
  "pipeline.risk",
  ...DATA,
  ...NEWS,
];
const TAUGHT = [
  "population.teacher",
  "population.transferTest",
  "population.transferTau",
  "population.transferTauEnd",
  "population.selectiveShare",
];
const MUTATED = [
  "population.mutateWorst",
  "population.diversityTrigger",
  "population.mutationRate",
  "population.mutationSd",
];
const ONE_TRIAL: Readonly<Record<string, readonly string[]>> = {
  "teaching": [...LEARNING_ONLY, ...TAUGHT.slice(3), "population.riskAversion"],
  "no transfer": [...LEARNING_ONLY, ...TAUGHT, "population.tauSchedule", "population.riskAversion"],
  "nothing learned": [
    ...[...LEARNING_ONLY, ...TAUGHT, ...MUTATED, "population.tauSchedule", "population.riskAversion"],
    ...["population.transferEvery", "population.frozen"],
  ],
  "PBT, scored by a blend": [
    ...[...LEARNING_ONLY, ...TAUGHT, ...MUTATED, "population.tauSchedule", "population.riskAversion"],
    ...["population.transfer", "population.mutation"],
  ],
  "selective, moving tau": [...LEARNING_ONLY],
  "nothing learned, with references": [
    ...[...LEARNING_ONLY, ...TAUGHT, "population.diversityTrigger", "population.tauSchedule"],
    ...["population.riskAversion", "population.mutateWorst", "population.frozen"],
  ],
  "one pipeline": [
    ...[...DATA, ...NEWS, "clock.warmUpRows", "references"],
    // Learning by PBT wants copies of one variant too: that setting alone contradicts the others.
    ...Object.keys(OTHER).filter((path) => path.startsWith("population.") && path !== "population.learning"),
  ],
};

/** Two ways of asking for the same, and whether of real bars. */
const SAME: readonly (readonly [string, Tree, Tree, boolean])[] = [
  ["coins in another order", { coins: ["ETH", "BTC"] }, { coins: ["BTC", "ETH"] }, false],
  ["all coins, and none named", { coins: ["XRP", "BTC", "ETH", "SOL", "DOGE"] }, {}, false],
  ["a default, and nothing", { population: { transferTau: 0.1 }, costs: { impact: 1 } }, {}, false],
  ["as many iterations as there are", { iterations: 8 }, { iterations: null }, false],
  ["the first reported row, and nothing", { clock: { reportFrom: 720 } }, {}, false],
  ["a longer market, stopped earlier", { market: { rows: 2000 }, iterations: 3 }, { iterations: 3 }, false],
  ["an instrument as it is known", { universe: { instruments: { BTC: btc() } } }, {}, false],
  [
    "an instrument of a coin nobody looks at",
    { universe: { instruments: { ADA: { tick: 1, lot: 1 } } } },
    {},
    false,
  ],
  ["a folder with a slash", { data: { folder: "data/bybit/" } }, { data: { folder: "./data//bybit" } }, true],
  ["another synthetic market beside real bars", { market: { seed: 7, mode: "planted", ic: 0.1 } }, {}, true],
  ["news off, whatever else is said of it", { news: { halfLife: 40, file: "x" } }, {}, false],
  ["synthetic news, and a file nobody reads", { news: { source: "synthetic", file: "x" } }, {
    news: { source: "synthetic" },
  }, false],
  ["real bars found, and asked for", { data: { source: "bybit" } }, { data: { source: "auto" } }, true],
];

function btc(): Tree {
  const { halfSpread, terms } = INSTRUMENTS[0]!;
  const { from: _from, minNotional: _least, riskTiers: [first], ...newest } = terms.at(-1)!;
  return { ...newest, maintenanceMargin: first!.maintenanceMargin, halfSpread };
}

for (const [what, one, other, real] of SAME) {
  Deno.test(`findings G.3: ${what}: one run, one trial`, () => {
    for (const command of ["population", "multi"] as const) {
      const [a, b] = [one, other].map((settings) => {
        const tree = { ...settings, market: { rows: 1000, ...settings.market as Tree } };
        const source = { kind: "bybit", folder: "data/bybit", unsealed: false, sealedRows: 0 } as const;
        return planned(command, tree, real ? source : undefined)!.plan;
      });
      const [first, second] = real ? [{ ...a!, panel: b!.panel }, b!] : [a!, b!]; // real rows are one's own, not the seed's
      assert.deepEqual(first.config, second.config);
      assert.equal(runId({ command, plan: first }), runId({ command, plan: second }));
      assert.equal(trialKey(command, first), trialKey(command, second));
    }
  });
}

Deno.test("findings G.3: the same rows from another folder are another run and no other trial", () => {
  const of = (folder: string) =>
    planned("multi", { data: { folder } }, { kind: "bybit", folder, unsealed: false, sealedRows: 0 })!.plan;
  const [a, b] = [of("data/bybit"), of("/elsewhere/bybit")];
  assert.equal(trialKey("multi", a), trialKey("multi", b));
  assert.notEqual(runId({ command: "multi", plan: a }), runId({ command: "multi", plan: b }));
});

Deno.test("readSettings() of what it gave gives the same, whatever it was given", () => {
  const paths = Object.keys(OTHER);
  fc.assert(
    fc.property(fc.subarray(paths), (chosen) => {
      const settings = chosen.reduce((tree, path) => withKey(tree, path, OTHER[path]), SHORT);
      const found = planned("population", settings);
      fc.pre(found !== null);
      const { config, panel, window } = found.plan;
      assert.deepEqual(readSettings(config, panel, window.iterations), config);
      assert.deepEqual(planRun(config, panel).window, window);
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("plainPath() writes a path one way and changes nothing that it names", () => {
  const ways = ["data/bybit", "data/bybit/", "./data/bybit", "data//bybit", "data/./bybit/."];
  for (const way of ways) assert.equal(plainPath(way), "data/bybit");
  const others = ["/", ".", "..", "../data", "/data", "data/../bybit"];
  for (const other of others) assert.equal(plainPath(other), other);
  assert.equal(plainPath("/data/"), "/data");
});
