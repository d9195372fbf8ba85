import assert from "node:assert/strict";
import { lateArena } from "popagent/simulation/arena.ts";
import { mirroredAgain } from "popagent/experiments/evidence/robust/mirrored_again.ts";
import { iterationsOf } from "popagent/experiments/jobs/job.ts";
import type { JobResult } from "popagent/experiments/jobs/job_result.ts";
import { JOBS } from "popagent/experiments/jobs/registry.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { createDesk, marketOf } from "popagent/experiments/market.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { populationMean } from "popagent/experiments/population_mean.ts";
import {
  isOut,
  movingAsOne,
  signFlipped,
  withOutages,
} from "popagent/experiments/evidence/robust/changed_markets.ts";
import {
  accountEffects,
  coverageOf,
  flipContrasts,
  flipTests,
  robustEffects,
  robustSchema,
} from "popagent/experiments/evidence/robust/robust_record.ts";
import { evidencePlanSchema } from "popagent/experiments/evidence/evidence_plan.ts";
import {
  placesOfRun,
  tradeAgain,
  type TradedAgain,
} from "popagent/experiments/evidence/robust/trade_again.ts";
import { AS_RUN, flipOf, VARIATIONS } from "popagent/experiments/evidence/robust/variations.ts";
import { robustText } from "popagent/report/text/robust_text.ts";
import { plantedPanel } from "popagent/experiments/leakage/planted_market.ts";
import { simpleReturns } from "popagent/core/series.ts";
import { assertClose } from "../../close_to.ts";
import { populationConfig } from "../../run_config.ts";

const config = populationConfig({
  data: { source: "synthetic" },
  market: { mode: "planted", ic: 0.1, rows: 1000, seed: 4 },
  population: { size: 3, transferEvery: 1, committeeShare: 0.11, mirror: { rules: ["hedge", "softmax"] } },
  iterations: 3,
  seed: 4,
});

/** A population as it is stored, run once for the tests that ask for it. */
let learned: Promise<JobResult> | null = null;
function learnedOnce(): Promise<JobResult> {
  const plan = planRun(config, marketOf(config).panel), desk = createDesk(plan.panel, plan.config, 2 ** 27);
  return learned ??= JOBS.population.run({
    plan,
    desk,
    checkpoints: noCheckpoints,
    iterations: [],
    proposals: {},
    onProgress: () => {},
  });
}

const named = (name: string) => VARIATIONS.find((one) => one.name === name)!;

Deno.test("a stored run that is traded again as it was gives what was stored, to the bit, and other terms give other numbers", async () => {
  const { panel } = marketOf(config), result = await learnedOnce();
  const run = { config, panel, events: iterationsOf(result) };
  const chosen = ["asRun", "cost15", "oneBarLate", "averagePrice", "targetsFirst", "outage"].map(named);
  const again = tradeAgain(run, chosen);
  const [asRun] = again;
  const sharpe = (name: string) => result.strategies.find((one) => one.name === name)!.metrics.sharpe;
  assert.equal(asRun!.variation, AS_RUN.name);
  assert.equal(asRun!.populationMean, populationMean(result.population!.places));
  assert.equal(populationMean(placesOfRun(run)), asRun!.populationMean);
  assert.equal(asRun!.champion, sharpe("champion"));
  assert.equal(asRun!.committee, sharpe("committee"));
  assert.equal(asRun!.mirrored, sharpe("mirrored"));
  for (const { variation, champion, populationMean: mean } of again.slice(1)) {
    if (variation === "targetsFirst") continue; // a bar that meets both levels is rare
    assert.notDeepEqual([champion, mean], [asRun!.champion, asRun!.populationMean], variation);
  }
  const [dear, late, ...others] = again.slice(1).map(({ mirrored }) => mirrored);
  assert.ok(dear! < asRun!.mirrored!, "at 15 bp a side it earns less");
  assert.notEqual(late, asRun!.mirrored);
  assert.deepEqual(others, [null, null, null], "under the others it is not traded");
});

