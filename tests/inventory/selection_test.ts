/** Selection among methods by scripted merits: what is chosen, when, for how long, and what is given up. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { geneSet, startGenome, type Variant } from "popagent/agents/variant.ts";
import { createMemo } from "popagent/core/memo.ts";
import { rng } from "popagent/core/rng.ts";
import { viewMarket } from "popagent/features/market_view.ts";
import { decodeGenome } from "popagent/genome/genome.ts";
import { plainMethod } from "popagent/inventory/method.ts";
import { declareMethod, POOLS, withdrawMethod } from "popagent/inventory/pools.ts";
import type { CheckInput } from "popagent/inventory/risk/checks/check.ts";
import {
  addStanding,
  aheadBy,
  createStandings,
  methodsToPrune,
} from "popagent/inventory/selection/pruning.ts";
import { type SelectionInput, selectMethods } from "popagent/inventory/selection/select.ts";
import { selectingCheck } from "popagent/inventory/selection/selected_check.ts";
import { selectReadings } from "popagent/inventory/selection/selected_reading.ts";
import { selectingStyle } from "popagent/inventory/selection/selected_style.ts";
import { selectingForecaster } from "popagent/inventory/selection/selected_forecast.ts";
import { choiceGene } from "popagent/inventory/selection/selecting_method.ts";
import { DECLARED_SELECTION, type SelectionSettings } from "popagent/inventory/selection/settings.ts";
import type { StyleInput } from "popagent/inventory/trader/styles/style.ts";
import { selectionChecks, selectionProofSchema } from "popagent/experiments/selection_proof.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { TRANSFERS } from "popagent/population/transfer.ts";
import { createPlan, PLAN, planIndex } from "popagent/simulation/plan.ts";

const ROWS = 3000;

/** Merits: noise of sd 1, method m lifted by edge(m, context) at every row. */
function input(
  methods: number,
  edge: (method: number, context: number) => number,
  change: Partial<SelectionInput> = {},
  seed = 1,
): SelectionInput {
  const contexts = Int8Array.from({ length: ROWS }, (_, t) => Math.floor(t / 90) % 2);
  const merits = Array.from({ length: methods }, (_, m) => {
    const noise = rng("merit", seed, m);
    return Float64Array.from({ length: ROWS }, (_, t) => noise.normal() + edge(m, contexts[t]!));
  });
  const preferences = merits.map(() => 1 / methods);
  return { merits, contexts, preferences, firstRow: 0, seed: "test", ...change };
}
const run = (given: SelectionInput, settings: Partial<SelectionSettings> = {}) =>
  selectMethods(given, { ...DECLARED_SELECTION, keep: given.merits.length, ...settings });
const shareOf = (chosen: Uint8Array, method: number, rows: (t: number) => boolean = () => true) => {
  const seen = [...chosen].filter((_, t) => rows(t));
  return seen.filter((one) => one === method).length / seen.length;
};

for (const rule of ["thompson", "ucb"] as const) {
  for (const feedback of ["all", "chosen"] as const) {
    for (const every of [1, 6, 42] as const) {
      Deno.test(`selection (${rule}, credit of ${feedback}, every ${every} rows) finds the method that earns`, () => {
        const { chosen, choices } = run(input(4, (m) => m === 2 ? 0.5 : 0), { rule, feedback, every });
        assert.ok(shareOf(chosen, 2) > 0.6, `${shareOf(chosen, 2)}`);
        assert.ok(choices.every((row) => row % every === 0));
        assert.ok(shareOf(chosen, 2, (t) => t > 2000) > shareOf(chosen, 2, (t) => t < 300), "regret falls");
      });
    }
  }
}

Deno.test("selection knows regimes: of two methods each is chosen where it earns; without contexts neither wins", () => {
  const given = input(2, (m, context) => m === context ? 0.4 : -0.4), late = (t: number) => t > 600;
  const { chosen } = run(given, { every: 1, steps: 1 });
  const right = [...chosen].filter((m, t) => late(t) && m === given.contexts[t]).length / (ROWS - 601);
  assert.ok(right > 0.9, `${right}`);
  const blind = run(given, { every: 1, steps: 1, contextual: false }).chosen;
  const lucky = [...blind].filter((m, t) => late(t) && m === given.contexts[t]).length / (ROWS - 601);
  assert.ok(lucky < 0.65, `${lucky}`);
});

Deno.test("the baseline is of the regime: a regime in which everybody earns flatters nobody", () => {
  // All earn 3 in regime 0; method 1 alone earns .3 more, everywhere. Credit of the chosen one alone.
  const given = input(3, (m, context) => (context === 0 ? 3 : 0) + (m === 1 ? 0.4 : 0));
  const { chosen } = run(given, { feedback: "chosen", every: 1, steps: 1 });
  for (const context of [0, 1]) {
    const share = shareOf(chosen, 1, (t) => t > 1000 && given.contexts[t] === context);
    assert.ok(share > 0.6, `regime ${context}: ${share}`);
  }
});

