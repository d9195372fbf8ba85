import assert from "node:assert/strict";
import { byRole } from "popagent/genome/role.ts";
import { compareArms, type ComparedCell } from "popagent/experiments/grid/compare_arms.ts";
import { armChangesText, armComparisonText, uncorrectedText } from "popagent/report/text/arms_text.ts";
import { assertClose } from "../close_to.ts";

type Population = Readonly<Record<string, unknown>>;

/** A cell of an arm in which so many mutants of each role were taken untested. */
function cell(
  arm: string,
  marketSeed: number,
  populationMean: number,
  population: Population,
  mutants = 0,
): ComparedCell {
  const counts = {
    transfers: { taken: 4, refused: 0 },
    mutations: { tried: 0, kept: 0, refused: 0, untested: mutants, fired: Math.min(1, mutants) },
  };
  const outcome = {
    config: { population },
    rowsHash: `bars ${marketSeed}`,
    strategies: [],
    populationMean,
    changes: byRole(() => counts),
  };
  return { arm, market: "weak", marketSeed, seed: marketSeed, outcome };
}

const ON = { mutation: "trigger", diversityWeight: .1 }, OFF = { mutation: "off", diversityWeight: 0 };
const cells = (mutants: number) =>
  [1, 2, 3].flatMap((seed) => [
    cell("on", seed, .1 * seed + .5, ON, mutants),
    cell("off", seed, .1, OFF),
  ]);

// By hand: differences .5, .6, .7 have mean .6, sd .1 and SE .1 / sqrt 3.
Deno.test("arms are paired by market and seed, and it is said how often mutation fired in each", () => {
  const comparison = compareArms(cells(2), "on", "off");
  const [{ measure, arm, against, test }] = comparison.differences as [typeof comparison.differences[0]];
  assert.equal(measure, "populationMean");
  assertClose(arm, .7, 1e-12);
  assertClose(against, .1, 1e-12);
  assertClose(test!.mean, .6, 1e-12);
  assertClose(test!.se, .1 / Math.sqrt(3), 1e-12);
  const [on, off] = comparison.changes;
  assert.deepEqual([on.cells, on.mutations.untested, on.mutations.fired], [3, 24, 12]); // 3 cells x 4 roles x 2
  assert.equal(off.mutations.untested, 0);
  assert.match(armChangesText([on, off]), /on +3 +16\.0 +0\.0 +4\.0 +0\.0 +0\.0 +8\.0/);
  assert.match(armComparisonText(comparison), /weak +populationMean +0\.70 +0\.10 +0\.60 +0\.06/);
});

Deno.test("it is said how many p values stand there, that they are uncorrected, and that none is a verdict", () => {
  const comparison = compareArms(cells(2), "on", "off"), [difference] = comparison.differences;
  const told = (count: number) =>
    uncorrectedText(Array.from({ length: count }, () => comparison)).replaceAll("\n", " ");
  assert.match(told(1), /^1 comparison with a p value stands here\./);
  assert.match(told(7), /^7 comparisons .* p values are uncorrected: .* Nothing here is a verdict;/);
  assert.equal(uncorrectedText([{ differences: [{ ...difference!, test: null }] }]), "");
});

Deno.test("two arms whose mutation is set otherwise and never differed are refused as a comparison", () => {
  assert.throws(
    () => compareArms(cells(0), "on", "off"),
    /population\.mutation differ, and mutation never did \(0 mutants in each, 3 pairs\)/,
  );
  // what is not about mutation may be compared though nobody mutated
  const weights = [1, 2].flatMap((seed) => [
    cell("heavy", seed, 1, { ...OFF, diversityWeight: 2 }),
    cell("light", seed, 2, OFF),
  ]);
  assert.equal(compareArms(weights, "heavy", "light").differences.length, 1);
});

Deno.test("arms that mutate as often but not as far may be compared, unless nobody mutated", () => {
  const worst = { mutation: "off", mutateWorst: true };
  const arms = (mutants: number) =>
    [1, 2].flatMap((seed) => [
      cell("far", seed, 1, { ...worst, mutationSd: .4 }, mutants),
      cell("near", seed, 2, { ...worst, mutationSd: .2 }, mutants),
    ]);
  assert.equal(compareArms(arms(1), "far", "near").differences.length, 1);
  assert.throws(
    () => compareArms(arms(0), "far", "near"),
    /population\.mutationSd differ, and mutation never/,
  );
});

Deno.test("an arm that is not there is named; cells without a population changed nothing and may be compared", () => {
  assert.throws(() => compareArms(cells(2), "on", "of"), /one of the grid, on, off: current value is of/);
  const lean = ["warm", "full"].flatMap((arm) =>
    [1, 2].map((seed) => {
      const one = cell(arm, seed, 0, { mirror: { temperature: arm === "warm" ? .7 : .5 } });
      const strategies = [{
        name: "fieldMirroredSoftmax",
        metrics: { sharpe: seed * (arm === "warm" ? 2 : 1) },
      }];
      return {
        ...one,
        outcome: { ...one.outcome, strategies, populationMean: null, changes: null },
      } as unknown as ComparedCell;
    })
  );
  const { changes, differences } = compareArms(lean, "warm", "full");
  assert.deepEqual(changes.map(({ cells, mutations }) => [cells, mutations.fired]), [[2, 0], [2, 0]]);
  assert.deepEqual(differences.map(({ measure, arm, against }) => [measure, arm, against]), [
    ["fieldMirroredSoftmax", 3, 1.5],
  ]);
});

Deno.test("issue evidence A1: market seeds that have the same bars are no markets, and no comparison is made of them", () => {
  const copies = cells(2).map((one) => ({ ...one, outcome: { ...one.outcome, rowsHash: "one" } }));
  assert.throws(
    () => compareArms(copies, "on", "off"),
    /each market seed must have bars of its own.*: weak 2, 3 have those of a lower seed\. Leave marketSeeds out/,
  );
});

Deno.test("issue evidence C13: an arm is not compared with itself", () => {
  assert.throws(() => compareArms(cells(2), "on", "on"), /two arms must be named: .* name one of off/);
});