Deno.test("a mirrored committee is traded again by the weights of its run, not by those that other terms would give", async () => {
  const plan = planRun(config, marketOf(config).panel), events = iterationsOf(await learnedOnce());
  const own = createDesk(plan.panel, plan.config, 2 ** 27);
  const late = { ...own, arena: lateArena(own.arena, 1) };
  const run = mirroredAgain(own, plan.config, events, null);
  const again = mirroredAgain(late, plan.config, events, run.decisions);
  const anew = mirroredAgain(late, plan.config, events, null);
  assert.deepEqual(again.decisions, run.decisions);
  assert.notDeepEqual(anew.decisions, run.decisions);
  assert.notDeepEqual(anew.returns, again.returns);
  assert.deepEqual(mirroredAgain(own, plan.config, events, run.decisions).returns, run.returns);
  const stored = events.map(({ mirrors }) => mirrors.mirrored!);
  assert.deepEqual(
    run.decisions.map(({ mirrored }) => [mirrored!.rule, mirrored!.shares, mirrored!.scale]),
    stored.map(({ rule, shares, scale }) => [rule, shares, scale]),
    "as its events have it",
  );
});

Deno.test("what was traded before is taken as it is, and only what is missing is traded", async () => {
  const { panel } = marketOf(config), run = { config, panel, events: iterationsOf(await learnedOnce()) };
  const chosen = ["asRun", "cost15"].map(named), whole = tradeAgain(run, chosen);
  const before = [{ variation: "asRun", populationMean: 7, champion: 8, committee: 9 }];
  const [asRun, dear] = tradeAgain(run, chosen, before);
  assert.deepEqual(asRun, { ...before[0], mirrored: whole[0]!.mirrored });
  assert.deepEqual(dear, whole[1]);
});

Deno.test("teams traded again one bar late are those of a run whose orders come late", async () => {
  const { panel } = marketOf(config), events = iterationsOf(await learnedOnce());
  const [late] = tradeAgain({ config, panel, events }, [named("oneBarLate")]);
  const delayed = { ...config, account: { ...config.account, orderDelay: 1 } };
  const [asRun] = tradeAgain({ config: delayed, panel, events }, [AS_RUN]);
  const placesAndTeams = (
    { populationMean, champion, committee }: TradedAgain,
  ) => [populationMean, champion, committee]; // a late run weighs its mirrored teams by what came late
  assert.deepEqual(placesAndTeams(late!), placesAndTeams(asRun!));
});

const panel = plantedPanel(700);

Deno.test("a flipped history keeps every move's size and the coins' togetherness; highs stay highs; the same draw gives the same", () => {
  const flipped = signFlipped(panel, 7), again = signFlipped(panel, 7);
  assert.equal(flipped.hash, again.hash);
  const signs = new Set<number>();
  panel.coins.forEach((bars, coin) => {
    const other = flipped.coins[coin]!;
    for (let t = 1; t < panel.rows; t++) {
      const before = Math.log(bars.close[t]! / bars.close[t - 1]!),
        after = Math.log(other.close[t]! / other.close[t - 1]!);
      assertClose(Math.abs(after), Math.abs(before), 1e-9);
      if (coin === 0) signs.add(Math.sign(after * before));
      else {
        const first = Math.log(flipped.coins[0]!.close[t]! / flipped.coins[0]!.close[t - 1]!);
        const own = Math.log(panel.coins[0]!.close[t]! / panel.coins[0]!.close[t - 1]!);
        assert.equal(Math.sign(after * before), Math.sign(first * own), "all coins together");
      }
      assert.ok(other.high[t]! >= Math.max(other.open[t]!, other.close[t]!) * (1 - 1e-12));
      assert.ok(other.low[t]! <= Math.min(other.open[t]!, other.close[t]!) * (1 + 1e-12));
      assertClose(other.markClose[t]! / other.close[t]!, bars.markClose[t]! / bars.close[t]!, 1e-9);
    }
  });
  assert.deepEqual([...signs].sort(), [-1, 1]);
  assert.notEqual(signFlipped(panel, 8).hash, flipped.hash);
});