Deno.test("credit over n steps finds what pays only later; one step does not", () => {
  // Method 0 loses at the first row after each choice (rows 1 mod 6) and earns more at the fourth.
  const given = input(2, () => 0);
  for (let t = 0; t < ROWS; t++) given.merits[0]![t]! += t % 6 === 1 ? -1 : t % 6 === 4 ? 3 : 0;
  assert.ok(shareOf(run(given, { every: 6, steps: 6 }).chosen, 0) > 0.8);
  assert.ok(shareOf(run(given, { every: 6, steps: 1 }).chosen, 0) < 0.3);
});

Deno.test("what is chosen at a row reads no later one", () => {
  const given = input(3, (m) => m === 1 ? 0.2 : 0);
  const whole = run(given, { keep: 1 });
  fc.assert(
    fc.property(fc.integer({ min: 60, max: ROWS }), (rows) => {
      const merits = given.merits.map((merit) => merit.slice(0, rows));
      const cut = run({ ...given, merits, contexts: given.contexts.slice(0, rows) }, { keep: 1 });
      assert.deepEqual(cut.chosen, whole.chosen.slice(0, rows));
      assert.deepEqual(cut.pruned, whole.pruned.filter(({ row }) => row < rows));
    }),
    { seed: 7, numRuns: 12 },
  );
});

Deno.test("preferences come first and evidence after: a method of preference 0 is never chosen", () => {
  const none = run(input(3, (m) => m === 0 ? 1 : 0, { preferences: [0, 0.5, 0.5] })).chosen;
  assert.equal(shareOf(none, 0), 0);
  const liked = input(3, () => 0, { preferences: [0.9, 0.05, 0.05] });
  assert.ok(shareOf(run(liked).chosen, 0, (t) => t < 120) > 0.6);
  const wrong = input(3, (m) => m === 2 ? 0.5 : 0, { preferences: [0.9, 0.05, 0.05] });
  assert.ok(shareOf(run(wrong).chosen, 2, (t) => t > 1500) > 0.8, "evidence wins");
});

Deno.test("pruning takes the duds, keeps the floor, and never empties a pool", () => {
  const given = input(5, (m) => m === 3 ? 0.5 : 0);
  const { pruned } = run(given, { keep: 1 });
  assert.deepEqual(pruned.map(({ method }) => method).sort(), [0, 1, 2, 4]);
  assert.equal(run(given, { keep: 3 }).pruned.length, 2);
  assert.equal(run(given, { keep: 5 }).pruned.length, 0);
  assert.equal(run(input(1, () => -1), { keep: 1 }).pruned.length, 0);
  const gone = run(given, { keep: 1 }), last = gone.pruned.at(-1)!.row;
  assert.equal(shareOf(gone.chosen, 3, (t) => t > last + 6), 1);
});

Deno.test("the paired difference by hand, and who goes: the farthest behind first", () => {
  // Credits (1, 0) and (3, 1) in turn: differences 1 and 2, mean 1.5, sd .5; over 100: 1.5 / .05 = 30.
  const standings = createStandings(2);
  for (let i = 0; i < 100; i++) {
    addStanding(standings, i % 2 === 0 ? Float64Array.of(1, 0) : Float64Array.of(3, 1), 1);
  }
  assert.ok(Math.abs(aheadBy(standings, 0, 1) - 30) < 1e-9);
  const [gone] = methodsToPrune(standings, [true, true], [0.5, 0.5], 1, 41);
  assert.deepEqual([gone!.method, gone!.cause, gone!.row], [1, "failing", 41]);
  assert.deepEqual(methodsToPrune(standings, [true, true], [0.5, 0.5], 2, 41), []);
});

const { panel } = syntheticMarket({ seed: 9, rows: 1400, mode: "default", ic: 0 });
const market = viewMarket(panel, createMemo(2 ** 24));

Deno.test("risk.checks by scripted plans: the tight check where the plan loses, the loose one where it earns", () => {
  const tight = plainMethod(
    "A tenth",
    ({ plan }: CheckInput) => ({ share: new Float64Array(plan.rows).fill(0.1), end: [] }),
  );
  const method = selectingCheck({ whole: POOLS["risk.checks"].fixed!, tight }, { keep: 2 });
  for (const [sign, best] of [[1, 0], [-1, 1]] as const) {
    const plan = createPlan(panel.rows, 5); // knows the next bar, or knows it wrongly
    panel.coins.forEach(({ close }, coin) => {
      for (let t = 0; t + 1 < panel.rows; t++) {
        const at = planIndex(5, t, coin);
        plan.values[at + PLAN.conviction] = sign * Math.sign(close[t + 1]! - close[t]!) / 5;
        plan.values[at + PLAN.baseSize] = plan.values[at + PLAN.leverage] = 1;
      }
    });
    const { chosen } = method.select({ plan, market, genes: { maxLeverage: 2 } }, method.start);
    assert.ok(shareOf(chosen, best, (t) => t > 300) > 0.8, `${sign}`);
  }
});

