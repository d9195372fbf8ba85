/** The stored year of paper trading: what a bar costs does not grow with the session. */
import assert from "node:assert/strict";
import type { PaperYear, YearReport } from "../../tools/paper_year.ts";

const { population, script } = JSON.parse(
  await Deno.readTextFile(new URL("../results/paper_year.json", import.meta.url)),
) as PaperYear;

/** The ratio of the halves again, from the months. */
function ratioOf({ months }: YearReport): number {
  const cost = (from: number, to: number) => {
    const some = months.slice(from, to);
    return some.reduce((sum, one) => sum + one.cpuMs * one.bars, 0) /
      some.reduce((sum, one) => sum + one.bars, 0);
  };
  return cost(6, 12) / cost(0, 6);
}

Deno.test("issue 16: a year of bars with learning, two years in front: the second half costs at most 1.3 times the first, memory is flat", () => {
  for (const year of [population, script]) {
    assert.ok(year.history >= 4380 && year.bars >= 2190 && year.months.length === 12);
    assert.equal(year.months.reduce((sum, { bars }) => sum + bars, 0), year.bars);
    assert.ok(Math.abs(ratioOf(year) - year.ratio) < 1e-9);
    assert.ok(year.memoryRatio <= 1.1, `${year.memoryRatio}`);
    assert.ok(year.fills > 500);
  }
  assert.ok(population.lessons >= 160, "iterations of the history and of the year");
  assert.ok(population.ratio <= 1.3, `${population.ratio}`);
  assert.ok(script.ratio <= 1.3, `${script.ratio}`);
});