Deno.test("coins that move as one have correlation 1; an outage trades nothing at the last price", () => {
  const one = movingAsOne(panel);
  const [btc, eth] = one.coins.map(({ close }) => simpleReturns(close).slice(1));
  const centre = (xs: Float64Array) => xs.map((x) => x - xs.reduce((a, b) => a + b, 0) / xs.length);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const x = centre(btc!), y = centre(eth!);
  assert.ok(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)) > 0.999);
  const out = withOutages(panel).coins[2]!;
  assert.ok(isOut(540) && !isOut(0) && !isOut(546));
  for (let t = 540; t < 546; t++) {
    assert.equal(out.volume[t], 0);
    assert.deepEqual([out.open[t], out.high[t], out.low[t], out.close[t]], Array(4).fill(out.close[539]));
  }
  assert.equal(out.close[546], panel.coins[2]!.close[546]);
});

Deno.test("funding every 4 h asks for half as much twice as often", () => {
  const config = populationConfig();
  const { arena } = createDesk(panel, config, 2 ** 20);
  const often = named("funding4h").arena!(arena, panel), usual = named("funding8h").arena!(arena, panel);
  assert.deepEqual(usual.settles, arena.settles);
  assert.deepEqual(usual.bars, arena.bars, "synthetic markets settle every 8 h");
  assert.ok(often.settles.every((value) => value === 1));
});

/** A record of two markets in which the difference is 1 as run, -1 one bar late, and 2 in one of three histories. */
function recordWith(flips: readonly number[]) {
  const cell = (arm: string, marketSeed: number, value: (name: string) => number) => ({
    label: `${arm}/weak.${marketSeed}/1`,
    arm,
    market: "weak",
    marketSeed,
    seed: 1,
    result: "r",
    again: ["asRun", "oneBarLate", ...flips.map((_, i) => flipOf(i + 1).name)].map((variation) => ({
      variation,
      populationMean: value(variation),
      champion: 0,
      committee: value(variation) / 2,
    })),
  });
  const full = (name: string) =>
    name === "asRun" ? 1 : name === "oneBarLate" ? -1 : flips[Number(name.slice(4)) - 1]!;
  return robustSchema.parse({
    form: 1,
    grid: "two",
    cells: [1, 2].flatMap((seed) => [cell("full", seed, full), cell("neither", seed, () => 0)]),
  });
}

Deno.test("a sign that changes is said, and p counts the histories that show as much", () => {
  const record = recordWith([2, 0.5, -3]);
  assert.deepEqual(
    robustEffects(record, "populationMean").map((
      { variation, effect, turned },
    ) => [variation, effect, turned]),
    [["asRun", 1, false], ["oneBarLate", -1, true]],
  );
  assert.deepEqual(
    accountEffects(record).map(({ committee, mirrored }) => [committee!.effect, committee!.turned, mirrored]),
    [[0.5, false, null], [-0.5, true, null]],
    "nobody traded mirrored committees",
  );
  const outer = flipContrasts(null);
  assert.deepEqual(flipTests(record, outer).map(({ asMuch, p }) => [asMuch, p]), [[1, 0.5]]);
  assert.match(
    robustText(record, "populationMean", outer, record.cells),
    /sign of full less neither changes under:\s+orders one bar late/,
  );
  assert.match(
    robustText(record, "populationMean", outer, record.cells),
    /full less\s+neither: 1 of 3\s+show as much as \+1\.00, p\s+= 0\.50/,
  );
  assert.equal(flipTests(recordWith(Array(99).fill(0)), outer)[0]!.p, 0.01);
});

