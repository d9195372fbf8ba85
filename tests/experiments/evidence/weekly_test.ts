import assert from "node:assert/strict";
import { rng } from "popagent/core/rng.ts";
import { contrastValues } from "popagent/experiments/evidence/contrast_values.ts";
import { weeklyOutcome } from "popagent/experiments/evidence/weekly_outcome.ts";
import { populationMean } from "popagent/experiments/population_mean.ts";
import { pairedTest } from "popagent/stats/paired.ts";
import { assertClose } from "../../close_to.ts";

/** Returns of one place; the first two thirds are of no account. */
const placeOf = (name: string, rows: number) => {
  const random = rng("weekly outcome", name);
  return Float64Array.from({ length: rows }, () => .01 * random.normal() + .0005);
};

Deno.test("the weeks of a population mean have its mean; a place that never moved counts 0; a fortnight is too short", () => {
  const places = [placeOf("a", 3001), placeOf("b", 3001), new Float64Array(3001)];
  const weeks = weeklyOutcome(places);
  assert.equal(weeks.length, Math.floor(1001 / 42));
  assertClose(pairedTest(weeks).mean, populationMean(places), 1e-9);
  assert.deepEqual(weeklyOutcome([placeOf("a", 200)]), []);
});

// Two independent accounts: the variance of a Sharpe ratio per bar is (1 + SR^2 / 2) / n (Lo 2002, eq. 9), that of a difference the sum.
Deno.test("differences of weeks have the standard error of a difference of Sharpe ratios", () => {
  const [a, b] = [placeOf("a", 60_000), placeOf("b", 60_000)], n = 20_000;
  const weeks = weeklyOutcome([b]), differences = weeklyOutcome([a]).map((x, i) => x - weeks[i]!);
  const ratios = [a, b].map((place) => populationMean([place]) / Math.sqrt(2190));
  const error = Math.sqrt(2190 * ratios.reduce((sum, ratio) => sum + (1 + ratio ** 2 / 2) / n, 0));
  assertClose(pairedTest(differences).se / error, 1, .1);
});

// By hand: seeds are averaged to weeks 2, 4, 3 of full and 1, 1, 1 of neither.
Deno.test("on one market the outcome is told week by week, seeds averaged; other measures by seeds; several markets by markets", () => {
  const cell = (arm: string, seed: number, weeks?: number[]) => ({
    label: "",
    arm,
    market: "real",
    marketSeed: null,
    seed,
    rowsHash: "real",
    measures: { populationMean: seed, champion: seed },
    ...(weeks && { weeks }),
  });
  const cells = [
    cell("full", 1, [1, 5, 2]),
    cell("full", 2, [3, 3, 4]),
    cell("neither", 1, [1, 1, 1]),
    cell("neither", 2, [1, 1, 1]),
  ];
  const of = (own: typeof cells, plus: string, minus: string) =>
    contrastValues(own, { plus: [plus], minus: [minus] }, "real", "populationMean");
  const weekly = of(cells, "full", "neither");
  assert.deepEqual([weekly.over, weekly.units, [...weekly.differences]], ["weeks", [1, 2, 3], [1, 3, 2]]);
  assert.equal(of(cells, "full/champion", "neither/champion").over, "seeds");
  assert.equal(of(cells.map(({ weeks: _, ...one }) => one), "full", "neither").over, "seeds");
  const several = cells.map((one) => ({ ...one, marketSeed: one.seed, rowsHash: `${one.seed}` }));
  assert.equal(
    contrastValues(several, { plus: ["full"], minus: ["neither"] }, "real", "populationMean").over,
    "markets",
  );
});
