/** The tables of docs/VALIDATION.md are those of the stored outcomes, market for market. */
import assert from "node:assert/strict";
import { type OperatorMarket, operatorRow, STORED } from "../../tools/operators_table.ts";
import { checksOf, STORED_OUTCOMES, storedOutcomes, tableRows } from "../../tools/validation_tables.ts";

const told = (await Deno.readTextFile(new URL("../../docs/VALIDATION.md", import.meta.url)))
  .split("\n").map((line) => line.replaceAll(/ +/g, " ").replaceAll("**", ""));

const SEEDS = {
  planted_long: [301, 20],
  planted: [401, 20],
  null: [401, 40],
  null_second: [441, 40],
} as const;
/** Null market 410 is none: its funding ran away. */
const BROKEN = 410;
/** Thresholds that are not met, as the document says; every other one holds. */
const SHORT = {
  planted_long: ["champion beats the mean of the field in at least 19 of 20 markets: 15 of 20"],
  planted: [],
  null: [
    "each told from 0 in at most 5 of 39 markets (as seldom by chance as 5 of 40), but for one that may be in 6: " +
    "random 0, champion 3, committee 4, mirrored 7, fieldMirroredEqual 2, fieldMirroredEqualOverSd 2",
  ],
  null_second: [
    "each told from 0 in at most 5 of 40 markets, but for one that may be in 6: " +
    "random 0, champion 6, committee 6, mirrored 1, fieldMirroredEqual 1, fieldMirroredEqualOverSd 1",
  ],
};

for (const name of STORED_OUTCOMES) {
  Deno.test(`issue 12: docs/VALIDATION.md tells the stored outcomes of ${name}, and what falls short`, async () => {
    const stored = await storedOutcomes(name);
    const [first, count] = SEEDS[name];
    assert.deepEqual(
      stored.outcomes.map(({ marketSeed }) => marketSeed),
      Array.from({ length: count }, (_, i) => first + i).filter((seed) => name !== "null" || seed !== BROKEN),
    );
    for (const row of tableRows(stored)) assert.ok(told.includes(row), row);
    assert.deepEqual(
      checksOf(stored).filter(({ holds }) => holds !== true).map(({ rule, measured }) =>
        `${rule}: ${measured}`
      ),
      SHORT[name],
    );
  });
}

Deno.test("issue 12: docs/VALIDATION.md tells what each operator changed over 20 markets", async () => {
  const markets: OperatorMarket[] = JSON.parse(await Deno.readTextFile(STORED));
  assert.deepEqual(markets.map(({ seed }) => seed), Array.from({ length: 20 }, (_, i) => 421 + i));
  const arms = Object.keys(markets[0]!.arms).filter((arm) => arm !== "full");
  assert.equal(arms.length, 8);
  for (const arm of arms) assert.ok(told.includes(operatorRow(arm, markets)), operatorRow(arm, markets));
});

Deno.test("an operator's row is of differences to no learning: by hand", () => {
  const market = (seed: number, gain: number): OperatorMarket => ({
    seed,
    arms: {
      full: { populationMean: 1, champion: 2, committee: 3 },
      soft: { populationMean: 1 + gain, champion: 2 - gain, committee: 3 },
    },
  });
  assert.equal(
    operatorRow("soft", [market(1, .1), market(2, .3)]),
    "| soft | +0.20 (0.10) | -0.20 (0.10) | +0.00 (0.00) | 2/2 |",
  );
});