// By hand: transfer = (full + noDiversity)/2 - (noTransfer + neither)/2: as run (3 + 2)/2 - (1 + 0)/2 = 2; in the first
// history (1 + 4)/2 - (0 + 1)/2 = 2, as much; in the second (1 + 1)/2 - (1 + 1)/2 = 0. Seeds of a market are averaged.
Deno.test("how much was traded again is said, and where nothing was no sign is spoken of", () => {
  const record = recordWith([]), outer = flipContrasts(null);
  const others = record.cells.map((cell) => ({ ...cell, market: "strong" }));
  const places = [...record.cells, ...others], some = { ...record, cells: record.cells.slice(0, 3) };
  assert.deepEqual(coverageOf(some, places), [{ market: "weak", traded: 1, pairs: 2 }, {
    market: "strong",
    traded: 0,
    pairs: 2,
  }]);
  const told = robustText(some, "populationMean", outer, places).replace(/\s+/g, " ");
  assert.match(told, /Traded again: 1 of 2 pairs on weak, none of 2 pairs on strong\./);
  for (const cells of [[], record.cells.slice(0, 1)]) {
    const nothing = robustText({ ...record, cells }, "populationMean", outer, places).replace(/\s+/g, " ");
    assert.match(nothing, /no pair of full and neither was traded again\. Traded again: none of 2/);
    assert.doesNotMatch(nothing, /sign/i);
  }
});

Deno.test("flipped histories of one run of two are about that run, as are the numbers of all arms", () => {
  const record = recordWith([2, 0.5]), [first] = record.cells;
  const cells = record.cells.map((cell) =>
    cell.marketSeed === first!.marketSeed || cell.arm === "full"
      ? cell
      : { ...cell, again: cell.again.slice(0, 2) } // neither of the second run: no histories
  ).map((cell) =>
    cell.marketSeed === first!.marketSeed ? cell : {
      ...cell,
      again: cell.again.map((one) => ({ ...one, populationMean: 50 })),
    }
  );
  const [test] = flipTests({ cells }, flipContrasts(null));
  assert.deepEqual([test!.runs, test!.of, test!.effect, test!.asMuch], [1, 2, 1, 1]);
  const told = robustText({ ...record, cells }, "populationMean", flipContrasts(null), cells);
  assert.match(told.replace(/\s+/g, " "), /full less neither \(teams of 1 of 2 runs alone\): 1 of 2 show/);
});

Deno.test("claims are held against flipped histories by all of their arms, seeds averaged: by hand", () => {
  const values = { full: [3, 1, 1], noDiversity: [2, 4, 1], noTransfer: [1, 0, 1], neither: [0, 1, 1] };
  const record = robustSchema.parse({
    form: 1,
    grid: "real",
    cells: Object.entries(values).flatMap(([arm, means]) =>
      [1, 2].map((seed) => ({
        label: `${arm}/real/${seed}`,
        arm,
        market: "real",
        marketSeed: null,
        seed,
        result: "r",
        again: ["asRun", "flip1", "flip2"].map((variation, i) => ({
          variation,
          populationMean: means[i]! + (seed === 1 ? 0.5 : -0.5),
          champion: i === 0 ? 1 : null,
          committee: i === 0 ? 1 : null,
        })),
      }))
    ),
  });
  const contrasts = flipContrasts(evidencePlanSchema.parse({
    claims: {
      transfer: { claim: "C2", plus: ["full", "noDiversity"], minus: ["noTransfer", "neither"] },
      champions: { claim: "C2", plus: ["full/champion"], minus: ["neither/champion"] },
    },
  }));
  const outcome = flipTests(record, contrasts).map(({ contrast, effect, asMuch, p }) => [
    contrast,
    effect,
    asMuch,
    p,
  ]);
  assert.deepEqual(outcome, [["full less neither", 3, 0, 1 / 3], ["transfer", 2, 1, 2 / 3]]);
  const lacking = { cells: record.cells.filter(({ arm }) => arm !== "noTransfer") };
  assert.deepEqual(flipTests(lacking, contrasts).map(({ contrast }) => contrast), ["full less neither"]);
});