Deno.test("trader.styles by scripted plans: who earns after costs, not who trades most", () => {
  const style = (signOf: (close: Float64Array, t: number) => number) =>
    plainMethod("A script", ({ forecast }: StyleInput) => {
      const plan = createPlan(forecast.rows, 5);
      panel.coins.forEach(({ close }, coin) => {
        for (let t = 0; t < forecast.rows; t++) {
          const at = planIndex(5, t, coin);
          plan.values[at + PLAN.conviction] = signOf(close, t) / 5;
          plan.values[at + PLAN.baseSize] = plan.values[at + PLAN.leverage] = 1;
        }
      });
      return { ...plan, end: [] };
    });
  const busy = style((_, t) => t % 2 === 0 ? 1 : -1), still = style(() => 0);
  const method = selectingStyle({ busy, still }, { keep: 2 });
  const returns = panel.coins.map(({ close }) => close.map((x, t) => t === 0 ? 0 : x / close[t - 1]! - 1));
  const asked = { forecast: { rows: panel.rows }, coins: panel.coins, returns, takerFee: 0.002, firstRow: 0 };
  const { chosen } = method.select(asked as unknown as StyleInput, method.start);
  assert.ok(shareOf(chosen, 1, (t) => t > 300) > 0.8);
});

Deno.test("choice probabilities are taught like genes where variants share them", () => {
  const methods = {
    bayesian: POOLS["researcher.forecasting"].bayesian!,
    plain: POOLS["researcher.forecasting"].expandingMean!,
  };
  declareMethod("researcher.forecasting", "selecting", selectingForecaster(methods));
  try {
    const names = Object.keys(methods),
      shares = names.map((key) => choiceGene(key, "researcher.forecasting"));
    const variant = (name: string, likes: number): Variant<"researcher"> => ({
      name,
      role: "researcher",
      summary: "Selects among two forecasters",
      start: {
        shortHorizon: 2,
        middleHorizon: 6,
        longHorizon: 12,
        calibrationWindow: 60,
        shrinkage: 0.3,
        bayesianChoice: likes,
        plainChoice: 1 - likes,
      },
      shares,
      identity: { levels: [0.1, 0.5, 0.9], forecasting: "selecting", uncertainty: null, calibration: null },
    });
    const student = variant("student", 0.5), teacher = variant("teacher", 0.9);
    const lesson = {
      student: startGenome(student),
      teacher: startGenome(teacher),
      studentGenes: geneSet(student),
      teacherGenes: geneSet(teacher),
      tau: 0.5,
    } as unknown as Parameters<typeof TRANSFERS.softUpdate>[0];
    const { bayesianChoice, plainChoice } = decodeGenome(
      geneSet(student),
      TRANSFERS.softUpdate(lesson).genome,
    );
    assert.deepEqual([bayesianChoice, plainChoice], [0.7, 0.3]);
  } finally {
    withdrawMethod("researcher.forecasting", "selecting");
  }
});

Deno.test("the stored proof of selection holds all its thresholds", async () => {
  const text = await Deno.readTextFile(`${PROJECT}/tests/results/selection_proof.json`);
  const proof = selectionProofSchema.parse(JSON.parse(text));
  assert.deepEqual(proof.settings, { rows: 4380, ic: 0.1 });
  const checks = selectionChecks(proof);
  assert.equal(checks.length, 10);
  for (const { rule, measured, holds } of checks) assert.equal(holds, true, `${rule}: ${measured}`);
});

Deno.test("selection refuses settings and shapes that break their rules", () => {
  const given = input(2, () => 0);
  assert.throws(() => run(given, { steps: 0 }), /steps \(an integer >= 1\)/);
  assert.throws(() => run(given, { keep: 0 }), /keep/);
  assert.throws(() => run({ ...given, preferences: [1] }), /1 preferences of 2/);
});

Deno.test("what selects refuses settings and rules that there are not, and names a method that is none", () => {
  const checks = { fixed: POOLS["risk.checks"].fixed!, drawdown: POOLS["risk.checks"].drawdown! };
  const refuses = (settings: unknown, says: RegExp) =>
    assert.throws(() => selectingCheck(checks, settings as Partial<SelectionSettings>), {
      name: "RangeError",
      message: says,
    });
  refuses(
    { rules: "ucb" },
    /^Cannot select methods as settings may hold rule, .*rules\. Did you mean rule\?$/,
  );
  refuses({ rule: "greedy" }, /^Cannot select methods as rule must be one of thompson, ucb: .* greedy\.$/);
  refuses({ rule: "thomson" }, /Did you mean thompson\?$/);
  refuses({ feedback: "chose" }, /feedback must be one of all, chosen.*Did you mean chosen\?$/);
  refuses({ contextual: "no" }, /contextual \(true or false\) must hold: current value is no$/);
  refuses({ every: 7 }, /every \(1, 6 or 42\) must hold: current value is 7$/);
  const { bayesain, arimax } = POOLS["researcher.forecasting"];
  assert.throws(() => selectingForecaster({ arimax, bayesain } as never), {
    name: "RangeError",
    message:
      "Cannot select in researcher.forecasting as bayesain must be a method of it: current value is undefined. " +
      "Did you mean bayesian?",
  });
  const readings = { market: null, readings: [], weights: [] } as never;
  assert.throws(
    () => selectReadings(readings, { mermory: 5 } as never),
    /it holds mermory\. Did you mean memory\?/,
  );
});
