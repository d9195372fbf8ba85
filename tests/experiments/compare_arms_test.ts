import assert from "node:assert/strict";
import { byRole } from "popagent/genome/role.ts";
import { armChanges, compareArms, type ComparedCell } from "popagent/experiments/grid/compare_arms.ts";
import { armChangesText, armComparisonText } from "popagent/report/text/arms_text.ts";
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
  const outcome = { config: { population }, strategies: [], populationMean, changes: byRole(() => counts) };
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

Deno.test("an arm that is not there, and cells that counted nothing, are named", () => {
  assert.throws(() => compareArms(cells(2), "on", "of"), /one of the grid, on, off: current value is of/);
  const old = cells(2).map((one) => ({ ...one, outcome: { ...one.outcome, changes: null } }));
  assert.throws(() => armChanges(old, "on"), /run the grid again/);
});
